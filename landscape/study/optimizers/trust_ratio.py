"""Steps that depend on the size of the weights: a trust ratio for each layer."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscape.core.types import Params
from landscape.problems.data.datasets import DATASETS
from landscape.problems.networks.network import Network

SMALL: dict[str, Any] = {"hidden": (64, 64)}


@dataclass(frozen=True)
class Update:
    """How far one step moves a layer, as a share of its weights: measured on the weights it leads to.

    Attributes:
        layer: its number, from 1.
        gradient: the norm of its gradient.
        descent: with gradient descent.
        ratio: the rate that the trust ratio chooses, c |w| / |g|.
        trusted: with that rate.
    """

    layer: int
    gradient: float
    descent: float
    ratio: float
    trusted: float


def trust_ratio(weights: Params, gradient: Params, coefficient: float) -> Params:
    r"""The learning rate of each layer that makes its step a set share of its weights.

    $$\eta_l = c \, \frac{\lVert w_l \rVert}{\lVert g_l \rVert}$$

    Args:
        weights: a tree of arrays, one for each layer.
        gradient: the same tree of their gradients, none of them zero.
        coefficient: c, the share.

    Returns:
        The same tree of scalars.

    >>> rates = trust_ratio({"a": jnp.full(4, 2.0)}, {"a": jnp.full(4, 1000.0)}, 0.01)
    >>> round(float(rates["a"] * 1000 / 2), 6)
    0.01

    Source: You, Gitman & Ginsburg 2017, Large batch training of convolutional networks.
    """
    return jax.tree.map(lambda w, g: coefficient * _norm(w) / _norm(g), weights, gradient)


def _norm(layer: Any) -> Any:
    return jnp.linalg.norm(jnp.ravel(layer))


def updates(
    weights: list[np.ndarray], gradient: list[np.ndarray], rate: float, share: float
) -> tuple[Update, ...]:
    """One step of each layer, with gradient descent and with a trust ratio.

    Args:
        weights: the weights of each layer.
        gradient: the gradient of each.
        rate: gradient descent's learning rate.
        share: the trust ratio's coefficient.

    >>> first, = updates([np.full(4, 2.0)], [np.full(4, 1000.0)], 0.1, 0.01)
    >>> round(first.descent, 3), round(first.trusted, 6)
    (50.0, 0.01)
    """
    rates = trust_ratio(weights, gradient, share)
    return tuple(
        Update(index, float(_norm(g)), _moved(w, g, rate), float(trusted), _moved(w, g, float(trusted)))
        for index, (w, g, trusted) in enumerate(zip(weights, gradient, rates, strict=True), start=1)
    )


def _moved(weights: np.ndarray, gradient: np.ndarray, rate: float) -> float:
    """How far a step of gradient descent at some rate leads, over the length of the weights."""
    before = np.asarray(weights, np.float64)
    after = before - rate * np.asarray(gradient, np.float64)
    return float(np.linalg.norm(after - before) / np.linalg.norm(before))


@lru_cache(maxsize=1)
def digit_layers() -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The weights of a fresh network of two hidden layers on handwritten digits, and their gradients.

    >>> [w.shape for w in digit_layers()[0]]
    [(64, 64), (64, 64), (64, 10)]
    """
    data, network = DATASETS["digits"](), Network(**SMALL)
    params = network.init(jax.random.key(0), data)
    gradient = jax.jit(jax.grad(network.loss(data.train)))(params)
    weights, slopes = ([np.asarray(layer["weight"]) for layer in tree] for tree in (params, gradient))
    return weights, slopes
