"""The same work spent on one step or on thousands: batches of every size, counted in gradients of samples."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from jaxtyping import Float

from landscape.core.device import on
from landscape.study.common.least_squares import Samples, loss, quadratic, samples

Count = int | Array
Many = np.ndarray | Array
MOST = 4096
"""The most samples a walk has room for; another number compiles nothing anew."""
EPOCHS = 4
"""The most epochs."""
FRAMES = 256
"""The most rows that a walk keeps."""


class Plan(NamedTuple):
    """An epoch cut into batches.

    Attributes:
        updates: steps per epoch.
        last: how many samples the last batch holds.
    """

    updates: int
    last: int


def plan(samples: int, batch: int) -> Plan:
    r"""Cut an epoch into batches: $\lceil N/B \rceil$ updates, the last with what is left.

    >>> plan(100_000, 1), plan(100_000, 128)
    (Plan(updates=100000, last=1), Plan(updates=782, last=32))
    """
    updates = -(-samples // batch)
    return Plan(updates, samples - (updates - 1) * batch)


class Walk(NamedTuple):
    """Descents with batches, each at the same counts of evaluated gradients.

    Attributes:
        evaluations: (rows,), gradients of samples evaluated so far.
        w: (runs, rows, d), the weights then; a gradient that is still being summed has not moved them.
        updates: (runs,), how many steps were taken in all.
        counted: (runs,), how many gradients of samples were evaluated in all.
    """

    evaluations: np.ndarray
    w: np.ndarray
    updates: np.ndarray
    counted: np.ndarray


def walk(
    data: Samples,
    start: Float[np.ndarray, " d"],
    batches: Sequence[int],
    rates: Sequence[float],
    epochs: int = 1,
    seed: int = 0,
) -> Walk:
    r"""Descend with batches of several sizes, all on the same budget of gradients of samples.

    $$w \leftarrow w - \frac{\eta}{|\mathcal B|} \sum_{i \in \mathcal B} \nabla L_i(w)$$

    Every epoch goes once through the samples in a new order, and ends with the batch that is left over.

    Args:
        data: at most 4096 samples.
        start: (d,), the weights all begin with.
        batches: the batch size of each run; that of all samples is gradient descent.
        rates: the learning rate of each run.
        epochs: how many, at most 4.
        seed: of the orders.

    >>> found = walk(samples(100, 2), np.zeros(2), (100, 32, 1), (0.5, 0.5, 0.05))
    >>> found.updates.tolist(), found.counted.tolist(), found.w.shape
    ([1, 4, 100], [100, 100, 100], (3, 101, 2))

    Source: Robbins and Monro 1951; Bottou, Curtis and Nocedal 2018, section 3.
    """
    n, budget = len(data.x), epochs * len(data.x)
    draw = np.random.default_rng(seed)
    x, y = np.zeros((MOST, data.x.shape[1]), np.float32), np.zeros(MOST, np.float32)
    x[:n], y[:n] = data
    order = np.concatenate([draw.permutation(n) for _ in range(epochs)])
    order = np.pad(order, (0, EPOCHS * MOST - len(order))).astype(np.int32)
    every = -(-budget // FRAMES)
    size, rate = np.asarray(batches, np.int32), np.asarray(rates, np.float32)
    begin = np.asarray(start, np.float32)
    with on(data.x.shape[1]):
        w, updates, counted = _walks(x, y, order, begin, size, rate, n, budget, every)
    rows = -(-budget // every) + 1
    at = np.minimum(np.arange(rows) * every, budget)
    return Walk(at, np.asarray(w)[:, :rows], np.asarray(updates), np.asarray(counted))


@jax.jit
def _walks(
    x: Many,
    y: Many,
    order: Many,
    start: Many,
    size: Many,
    rate: Many,
    n: Count,
    budget: Count,
    every: Count,
) -> tuple[Array, ...]:
    """One sample at a time for all runs: it is added to the batch's sum, and a full batch takes a step."""
    runs, d = len(size), len(start)
    single = jax.vmap(jax.grad(loss), (0, None, None))

    def visit(k: Array, carry: tuple[Array, ...]) -> tuple[Array, ...]:
        w, total, held, updates, counted, kept = carry
        i = order[k]
        total, held, counted = total + single(w, x[i], y[i]), held + 1, counted + 1
        full = (held == size) | ((k + 1) % n == 0)
        mean = total / held[:, None]
        w = jnp.where(full[:, None], w - rate[:, None] * mean, w)
        total, held = jnp.where(full[:, None], 0.0, total), jnp.where(full, 0, held)
        row = -(-(k + 1) // every)  # the last of a row's visits is the one that stays
        return w, total, held, updates + full, counted, kept.at[:, row].set(w)

    w = jnp.broadcast_to(start, (runs, d))
    zero, none = jnp.zeros((runs, d)), jnp.zeros(runs, jnp.int32)
    kept = jnp.zeros((runs, FRAMES + 1, d)).at[:, 0].set(w)
    found = lax.fori_loop(0, budget, visit, (w, zero, none, none, none, kept))
    return found[5], found[3], found[4]


@lru_cache(maxsize=32)
def ten_weights(batch: int, seed: int = 0) -> tuple[float, ...]:
    r"""One epoch on ten weights with condition number 99, by three runs from zero.

    The full batch takes one step at $1/\lambda_{max}$, the mini-batch steps of 0.5, one sample steps of 0.05.

    Args:
        batch: of the mini-batch.
        seed: of samples and orders.

    Returns:
        How far each ends above the lowest loss, and where all began.

    >>> full, mini, one, begin = ten_weights(32)
    >>> full > 20 * mini, full > 20 * one
    (True, True)
    """
    data = samples(4096, 10, 0.5, 0.1, seed)
    model = quadratic(data)
    rates = (1 / float(model.curvatures[-1]), 0.5, 0.05)
    found = walk(data, np.zeros(10), (len(data.x), batch, 1), rates, seed=seed)
    ends = model.excess(found.w[:, -1])
    return (*ends.tolist(), float(model.excess(np.zeros(10))))
