"""How many directions lead down: the negative eigenvalues of a small network's Hessian while it trains."""

from functools import lru_cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree
from jaxtyping import Array, Float

from landscape.core.progress import Progress
from landscape.core.types import Params
from landscape.descent.follow import advance
from landscape.descent.rules.first_order import SGD
from landscape.problems.data.datasets import DATASETS
from landscape.problems.data.splits import Dataset, Split
from landscape.problems.networks.network import Network
from landscape.study.sharpness.edge_of_stability import HalfSquares

FLOOR = 1e-3  # an eigenvalue above -FLOOR counts as flat, not as leading down


class Descents(NamedTuple):
    """Trainings of one network from several starts.

    Attributes:
        step: (records,), when it was measured.
        loss: (runs, records), half the mean squared error.
        eigenvalues: (runs, records, n), of the Hessian, ascending.
    """

    step: np.ndarray
    loss: np.ndarray
    eigenvalues: np.ndarray

    @property
    def share(self) -> Float[np.ndarray, "runs records"]:
        """The share of the directions that lead down: the index of the Hessian over n."""
        return np.mean(self.eigenvalues < -FLOOR, axis=-1)


def tanh_network(hidden: int) -> Network:
    """A network of one hidden layer of tanh units.

    >>> tanh_network(3).hidden
    (3,)
    """
    fields: dict[str, Any] = {"hidden": (hidden,), "activation": "tanh", "initializer": "xavier_normal"}
    return Network(**fields)


@lru_cache(maxsize=1)
def moon_targets() -> Dataset:
    """Two moons, with targets -1 and 1 less their mean: nothing is left for the output's bias to learn.

    >>> data = moon_targets()
    >>> data.train.x.shape, bool(abs(data.train.y.mean()) < 1e-6)
    ((128, 2), True)
    """
    found = DATASETS["moons"](samples=160, noise=0.15).train
    y = 2.0 * found.y - 1
    train = Split(found.x, (y - y.mean()).astype(np.float32))
    return Dataset("moon_targets", train, train, train, classes=0)


def line_loss() -> float:
    """Half the mean squared error of the best straight line through `moon_targets`: the plateau's height.

    >>> round(line_loss(), 2)
    0.18
    """
    x, y = moon_targets().train
    with_bias = np.column_stack([x, np.ones(len(y))])
    best = np.linalg.lstsq(with_bias, y, rcond=None)[0]
    return float(np.mean((with_bias @ best - y) ** 2) / 2)


def eigenvalues_at(network: Network, params: Params) -> tuple[float, np.ndarray]:
    """The norm of the gradient, and all eigenvalues of the Hessian, ascending.

    Args:
        network: a small one.
        params: where.

    >>> network = tanh_network(3)
    >>> zero = jax.tree.map(np.zeros_like, network.init(jax.random.key(0), moon_targets()))
    >>> slope, values = eigenvalues_at(network, zero)
    >>> slope < 1e-6, int((values < -FLOOR).sum())
    (True, 3)
    """
    loss = HalfSquares(network.without_initializer(), *moon_targets().train)
    flat, _ = ravel_pytree(params)
    slope, hessian = _derivatives(loss, params)
    return float(np.linalg.norm(slope)), np.linalg.eigvalsh(np.asarray(hessian, float).reshape(len(flat), -1))


@jax.jit
def _derivatives(loss: HalfSquares, params: Params) -> tuple[Array, Array]:
    flat, unravel = ravel_pytree(params)

    def of(x: Array) -> Array:
        return loss(unravel(x))

    return jax.grad(of)(flat), jax.hessian(of)(flat)


def descents(
    hidden: int, scale: float, rate: float, *, seed: int = 0, runs: int = 4, steps: int = 12_000,
    records: int = 60, progress: Progress | None = None,
) -> Descents:  # fmt: skip
    r"""Gradient descent from several starts near zero, with the whole spectrum along the way.

    Args:
        hidden: tanh units.
        scale: of the start: Xavier's weights times this.
        rate: of plain full-batch gradient descent.
        seed: of the starts.
        runs: how many.
        steps: of each.
        records: how often to measure, evenly.
        progress: told how many records there are; returning False ends it with what there is.

    >>> found = descents(3, 0.01, 0.1, runs=2, steps=20, records=2)
    >>> found.step.tolist(), found.eigenvalues.shape
    ([0, 10, 20], (2, 3, 13))

    Sources: Dauphin et al. 2014, arXiv:1406.2572; Lee et al. 2016.
    """
    data, network = moon_targets(), tanh_network(hidden)
    keys = jax.random.split(jax.random.key(seed), runs)
    starts = [network.init(key, data) for key in keys]
    params = jax.tree.map(lambda *leaves: scale * jnp.stack(leaves), *starts)
    loss = HalfSquares(network.without_initializer(), *data.train)
    each = max(1, steps // records)
    rows = [_measured(loss, params)]
    while len(rows) <= records and (progress is None or progress(len(rows), records + 1) is not False):
        params = _onward(loss, params, rate, each)
        rows.append(_measured(loss, params))
    losses, hessians = (np.stack(part, axis=1).astype(np.float64) for part in zip(*rows, strict=True))
    return Descents(np.arange(len(rows)) * each, losses, np.linalg.eigvalsh(hessians))


polished = partial(jax.jit, compiler_options={"xla_backend_optimization_level": 3})


@polished
def _onward(loss: HalfSquares, starts: Params, rate: Any, steps: Any) -> Params:
    """All runs so many steps further."""
    return jax.vmap(lambda params: advance(SGD(rate), loss, params, steps)[0])(starts)


@polished
def _measured(loss: HalfSquares, params: Params) -> tuple[Array, Array]:
    """The loss and the Hessian of every run."""
    return jax.vmap(lambda one: (loss(one), _derivatives(loss, one)[1]))(params)
