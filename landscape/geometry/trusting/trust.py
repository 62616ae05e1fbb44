"""How far a picture of a loss can be trusted: what the plane leaves out, and what the range does to it."""

from dataclasses import dataclass
from typing import Any

import jax
import numpy as np

from landscape.core import tree
from landscape.core.brief import in_a_line
from landscape.core.progress import Progress
from landscape.core.types import Params
from landscape.descent.keys import Key, as_key
from landscape.descent.tracing.program import as_pytree
from landscape.descent.training.fit import rows_of
from landscape.geometry.curvature.eigenpairs import whole
from landscape.geometry.grids.grid import Grid
from landscape.geometry.grids.non_finite import Hole, find_holes
from landscape.geometry.grids.path_losses import ProgressMeter
from landscape.geometry.inputs import paths_of
from landscape.geometry.projection import same_shape
from landscape.geometry.trusting import range_check
from landscape.geometry.trusting import resampling as again
from landscape.geometry.trusting.fidelity import Fidelity, fidelity
from landscape.geometry.trusting.range_check import Range
from landscape.geometry.trusting.resampling import Repeats


@in_a_line
@dataclass(frozen=True)
class Trust:
    """What to know beside a picture before believing it.

    Attributes:
        paths: for each path by name, how well the plane shows it.
        range: whether the range hides or exaggerates, and which one to take instead.
        holes: the cells without a finite loss, by kind, and why; empty where there is none.
        repeats: how much other random directions would change the picture; None for a plane that is
            not random, which a second draw would not change.
    """

    paths: dict[str, Fidelity]
    range: Range
    holes: tuple[Hole, ...]
    repeats: Repeats | None


def trust(
    grid: Any,
    loss: Any,
    paths: Any = None,
    *,
    key: Key = None,
    repeats: int = 4,
    progress: Progress | None = None,
) -> Trust:
    """Measure how far a picture of a loss in a plane can be trusted.

    Along each path the loss is computed twice, at its true points and beneath them in the plane; along
    the picture's axes from near to far, for the advice on its range; along straight cuts in other random
    directions; and once in double precision for each kind of cell without a finite loss.

    Args:
        grid: the picture, as `evaluate` returned it with a plane.
        loss: the loss it was evaluated with.
        paths: paths of parameters built like the plane's centre: trajectories, fits, lists of checkpoints
            or trees of (rows, ...) arrays, as name -> path, as a list, which are then called "1", "2", ...,
            or a single one.
        key: the random key of the other directions, or a seed; `jax.random.key(0)` when none is given.
        repeats: how many other planes to draw where it is a random one; 0 for none.
        progress: called with the number of losses computed and their total; returning False cancels.

    Raises:
        TypeError: when the grid is no picture, or the loss is not callable or returns no scalar.
        ValueError: for a picture without a plane, which leaves nothing out, a path built otherwise, or a
            number out of range.
        Cancelled: when `progress` returned False.

    >>> import landscape as ls
    >>> loss = lambda p: p[0]**2 + 10 * p[1]**2 + 100 * p[2]**2
    >>> path = ls.run(ls.SGD(0.004), loss, np.array([1.0, 1.0, 0.1]), steps=400)
    >>> plane = ls.pca_plane(path)
    >>> found = trust(ls.evaluate(loss, plane, points=21, paths=[path]), loss, {"sgd": path})
    >>> found.paths["sgd"].verdict, found.paths["sgd"].share > 0.99, found.range.verdict, found.holes
    ('holds', True, 'fits', ())

    Source: Li et al. 2018, section 7, on paths and the planes that miss them; Antognini & Sohl-Dickstein
    2018 on how much of a mere random walk two principal directions show.
    """
    if not isinstance(grid, Grid):
        hint = ": the picture comes first, trust(grid, loss, paths)" if callable(grid) else ""
        raise TypeError(f"grid must be a Grid such as evaluate returns, not a {type(grid).__name__}{hint}")
    if not callable(loss):
        raise TypeError(f"loss must be callable, params -> scalar; given {type(loss).__name__}")
    if grid.plane is None:
        raise ValueError("this picture shows the whole loss, not a plane of it: it leaves nothing out")
    plane, whole_of = grid.plane.split()
    draws = whole("repeats", repeats, low=0) if plane.kind == "random" else 0
    lines: dict[str, tuple[Params, int]] = {}
    for name, path in paths_of(paths, grid.plane.center).items():
        rows = whole_of.moving(rows_of(path))
        same_shape(f"the path {name!r}", rows, plane.center, lead=1)
        lines[name] = rows, len(path.steps_recorded)
    total = sum(2 * len(jax.tree.leaves(rows)[0]) for rows, _ in lines.values())
    total += range_check.losses_needed(plane) + (again.losses_needed(plane, draws) if draws else 0)
    meter = ProgressMeter(progress, total)
    dtype = jax.tree.leaves(plane.center)[0].dtype
    moving = whole_of.loss(loss)
    with jax.default_matmul_precision("highest"):
        traced = tree.cast(as_pytree(moving, plane.center), dtype)
        found = {name: fidelity(plane, traced, *line, meter) for name, line in lines.items()}
        judged = range_check.judge_range(grid, plane, traced, list(found.values()), meter)
        reach = float(np.max(np.abs(grid.a)))
        others = again.repeat(plane, reach, traced, as_key(key), draws, meter) if draws else None
        return Trust(found, judged, find_holes(grid, plane, moving), others)
