"""The same network with other weights: what slices of its loss tell of it, and what only of its scale."""

from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from landscape.core.types import Loss, Params, Scalar, pytree
from landscape.descent.follow import advance
from landscape.descent.rules.first_order import SGD
from landscape.geometry.grids.grid import Grid, evaluate
from landscape.geometry.planes.constructors import random_plane
from landscape.geometry.planes.plane import Plane
from landscape.study.common.noisy_cosine import wave

WIDTHS = (2, 16, 16, 1)


@pytree
class BareRelu:
    r"""params -> half the mean squared error of a ReLU network without biases, $W_3\,r(W_2\,r(W_1 x))$.

    Params are a tuple of three weights, (in, out) each. Multiplying one by c and dividing another by c
    leaves every output, and so the loss, as it is.

    >>> weights = tuple(np.ones(shape) for shape in ((2, 3), (3, 3), (3, 1)))
    >>> loss = BareRelu(np.ones((1, 2)), np.zeros(1))
    >>> float(loss(weights)), float(loss(rescale(weights, 10.0)))
    (162.0, 162.0)
    """

    x: Any
    y: Any

    __eq__, __hash__ = object.__eq__, object.__hash__

    def __call__(self, params: Params) -> Scalar:
        first, second, last = params
        hidden = jax.nn.relu(jax.nn.relu(self.x @ first) @ second)
        return 0.5 * jnp.mean(((hidden @ last)[:, 0] - self.y) ** 2)


def rescale(params: Params, factor: float) -> Params:
    """The same function with other weights: the first layer times c, the last divided by c.

    >>> [float(w[0, 0]) for w in rescale((np.ones((1, 1)),) * 3, 10.0)]
    [10.0, 1.0, 0.1]
    """
    first, second, last = params
    return first * np.float32(factor), second, last / np.float32(factor)


class Solved(NamedTuple):
    """A loss and the weights that gradient descent found for it, as NumPy arrays."""

    loss: BareRelu
    params: Params


@lru_cache(maxsize=8)
def solved(seed: int = 0, steps: int = 3_000, rate: float = 0.05) -> Solved:
    """A small ReLU network without biases, trained on a noisy wave by gradient descent.

    It sees x and a constant 1, which stands in for the biases of its first layer.

    Args:
        seed: of its start.
        steps: of full-batch gradient descent.
        rate: its learning rate.

    >>> float(solved().loss(solved().params)) < 0.05
    True
    """
    data = wave(examples=128)
    x = np.concatenate([data.train.x, np.ones_like(data.train.x)], axis=1)
    loss = BareRelu(x, data.train.y)
    keys = jax.random.split(jax.random.key(seed), len(WIDTHS) - 1)
    start = tuple(
        jax.random.normal(key, shape) * (2 / shape[0]) ** 0.5
        for key, shape in zip(keys, pairwise(WIDTHS), strict=True)
    )
    return Solved(loss, jax.tree.map(np.asarray, _descent(loss, start, rate, steps)))


def _train(loss: BareRelu, start: Params, rate: Any, steps: Any) -> Params:
    return advance(SGD(rate), loss, start, steps)[0]


_descent = jax.jit(_train, compiler_options={"xla_backend_optimization_level": 3})


def slice_of(loss: Loss, params: Params, normalization: str, seed: int, span: float, points: int) -> Grid:
    """The loss on a random plane through some weights.

    Args:
        loss: params -> scalar.
        params: the weights, a tuple of (in, out).
        normalization: "filter", or "none" for the Gaussian numbers as they are drawn.
        seed: of the two directions, which are then the same for all weights but for their lengths.
        span: the half-width, in units of the directions.
        points: along each axis.

    >>> found = slice_of(solved().loss, solved().params, "filter", 0, 1.0, 5)
    >>> bool(np.isclose(found.loss[2, 2], solved().loss(solved().params)))
    True

    Source: Li et al. 2018.
    """
    plane: Plane = random_plane(params, jax.random.key(seed), filter_axis=-1, normalization=normalization)
    return evaluate(loss, plane, points=points, span=span)


def change(before: Grid, after: Grid) -> float:
    """The largest factor between two slices at the same place, at least 1.

    >>> a, b = (Grid(np.zeros(1), np.zeros(2), np.array([row])) for row in ([1.0, 2.0], [4.0, 1.0]))
    >>> change(a, b)
    4.0
    """
    ratio = after.loss.astype(float) / before.loss.astype(float)
    return float(np.maximum(ratio, 1 / ratio).max())
