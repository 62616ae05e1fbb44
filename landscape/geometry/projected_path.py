"""The way a run took over a plane, and where it left a picture of it."""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from landscape.descent.trajectory import Trajectory
from landscape.geometry.grids.grid import Grid

Frame = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Route:
    """A run's live points: steps (rows,), points (rows, 2) and losses (rows,)."""

    steps: np.ndarray
    points: np.ndarray
    loss: np.ndarray

    def __getitem__(self, rows: Any) -> Self:
        """The route through some of its points."""
        return replace(self, steps=self.steps[rows], points=self.points[rows], loss=self.loss[rows])

    def inside(self, frame: Frame) -> np.ndarray:
        """(rows,), which points lie in the frame."""
        low, high = np.array(frame).T
        return np.all((self.points >= low) & (self.points <= high), axis=1)

    def exit(self, frame: Frame) -> tuple[int, np.ndarray] | None:
        """The first step of the last stay outside, and the point crossed at the edge; None if inside."""
        inside = self.inside(frame)
        if not len(inside) or inside[-1]:
            return None
        first = int(np.max(np.flatnonzero(inside), initial=-1)) + 1
        if first == 0:
            return int(self.steps[0]), np.clip(self.points[0], *np.array(frame).T)
        here, there = self.points[first - 1], self.points[first]
        low, high = np.array(frame).T
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = np.where(there > high, (high - here) / (there - here), (low - here) / (there - here))
        share = np.min(shares[(there > high) | (there < low)])
        return int(self.steps[first]), np.clip(here + share * (there - here), low, high)


def live(path: Trajectory) -> Route:
    """Return the points of a run up to its last live step.

    Raises:
        ValueError: when the parameters are not a vector of two numbers.
    """
    if np.ndim(path.params) != 2 or np.shape(path.params)[1] != 2:
        raise ValueError(f"a path on a surface needs two parameters; given {np.shape(path.params)}")
    alive = path.steps_recorded <= path.last
    steps = path.steps_recorded[alive]
    losses = np.asarray(path.loss_recorded, np.float64)[alive]
    return Route(steps, np.asarray(path.params, np.float64)[alive], losses)


def window_of(grid: Grid) -> Frame:
    """Return the rectangle that a grid covers."""
    return (float(grid.a[0]), float(grid.a[-1])), (float(grid.b[0]), float(grid.b[-1]))
