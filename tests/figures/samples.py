"""Hand-made runs and grids, so that a figure can be held against numbers known beforehand."""

import numpy as np

from landscape.descent.trajectory import Trajectory
from landscape.figures import SYMBOLS, Run
from landscape.geometry.grid import Grid
from landscape.types import Status

WORDS = {key: f"«{key}»" for key in SYMBOLS} | {"left_at": "«left» {name} {step}"}
"""A word for every key, told from any other text by its marks."""


def trajectory(points, loss, *, last=None, status=Status.MOVING, state=None, gradient=None):
    """A trajectory through points (steps + 1, n) with the given losses."""
    points, loss = np.asarray(points, np.float32), np.asarray(loss, np.float32)
    gradient = np.ones_like(points) if gradient is None else np.asarray(gradient, np.float32)
    steps = len(loss) - 1
    return Trajectory(
        points, state or {}, gradient, loss, np.ones_like(loss), np.arange(steps + 1), 1,
        steps if last is None else last, status,
    )  # fmt: skip


def descent(slot=1, name="runner", steps=20, rate=0.2):
    """A run that goes from (1, 1) towards the origin, with a velocity."""
    k = np.arange(steps + 1)
    points = np.exp(-rate * k)[:, None] * np.ones(2)
    state = {"velocity": points * [3.0, 4.0]}
    return Run(name, slot, trajectory(points, np.exp(-2 * rate * k), state=state))


def diverging(slot=2, name="lost", last=5, steps=20):
    """A run that grows tenfold a step and is frozen after its last live step."""
    k = np.minimum(np.arange(steps + 1), last)
    points = (10.0**k)[:, None] * np.array([1.0, -1.0])
    return Run(name, slot, trajectory(points, 10.0 ** (2 * k), last=last, status=Status.DIVERGED))


def bowl(points=21, half=2.0):
    """x^2 + 2 y^2 on a square."""
    a = np.linspace(-half, half, points)
    return Grid(a, a, a[:, None] ** 2 + 2 * a[None, :] ** 2)


def holed():
    """A bowl without values for y < 0."""
    grid = bowl()
    return Grid(grid.a, grid.b, np.where(grid.b[None, :] < 0, np.nan, grid.loss))


def traces(fig, **wanted):
    """The traces with these properties."""
    return [t for t in fig.data if all(key in t and t[key] == value for key, value in wanted.items())]
