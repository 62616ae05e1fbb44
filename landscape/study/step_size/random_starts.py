"""Where a training begins: random weights with biases of zero, everything random, everything zero."""

from functools import lru_cache
from typing import Any

import jax
import numpy as np
from jaxtyping import Float

from landscape.core.types import Params
from landscape.problems.networks.network import Network
from landscape.study.batches.shapes import ladder
from landscape.study.common.noisy_cosine import wave
from landscape.study.sharpness.edge_of_stability import HalfSquares

USUAL, RANDOM, ZERO = "usual", "random", "zero"
KINDS = (USUAL, RANDOM, ZERO)
WIDTHS = (8, 32)


def narrow(hidden: int = 8) -> Network:
    """A network of one hidden layer of tanh units on one variable.

    >>> narrow(4).hidden
    (4,)
    """
    fields: dict[str, Any] = {"hidden": (hidden,), "activation": "tanh", "initializer": "lecun_normal"}
    return Network(**fields)


def start(kind: str, seed: int, hidden: int = 8) -> Params:
    """Parameters to begin with.

    Args:
        kind: "usual", weights of variance 1 / inputs (LeCun) and biases of zero; "random", biases
            drawn too; "zero", everything zero.
        seed: of the draw.
        hidden: units.

    >>> biases, weights = parts(start("usual", 0))
    >>> bool((biases == 0).all()), bool((weights != 0).all())
    (True, True)

    Source: LeCun et al. 1998, Efficient BackProp, section 4.6.
    """
    params = narrow(hidden).init(jax.random.key(seed), wave())
    if kind == ZERO:
        return jax.tree.map(np.zeros_like, params)
    if kind == RANDOM:
        draw = np.random.default_rng(seed)
        return jax.tree.map(lambda p: p if p.any() else draw.normal(size=p.shape).astype(p.dtype), params)
    return params


def parts(params: Params) -> tuple[Float[np.ndarray, " biases"], Float[np.ndarray, " weights"]]:
    """All biases and all weights of a network, each in one row."""
    biases = [np.ravel(layer["bias"]) for layer in params]
    weights = [np.ravel(layer["weight"]) for layer in params]
    return np.concatenate(biases), np.concatenate(weights)


@lru_cache(maxsize=64)
def learnt(kind: str, seed: int, rate: float, steps: int, hidden: int = 8) -> Float[np.ndarray, " frames"]:
    """Half the mean squared error along a full-batch training on the wave.

    Args:
        kind, seed, hidden: of the start, as for `start`.
        rate: learning rate.
        steps: how many.

    >>> learnt("zero", 0, 0.1, 10)[[0, 10]].round(3).tolist()
    [0.253, 0.233]
    """
    width = next((width for width in WIDTHS if hidden <= width), hidden)
    loss = HalfSquares(narrow(width).without_initializer(), *wave().train)
    return ladder(loss, _padded(start(kind, seed, hidden), width), np.array([rate]), steps).loss[0]


def _padded(params: Params, width: int) -> Params:
    """The same network with silent units, so that many widths share a program.

    tanh(0) = 0: a unit that nothing leads to and that leads to nothing has no slope, and stays silent.
    """
    first, last = params
    more = width - first["bias"].size
    return [
        {"weight": np.pad(first["weight"], ((0, 0), (0, more))), "bias": np.pad(first["bias"], (0, more))},
        {"weight": np.pad(last["weight"], ((0, more), (0, 0))), "bias": last["bias"]},
    ]
