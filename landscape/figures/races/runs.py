"""What the figures of a race are given: named runs, each with its slot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from landscape.core.types import Params, Status
from landscape.descent.training.fit import Fit
from landscape.descent.trajectory import Trajectory
from landscape.geometry.grids.grid import Grid
from landscape.geometry.inputs import paths_of

POINTS = 1_000  # more points in one line than a figure has pixels


@dataclass(frozen=True)
class Run:
    """One line of a figure: the runner's name and slot (from 1), and its trajectory."""

    name: str
    slot: int
    trajectory: Trajectory

    @property
    def diverged(self) -> bool:
        """Whether the run got out of hand."""
        return self.trajectory.status == Status.DIVERGED


Path = Trajectory | Fit | Any
Runs = Sequence[Run] | Sequence[Path] | Mapping[str, Path] | Path
"""What a figure of runs accepts; names and slots are given in order where there are none. A path may also be
a list of checkpoints or a tree of (rows, ...) parameters, and a single path needs no list around it."""


def runs_of(runs: Runs, like: Params | None = None) -> list[Run]:
    """Return named runs from runs, from a dictionary or list of paths or fits, or from a single one.

    Args:
        runs: as above.
        like: parameters, which tell how those of a path are built.
    """
    if isinstance(runs, Run):
        return [runs]
    if isinstance(runs, (list, tuple)) and any(isinstance(run, Run) for run in runs):
        return [
            run if isinstance(run, Run) else Run(str(slot), slot, *paths_of([run], like).values())
            for slot, run in enumerate(runs, start=1)
        ]
    named = paths_of(runs, like).items()
    return [Run(name, slot, path) for slot, (name, path) in enumerate(named, start=1)]


def parameters_of(grid: Grid) -> Params:
    """Parameters as the paths over a picture have them: those of its plane, or two numbers."""
    return np.zeros(2) if grid.plane is None else grid.plane.center


def thin(values: np.ndarray, points: int = POINTS) -> np.ndarray:
    """Return the indices of at most `points` values that keep the ends and every peak and trough.

    The line is cut into equal stretches, and each gives its least and its greatest finite value, so that
    an oscillation keeps its full height.

    >>> thin(np.array([0.0, 9.0, 1.0, -9.0, 0.0]), points=4).tolist()
    [0, 1, 3, 4]
    """
    count = len(values)
    if count <= points:
        return np.arange(count)
    stretches = (points - 2) // 2
    width = -(-count // stretches)
    padded = np.full(stretches * width, np.nan)
    padded[:count] = values
    table = padded.reshape(stretches, width)
    blank = ~np.isfinite(table)
    offset = np.arange(stretches) * width
    low = offset + np.argmin(np.where(blank, np.inf, table), axis=1)
    high = offset + np.argmax(np.where(blank, -np.inf, table), axis=1)
    kept = np.unique(np.concatenate([[0, count - 1], low, high]))
    return kept[kept < count]
