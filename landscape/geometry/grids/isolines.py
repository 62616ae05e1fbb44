"""Contour lines: where a grid of values crosses a level, as connected lines."""

import numpy as np
from contourpy import LineType, contour_generator
from jaxtyping import Float


def isolines(
    a: Float[np.ndarray, " na"], b: Float[np.ndarray, " nb"], values: Float[np.ndarray, "na nb"], level: float
) -> list[np.ndarray]:
    """Return the lines on which linearly interpolated values equal the level.

    Args:
        a: coordinates of the rows.
        b: coordinates of the columns.
        values: a value for each point; a cell with a corner that is not finite has no line.
        level: the value to follow.

    Returns:
        Connected lines, (k, 2) each; a closed one ends where it begins.

    >>> a = b = np.array([-1.0, 0.0, 1.0])
    >>> [line] = isolines(a, b, np.abs(a)[:, None] + np.abs(b), level=0.5)
    >>> line.shape, line[0].tolist() == line[-1].tolist()
    ((5, 2), True)
    """
    heights = values if np.isfinite(values).all() else np.ma.masked_invalid(values)
    followed = contour_generator(b, a, heights, corner_mask=False, line_type=LineType.Separate)
    return [np.asarray(line)[:, ::-1] for line in followed.lines(level)]
