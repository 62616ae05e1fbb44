"""How much of a plane to look at, when nobody says."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from jaxtyping import Float

from landscape.geometry.plane import Plane
from landscape.geometry.rows import rows_of

MARGIN = 0.15  # of what is framed, on each side


def frame(plane: Plane, span: Any = None, paths: Sequence[Any] = ()) -> Float[np.ndarray, "axes 2"]:
    """One (low, high) for each axis of a plane: the span given, or what frames its paths and marks.

    Args:
        plane: the plane.
        span: a half-width around the centre; ((a0, a1), (b0, b1)), or (a0, a1) on a line; or None, for the
            box of the centre, the paths and the plane's marks with a margin, and 1.0 where there are none.
        paths: trajectories, fits, or trees of (rows, ...) parameters.

    Raises:
        ValueError: when the span is empty or not finite, or a path is not built like the plane's centre.

    >>> line = Plane(np.zeros(2), (np.array([2.0, 0.0]),))
    >>> frame(line, paths=[np.array([[-4.0, 1.0], [0.0, 0.0]])]).round(4).tolist()
    [[-2.3, 0.3]]
    """
    if span is None:
        return _around(plane, paths)
    given = np.asarray(span, dtype=np.float64)
    if given.shape == ():
        given = np.array([[-given, given]] * plane.dimension)
    intervals = given[None] if plane.dimension == 1 and given.shape == (2,) else given
    fits = intervals.shape == (plane.dimension, 2) and np.all(np.isfinite(intervals))
    if not fits or not np.all(intervals[:, 0] < intervals[:, 1]):
        wanted = "(a0, a1)" if plane.dimension == 1 else "((a0, a1), (b0, b1))"
        raise ValueError(f"span must be a positive half-width or {wanted}, low below high; given {span!r}")
    return intervals


def _around(plane: Plane, paths: Sequence[Any]) -> np.ndarray:
    held = [plane.project(rows_of(path))[0] for path in paths] + (
        [] if plane.marks is None else [plane.marks]
    )
    if not held:
        return np.array([[-1.0, 1.0]] * plane.dimension)
    shown = np.concatenate([np.zeros((1, plane.dimension)), *held])
    low, high = shown.min(axis=0), shown.max(axis=0)
    widest = np.max(high - low) or 1.0
    margin = np.maximum(MARGIN * (high - low), widest / 20)  # a path along one axis still gets a picture
    return np.stack([low - margin, high + margin], axis=1)
