"""What a picture of a plane has beyond a surface's: its axes' meaning, its marks, the loss beneath a path."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from landscape.figures.notation import hover, say
from landscape.geometry.grids.grid import Grid
from landscape.geometry.planes.plane import Plane
from landscape.look.numbers import number
from landscape.look.scale import LossScale

LETTERS = "ABC"


def axis_titles(plane: Plane | None, words: Mapping[str, str] | None) -> tuple[str, str]:
    """What the axes are called; in a plane with a path's share of variance, or the curvature, along each.

    >>> axis_titles(None, {"x": "weight", "y": "bias"})
    ('weight', 'bias')
    """
    if plane is None:
        return say(words, "x"), say(words, "y")
    first, second = (
        say(words, f"direction_{i + 1}") + (f" · {fact}" if (fact := _fact(plane, i)) else "") for i in (0, 1)
    )
    return first, second


def ground_hover(scale: LossScale, grid: Grid, words: Mapping[str, str] | None) -> str:
    """What pointing at the ground tells: the place, and the value there as custom data."""
    keys = ("direction_1", "direction_2") if grid.plane is not None else ("x", "y")
    value = "%{customdata:.3~%}" if scale.metric == "accuracy" else "%{customdata:.4~g}"
    return hover(words, (keys[0], "%{x}"), (keys[1], "%{y}"), (scale.metric, value))


def _fact(plane: Plane, i: int) -> str:
    """The one number known of a direction, or nothing."""
    if plane.explained is not None:
        return f"{100 * plane.explained[i]:.0f}%"
    if plane.eigenvalues is not None:
        return f"λ = {number(plane.eigenvalues[i])}"
    return ""


def marks_of(plane: Plane | None) -> list[tuple[str, np.ndarray]]:
    """The solutions that a plane was laid through, by letter, with their coordinates."""
    if plane is None or plane.marks is None:
        return []
    return list(zip(LETTERS, np.asarray(plane.marks, np.float64), strict=False))


def beneath(grid: Grid, points: Float[np.ndarray, "rows 2"]) -> Float[np.ndarray, " rows"]:
    """The picture's own values under points, between its cells linearly; NaN outside of it.

    >>> bowl = Grid(np.array([0.0, 2.0]), np.array([0.0, 1.0]), np.array([[0.0, 1.0], [4.0, 5.0]]))
    >>> beneath(bowl, np.array([[1.0, 0.5], [3.0, 0.0]])).tolist()
    [2.5, nan]
    """
    cells, parts = [], []
    for axis, at in ((grid.a, points[:, 0]), (grid.b, points[:, 1])):
        cell = np.clip(np.searchsorted(axis, at, side="right") - 1, 0, len(axis) - 2)
        cells.append(cell)
        parts.append((at - axis[cell]) / (axis[cell + 1] - axis[cell]))
    (i, j), (u, v) = cells, parts
    loss = np.asarray(grid.loss, np.float64)
    low = loss[i, j] + (loss[i + 1, j] - loss[i, j]) * u
    high = loss[i, j + 1] + (loss[i + 1, j + 1] - loss[i, j + 1]) * u
    inside = (u >= 0) & (u <= 1) & (v >= 0) & (v <= 1)
    return np.where(inside, low + (high - low) * v, np.nan)
