"""The edge of stability: how sharp the place is where gradient descent trains, step by step."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array

from landscape.core.progress import Progress
from landscape.core.types import Params, Scalar, pytree
from landscape.descent.follow import advance
from landscape.descent.rules.first_order import SGD
from landscape.descent.training.batches import batches
from landscape.geometry.curvature.eigenpairs import hessian_eigenpairs
from landscape.problems.data.splits import Dataset
from landscape.problems.networks.network import Network
from landscape.study.common.noisy_cosine import EXAMPLES, wave

SMALL: dict[str, Any] = {"hidden": (32, 32), "activation": "tanh", "initializer": "lecun_normal"}
NETWORK = Network(**SMALL)
"""Two hidden layers of 32 tanh units on one variable: 1,153 parameters."""


@pytree
class HalfSquares:
    r"""params -> half the mean squared error, $\frac1{2n}\sum_i (f(x_i) - y_i)^2$.

    >>> data = wave()
    >>> loss = HalfSquares(NETWORK.without_initializer(), data.train.x, data.train.y)
    >>> bool(0.1 < loss(NETWORK.init(jax.random.key(0), data)) < 2)
    True
    """

    network: Any
    x: Any
    y: Any

    __eq__, __hash__ = object.__eq__, object.__hash__

    def __call__(self, params: Params) -> Scalar:
        return 0.5 * jnp.mean((self.network.apply(params, self.x) - self.y) ** 2)


class Descent(NamedTuple):
    """What one training passes through.

    Attributes:
        step: (records,), the steps after which it was measured.
        sharpness: (records,), the largest eigenvalue of the Hessian of the loss over all examples.
        loss: (records,), half the mean squared error over all training examples.
        test: (records,), the same over the test split.
        params: tree of (records, ...), where it was.
    """

    step: np.ndarray
    sharpness: np.ndarray
    loss: np.ndarray
    test: np.ndarray
    params: Params

    @property
    def settled(self) -> float:
        """The sharpness at the end: the median over the last fifth, for it swings about its level."""
        return float(np.median(self.sharpness[-max(1, len(self.sharpness) // 5) :]))

    @property
    def end(self) -> Params:
        """The parameters it ended with."""
        return jax.tree.map(lambda leaf: leaf[-1], self.params)


def descend(
    rate: float,
    batch_size: int = EXAMPLES,
    *,
    seed: int = 0,
    steps: int = 4_000,
    records: int = 40,
    network: Network = NETWORK,
    data: Dataset | None = None,
    progress: Progress | None = None,
) -> Descent:
    r"""Plain gradient descent on half the mean squared error, measuring $\lambda_{\max}$ along the way.

    $$\theta \leftarrow \theta - \eta \, \nabla L_B(\theta), \qquad
      \lambda_{\max} = \max_{\lVert v \rVert = 1} v^\top \nabla^2 L(\theta) \, v$$

    With full batches the sharpness climbs until it stands at $2 / \eta$ (Cohen et al. 2021).

    Args:
        rate: $\eta$; a new value does not recompile.
        batch_size: examples in a batch; as many as there are is full-batch descent.
        seed: of the start and the order of the batches.
        steps: how many steps.
        records: how often to measure, evenly.
        network: the network, of one output.
        data: a regression; `wave()` when none is given.
        progress: told how far it is; returning False ends it with what there is.

    Returns:
        The records, the first of the start; they end before a run is no longer finite.

    >>> found = descend(0.1, steps=20, records=2)
    >>> found.step.tolist(), bool(found.loss[-1] < found.loss[0])
    ([0, 10, 20], True)

    Sources: Cohen et al. 2021, arXiv:2103.00065; Keskar et al. 2017.
    """
    data = wave() if data is None else data
    start, mix = jax.random.split(jax.random.key(seed))
    params = network.init(start, data)
    network = network.without_initializer()
    loss, test = (HalfSquares(network, *split) for split in (data.train, data.test))
    each = max(1, steps // records)
    onward = _onward(jax.tree.structure(loss), batch_size, each)
    order = batches(mix, len(data.train.y), batch_size)
    rows = [_record(0, loss, test, params)]
    for done in range(each, steps + 1, each):
        params = onward(loss, params, rate, _next(order, each))
        if not np.isfinite(_value(loss, params)):
            break
        rows.append(_record(done, loss, test, params))
        if progress is not None and progress(done, steps) is False:
            break
    step, sharpness, low, unseen, where = zip(*rows, strict=True)
    along = jax.tree.map(lambda *leaves: np.stack(leaves), *where)
    return Descent(np.array(step), np.array(sharpness), np.array(low), np.array(unseen), along)


def _next(order: Iterator[np.ndarray], count: int) -> np.ndarray:
    return np.stack([next(order) for _ in range(count)])


def _record(step: int, loss: HalfSquares, test: HalfSquares, params: Params) -> tuple:
    """Where it is, measured."""
    top = hessian_eigenpairs(loss, params, 1, tolerance=1e-3).values[0]
    here = jax.tree.map(np.asarray, params)
    return step, float(top), float(_value(loss, params)), float(_value(test, params)), here


_value = jax.jit(lambda loss, params: loss(params))


@lru_cache(maxsize=32)
def _onward(structure: Any, batch_size: int, count: int) -> Callable:
    """The compiled steps between two records for one kind of network and one size of batch."""

    def onward(loss: HalfSquares, params: Params, rate: Any, order: Array) -> Params:
        def part(params: Params, rows: Array) -> Scalar:
            return HalfSquares(loss.network, loss.x[rows], loss.y[rows])(params)

        if batch_size == len(loss.y):
            return advance(SGD(rate), loss, params, count)[0]
        return advance(SGD(rate), part, params, count, order)[0]

    # Ten thousands of small steps: worth compiling well wherever this runs.
    return jax.jit(onward, compiler_options={"xla_backend_optimization_level": 3})
