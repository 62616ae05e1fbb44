"""One weight and what a loss is: the signed mean, the squared error, the cross-entropy."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import Scalar, pytree

POINTS, SLOPE = 9, 1.5


class Data(NamedTuple):
    """Points to be fitted: x and y, each (points,)."""

    x: np.ndarray
    y: np.ndarray


def points(noise: float = 0.3, seed: int = 0) -> Data:
    """Points about the line y = 1.5 x; x lies evenly around zero, and the noise has mean zero.

    Args:
        noise: standard deviation before its mean is taken away.
        seed: of the noise.

    >>> data = points()
    >>> data.x.shape, bool(abs(data.x.sum()) < 1e-6), bool(abs(data.y.mean()) < 1e-6)
    ((9,), True, True)
    """
    x = np.linspace(-1, 1, POINTS)
    drawn = noise * np.random.default_rng(seed).normal(size=POINTS)
    return Data(x, SLOPE * x + drawn - drawn.mean())


@pytree
class LineLoss:
    r"""The mean squared error of y = w x, as a function of the one weight: $\frac1n\sum_i (w x_i - y_i)^2$.

    >>> data = points(noise=0.0)
    >>> float(LineLoss(data.x, data.y)(jnp.array([1.5])))
    0.0
    """

    x: Float[Array, " points"] | Float[np.ndarray, " points"]
    y: Float[Array, " points"] | Float[np.ndarray, " points"]

    def __call__(self, params: Float[Array, "1"]) -> Scalar:
        return jnp.mean((params[0] * jnp.asarray(self.x) - jnp.asarray(self.y)) ** 2)


def best_weight(data: Data) -> float:
    r"""The weight with the least squared error, in closed form: $\sum x y / \sum x^2$.

    >>> round(best_weight(points(noise=0.0)), 6)
    1.5
    """
    return float(np.sum(data.x * data.y) / np.sum(data.x**2))


def signed_mean(prediction: np.ndarray, truth: np.ndarray) -> float:
    """The mean of prediction minus truth: no loss, for errors of both signs cancel.

    >>> signed_mean(np.array([1.0, -1.0]), np.zeros(2))
    0.0
    """
    return float(np.mean(prediction - truth))


def squared_error(prediction: np.ndarray, truth: np.ndarray) -> float:
    """The mean of the squared difference.

    >>> squared_error(np.array([1.0, -1.0]), np.zeros(2))
    1.0
    """
    return float(np.mean((prediction - truth) ** 2))


def cross_entropy(logits: Float[np.ndarray, "n classes"], labels: np.ndarray) -> float:
    r"""The mean of $-\log p_{y}$, where p is the softmax of the logits.

    >>> round(cross_entropy(np.zeros((1, 10)), np.array([3])), 6)
    2.302585
    """
    logs = jax.nn.log_softmax(jnp.asarray(logits), axis=-1)
    return float(-np.mean(np.asarray(logs, np.float64)[np.arange(len(labels)), labels]))
