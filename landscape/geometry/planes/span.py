"""Where a picture of a plane has its points, when nobody says and when somebody does."""

from typing import Any

import numpy as np
from jaxtyping import Float

from landscape.geometry.inputs import paths_of
from landscape.geometry.planes.plane import Plane

MARGIN = 0.15  # of what is framed, on each side


def frame(
    plane: Plane, counts: tuple[int, int], span: Any = None, paths: Any = ()
) -> list[Float[np.ndarray, " points"]]:
    """The coordinates of a picture along each axis of a plane, evenly spaced: as asked, or such that the
    picture holds its paths and marks.

    Args:
        plane: the plane.
        counts: how many points along each axis; of a line only the first counts.
        span: a half-width around the centre; ((a0, a1), (b0, b1)), or (a0, a1) on a line; or None, for the
            box of the centre, the paths and the plane's marks with a margin, and 1.0 where there are none.
            Then the centre is a point of each axis, and so is the first mark elsewhere on it, such as 1 on
            the line through two solutions; for that the picture may be up to a cell wider.
        paths: trajectories, fits, checkpoints or trees of (rows, ...) parameters, as for `paths_of`.

    Raises:
        ValueError: when the span is empty or not finite, or a path is not built like the plane's centre.

    >>> line = Plane(np.zeros(2), (np.array([2.0, 0.0]),), marks=np.array([[0.0], [1.0]]))
    >>> frame(line, (5, 5))[0].tolist()
    [-0.5, 0.0, 0.5, 1.0, 1.5]
    >>> frame(line, (3, 3), 2.0)[0].tolist()
    [-2.0, 0.0, 2.0]
    """
    if span is None:
        return _around(plane, counts, paths)
    given = np.asarray(span, dtype=np.float64)
    if given.shape == ():
        given = np.array([[-given, given]] * plane.dimension)
    intervals = given[None] if plane.dimension == 1 and given.shape == (2,) else given
    fits = intervals.shape == (plane.dimension, 2) and np.all(np.isfinite(intervals))
    if not fits or not np.all(intervals[:, 0] < intervals[:, 1]):
        wanted = "(a0, a1)" if plane.dimension == 1 else "((a0, a1), (b0, b1))"
        raise ValueError(f"span must be a positive half-width or {wanted}, low below high; given {span!r}")
    return [_even(low, high, count) for (low, high), count in zip(intervals, counts, strict=False)]


def _even(low: float, high: float, count: int) -> np.ndarray:
    """Evenly spaced points, with 0 in their middle exactly where it is one but for rounding."""
    points = np.linspace(low, high, count)
    points[np.abs(points) < 1e-12 * (high - low)] = 0.0
    return points


def _around(plane: Plane, counts: tuple[int, int], paths: Any) -> list[np.ndarray]:
    held = [plane.project(path)[0] for path in paths_of(paths, plane.center).values()]
    marks = np.zeros((0, plane.dimension)) if plane.marks is None else np.asarray(plane.marks, np.float64)
    if not held and not len(marks):
        return [_through(-1.0, 1.0, None, count) for count in counts[: plane.dimension]]
    shown = np.concatenate([np.zeros((1, plane.dimension)), *held, marks])
    low, high = shown.min(axis=0), shown.max(axis=0)
    widest = np.max(high - low) or 1.0
    margin = np.maximum(MARGIN * (high - low), widest / 20)  # a path along one axis still gets a picture
    axes = []
    for i, count in zip(range(plane.dimension), counts, strict=False):
        away = [float(mark) for mark in marks[:, i] if abs(mark) > 1e-9 * widest]
        axes.append(_through(low[i] - margin[i], high[i] + margin[i], away[0] if away else None, count))
    return axes


def _through(low: float, high: float, mark: float | None, count: int) -> np.ndarray:
    """Evenly spaced points from low to high or a little beyond, 0 and a mark among them; as far as there
    are enough of them, first without the mark."""
    found = _steps(low, high, mark, count - 1) if mark is not None else None
    if found is None:
        mark, found = None, _steps(low, high, None, count - 1)
    if found is None:
        return np.linspace(low, high, count)
    step, before = found
    points = step * np.arange(-before, count - before)
    if mark is not None:
        points[before + round(mark / step)] = mark
    return points


def _steps(low: float, high: float, mark: float | None, cells: int) -> tuple[float, int] | None:
    """The least step for which so many cells reach from low to high with 0 and the mark between them, and
    how many of the cells lie below 0."""
    if mark is None:
        before = min(max(round(cells * -low / (high - low)), 1), cells - 1)
        return (max(-low / before, high / (cells - before)), before) if cells > 1 else None
    for parts in range(cells, 0, -1):
        step = abs(mark) / parts
        below, above = (int(np.ceil(end / step - 1e-9)) for end in (-low, high))
        if below + above <= cells:
            return step, below + (cells - below - above) // 2
    return None
