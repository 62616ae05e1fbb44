"""Random critical points in many dimensions: how often all curvatures point up, and how often they differ."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

DRAWS = 40_000
LARGEST = 8


class Shares(NamedTuple):
    """Of random critical points, the share of each kind."""

    minimum: float
    saddle: float
    maximum: float


def gaussian_orthogonal(dimensions: int, draws: int, seed: int = 0) -> Float[np.ndarray, "n n draws"]:
    r"""Symmetric matrices of the Gaussian orthogonal ensemble: Hessians in which no direction is special.

    $$H_{ii} \sim N(0, 2), \qquad H_{ij} = H_{ji} \sim N(0, 1)$$

    Args:
        dimensions: n.
        draws: how many matrices.
        seed: of the draw.

    >>> gaussian_orthogonal(3, 10).shape
    (3, 3, 10)

    Source: Mehta, Random Matrices, 2004, chapter 2.
    """
    draw = np.random.default_rng([dimensions, seed])
    rows, columns = np.triu_indices(dimensions)
    drawn = draw.standard_normal((len(rows), draws))
    drawn[rows == columns] *= np.sqrt(2)
    found = np.empty((dimensions, dimensions, draws))
    found[rows, columns] = found[columns, rows] = drawn
    return found


def inertia(matrices: Float[np.ndarray, "n n draws"]) -> Int[np.ndarray, "n draws"]:
    """How many eigenvalues are negative: of each symmetric matrix, and of all its leading blocks on the way.

    By Sylvester's law of inertia the pivots of Gaussian elimination have the eigenvalues' signs; that is
    many times faster than the eigenvalues are, and random matrices have no pivot of zero. The first k pivots
    are those of the leading block of k rows, so one elimination tells of all sizes.

    Returns:
        Row k - 1 is the index of the leading blocks of k rows; the last row is that of the matrices.

    >>> matrices = gaussian_orthogonal(5, 100)
    >>> signs = [(np.linalg.eigvalsh(matrices[:k, :k].transpose(2, 0, 1)) < 0).sum(1) for k in (2, 5)]
    >>> found = inertia(matrices)
    >>> bool((found[1] == signs[0]).all() and (found[4] == signs[1]).all())
    True

    Source: Golub & Van Loan, Matrix Computations, 2013, theorem 8.1.17.
    """
    left = np.array(matrices, np.float64)
    for k in range(len(left)):
        rest = slice(k + 1, None)
        left[rest, rest] -= left[rest, k, None] * (left[None, k, rest] / left[k, k])
    return np.cumsum(np.einsum("kkd->kd", left) < 0, axis=0)


@lru_cache(maxsize=16)
def _indices(seed: int) -> Int[np.ndarray, "n draws"]:
    """The indices of random Hessians of 1, 2, .. 8 rows, for a leading block is as random as the whole."""
    return inertia(gaussian_orthogonal(LARGEST, DRAWS, seed))


def index_shares(dimensions: int, seed: int = 0) -> Float[np.ndarray, " index"]:
    """How often a random Hessian has 0, 1, .. n negative eigenvalues.

    Args:
        dimensions: n, from 1 to 8.
        seed: of the draw.

    >>> [round(float(share), 1) for share in index_shares(2)]
    [0.1, 0.7, 0.1]

    Source: Bray & Dean 2007, arXiv:cond-mat/0611023.
    """
    return np.bincount(_indices(seed)[dimensions - 1], minlength=dimensions + 1) / DRAWS


def shares(dimensions: int, seed: int = 0) -> Shares:
    """The shares of minima, saddles and maxima among random critical points.

    >>> found = shares(4)
    >>> found.minimum < 0.01 and found.saddle > 0.99
    True
    """
    found = index_shares(dimensions, seed)
    return Shares(float(found[0]), float(found[1:-1].sum()), float(found[-1]))
