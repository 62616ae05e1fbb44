"""Contour lines by marching squares: where a grid of values crosses a level, as connected lines."""

from collections import defaultdict

import numpy as np
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
    points, segments = _crossings(a, b, values, level)
    return [points[chain] for chain in _chains(segments)]


def _crossings(
    a: np.ndarray, b: np.ndarray, values: np.ndarray, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """The crossing point on every edge of the grid, and the pairs of edges that a line joins."""
    na, nb = values.shape
    above = values >= level
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        along = (level - values[:-1]) / (values[1:] - values[:-1])
        across = (level - values[:, :-1]) / (values[:, 1:] - values[:, :-1])
    step_a, step_b = np.diff(a)[:, None], np.diff(b)[None, :]
    on_a = np.stack([a[:-1, None] + along * step_a, np.broadcast_to(b, (na - 1, nb))], -1)
    on_b = np.stack([np.broadcast_to(a[:, None], (na, nb - 1)), b[None, :-1] + across * step_b], -1)

    id_a = np.arange((na - 1) * nb).reshape(na - 1, nb)
    id_b = id_a.size + np.arange(na * (nb - 1)).reshape(na, nb - 1)
    cuts_a, cuts_b = above[:-1] != above[1:], above[:, :-1] != above[:, 1:]
    corners = np.stack([values[:-1, :-1], values[1:, :-1], values[1:, 1:], values[:-1, 1:]], -1)
    whole = np.isfinite(corners).all(axis=-1)
    # The edges of each cell in turn around it: bottom, right, top, left.
    ids = np.stack([id_a[:, :-1], id_b[1:], id_a[:, 1:], id_b[:-1]], -1)[whole]
    cuts = np.stack([cuts_a[:, :-1], cuts_b[1:], cuts_a[:, 1:], cuts_b[:-1]], -1)[whole]

    plain = cuts.sum(axis=1) == 2
    pairs = [ids[plain][cuts[plain]].reshape(-1, 2)]
    # Four crossings: the mean of the corners says which two of them the lines cut off.
    both = cuts.all(axis=1)
    joined = (corners[whole][both].mean(axis=1) >= level) == above[:-1, :-1][whole][both]
    order = np.where(joined[:, None], [0, 1, 2, 3], [0, 3, 1, 2])
    pairs.append(np.take_along_axis(ids[both], order, axis=1).reshape(-1, 2))
    return np.concatenate([on_a.reshape(-1, 2), on_b.reshape(-1, 2)]), np.concatenate(pairs)


def _chains(segments: np.ndarray) -> list[list[int]]:
    """Connect pairs end to end: open chains from their ends first, then the closed ones."""
    neighbours: dict[int, list[int]] = defaultdict(list)
    for one, other in segments.tolist():
        neighbours[one].append(other)
        neighbours[other].append(one)
    chains = []
    for begin in sorted(neighbours, key=lambda node: len(neighbours[node])):
        chain, at = [begin], begin
        while neighbours[at]:
            following = neighbours[at].pop()
            neighbours[following].remove(at)
            chain.append(following)
            at = following
        if len(chain) > 1:
            chains.append(chain)
    return chains
