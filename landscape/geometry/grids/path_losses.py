"""The loss along a path and at scattered points of a plane, with one count of what is done."""

import time
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from landscape.core.progress import Progress
from landscape.core.types import Loss, Params
from landscape.geometry.grids.batched_losses import Cancelled, devices_for, losses_at_coordinates
from landscape.geometry.planes.plane import Plane

ROWS = 64  # points of a path between two reports, at most
PULSE = 0.5  # seconds between two reports, about


class ProgressMeter:
    """One progress for a computation of several parts: how many losses or products are done, of how many."""

    def __init__(self, progress: Progress | None, total: int):
        self.progress, self.total, self.done = progress, total, 0
        self.told = time.perf_counter()

    def add(self, count: int, total: int | None = None) -> None:
        """Report so many more, of another total if it is known better; raise `Cancelled` at a False."""
        self.done += count
        self.total = self.total if total is None else total
        self.tell()

    def pulse(self) -> None:
        """Report again that no more is done, where half a second went by: a chance to give up."""
        if time.perf_counter() - self.told > PULSE:
            self.tell()

    def end(self) -> None:
        """Report that no more will be done than is, unless the last report said so."""
        if self.total != self.done:
            self.add(0, self.done)

    def tell(self) -> None:
        self.told = time.perf_counter()
        if self.progress is not None and self.progress(self.done, self.total) is False:
            raise Cancelled(f"given up after {self.done} of {self.total}")


def losses_along(loss: Loss, rows: Params, meter: ProgressMeter) -> Float[np.ndarray, " rows"]:
    """The loss at every row of a path, one after the other: the memory of a single evaluation.

    Args:
        loss: a pytree of arrays, params -> scalar.
        rows: tree of (rows, ...), one point on each row; their number does not recompile.
        meter: told of every point.
    """
    count = len(jax.tree.leaves(rows)[0])
    program = _sequence(jax.tree.structure(loss))
    found, begin, live = [], 0, 1
    while begin < count:
        chosen = np.minimum(np.arange(begin, begin + ROWS), count - 1)
        part = jax.tree.map(lambda leaf, chosen=chosen: np.asarray(leaf[chosen]), rows)
        before = time.perf_counter()
        found.append(np.asarray(program(loss, part, live))[:live])
        pace = (time.perf_counter() - before) / live
        meter.add(live)
        begin += live
        live = max(1, min(int(PULSE / pace), 8 * live, ROWS, count - begin))
    return np.concatenate(found)


@lru_cache(maxsize=64)
def _sequence(structure: Any) -> Any:
    """The compiled loop over some rows for one kind of loss; the least used kind is dropped."""

    def losses(loss: Loss, rows: Params, live: Any) -> jax.Array:
        def one(i: Any, found: jax.Array) -> jax.Array:
            return found.at[i].set(loss(jax.tree.map(lambda leaf: leaf[i], rows)))

        kind = jax.eval_shape(loss, jax.tree.map(lambda leaf: leaf[0], rows))
        return jax.lax.fori_loop(0, live, one, jnp.zeros(ROWS, kind.dtype))

    return jax.jit(losses)


def losses_over(
    loss: Loss, plane: Plane, spots: Float[np.ndarray, "spots axes"], meter: ProgressMeter
) -> Float[np.ndarray, " spots"]:
    """The loss at scattered points of a plane, each evaluated there and not between cells of a grid.

    Args:
        loss: a pytree of arrays, params -> scalar.
        plane: the plane.
        spots: (spots, d), coordinates along its axes.
        meter: told of every point.
    """
    before = meter.done

    def report(done: int) -> None:
        meter.add(before + min(done, len(spots)) - meter.done)

    found = losses_at_coordinates(
        loss, plane.center, plane.directions, spots, devices_for(plane.center, None), report
    )
    return found[: len(spots)]
