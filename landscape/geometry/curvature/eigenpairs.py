"""The curvature of a loss where it has too many parameters for its Hessian: eigenvalues and eigenvectors."""

import warnings
from typing import Any, NamedTuple

import numpy as np

from landscape.core.progress import Progress
from landscape.core.types import Loss, Params
from landscape.descent.keys import Key
from landscape.geometry.curvature.lanczos import Krylov, Ritz
from landscape.geometry.curvature.products import Hessian, generator
from landscape.geometry.grids.path_losses import ProgressMeter

LOOK = 4  # products between two looks at the residuals
LIMIT = 1_000  # products, unless the caller says otherwise
BASIS_BYTES = 512 * 2**20
SHARE = 1e-3  # of an eigenvalue itself, by which it may be off, unless it is zero but for rounding
ZERO = 0.01  # roundings of the largest |eigenvalue|: what is smaller is zero


class NotConverged(UserWarning):
    """An eigenvalue whose error estimate is still above the tolerance."""


class Eigenpairs(NamedTuple):
    """The outermost eigenpairs of a Hessian, as NumPy arrays on the host.

    Attributes:
        values: (k,), eigenvalues; descending for the largest, ascending for the smallest, and descending in
            size for the largest in size.
        vectors: tree of (k, ...), the unit eigenvectors, row by row; zero in leaves that do not move.
        errors: (k,), bounds on the error of each eigenvalue, in its units: the residual norm
            |H v - lambda v| and the rounding of all products, measured by how far they are from symmetric.
            Without rounding the error itself is about the residual's square over the gap.
        products: how many Hessian-vector products were computed.
        converged: whether every pair is.
        converged_pairs: (k,), whether each pair is: its residual is within the tolerance, and what is left
            of it moves the eigenvalue by no more than a thousandth of itself.
    """

    values: np.ndarray
    vectors: Params
    errors: np.ndarray
    products: int
    converged: bool
    converged_pairs: np.ndarray

    def __repr__(self) -> str:
        values = np.array2string(self.values, precision=4, threshold=8, edgeitems=3)
        state = "converged" if self.converged else "not converged"
        return f"Eigenpairs({values}, {state} after {self.products} products)"


def hessian_eigenpairs(
    loss: Loss,
    params: Any,
    k: int = 5,
    *,
    key: Key = None,
    which: str = "largest",
    iterations: int | None = None,
    tolerance: float | None = None,
    progress: Progress | None = None,
) -> Eigenpairs:
    r"""Outermost eigenvalues of the Hessian, by sign or in size, and their eigenvectors, $H v = \lambda v$.

    Band Lanczos with full reorthogonalisation and thick restarts: k start vectors, so that an eigenvalue
    of multiplicity up to k is found that often. Stops as soon as every pair has converged.

    Args:
        loss: params -> scalar, twice differentiable (a ReLU network is, almost everywhere).
        params: a pytree of arrays, the point; a fit stands for its solution. Whole numbers and truth values
            stay what they are and have no curvature.
        k: how many eigenvalues; no more than there are parameters are returned.
        key: the random key of the start vectors; `jax.random.key(0)` when none is given.
        which: "largest" or "smallest", by sign, or "magnitude", the largest in size.
        iterations: the most Hessian-vector products to compute; 1,000, or 2 k if that is more, when none
            is given.
        tolerance: the residual to reach, as a share of the largest |eigenvalue| met; about 1e-5 in
            single precision, 1e-11 in double, when none is given.
        progress: called after every product with their number and how many there will be about, never more
            than `iterations`; returning False cancels.

    Returns:
        The eigenpairs with bounds on their errors; all NaN where the Hessian is not finite.

    Raises:
        TypeError: when the loss is not callable, returns no scalar, or cannot be differentiated twice.
        ValueError: for a number out of range, an unknown end, or parameters that are not finite.
        Cancelled: when `progress` returned False.

    >>> pairs = hessian_eigenpairs(lambda x: 50 * x[0]**2 - x[1]**2, np.zeros(2))
    >>> pairs.values.round(4).tolist(), pairs.products, pairs.converged
    ([100.0, -2.0], 2, True)

    Sources: Ruhe 1979; Wu & Simon 2000; Ghorbani, Krishnan & Xiao 2019 for networks.
    """
    if which not in ENDS:
        raise ValueError(f"which must be 'largest' or 'smallest', or 'magnitude'; given {which!r}")
    hessian = Hessian(loss, params)
    n, itemsize = hessian.size, hessian.dtype.itemsize
    wanted = min(whole("k", k), n)
    limit = max(LIMIT, 2 * wanted) if iterations is None else whole("iterations", iterations)
    if limit < wanted:
        raise ValueError(f"iterations must be at least k = {wanted}; given {limit}")
    share = hessian.eps**0.7 if tolerance is None else tolerance
    random = generator(key)
    start = np.linalg.qr(random.normal(size=(n, wanted)))[0].T.astype(hessian.dtype)
    capacity = min(n, max(min(64, BASIS_BYTES // (n * itemsize)), 8 * wanted))
    space, meter, pace = Krylov(hessian, start, capacity, random), ProgressMeter(progress, limit), Pace(limit)
    while True:
        space.grow()
        meter.add(1, pace.total(meter.done + 1))
        if not np.isfinite(space.scale):
            nothing = hessian.unravel(np.full((wanted, n), np.nan, hessian.dtype))
            nan, inf, none = np.full(wanted, np.nan), np.full(wanted, np.inf), np.zeros(wanted, bool)
            return Eigenpairs(nan, nothing, inf, meter.done, False, none)
        full, last = space.used == capacity, meter.done == limit
        if not (full or last or (space.used >= wanted and space.used % max(LOOK, wanted // 4) == 0)):
            continue
        found = space.ritz()
        order = np.argsort(ENDS[which](found.values))
        best = order[:wanted]
        ratios = found.residuals[best] / _goals(found, best, share * space.scale, hessian.eps * space.scale)
        converged = ratios <= 1
        if len(best) == wanted and (last or np.all(converged)):
            break
        pace.look(meter.done, float(np.max(ratios)))
        if full:
            space.shrink(order[: (capacity + wanted) // 2])
    meter.end()
    return Eigenpairs(
        found.values[best],
        hessian.unravel(space.vectors(found.coordinates[:, best])),
        found.residuals[best] + found.rounding,
        meter.done,
        bool(np.all(converged)),
        converged,
    )


ENDS = {"largest": np.negative, "smallest": np.positive, "magnitude": lambda values: -np.abs(values)}
"""The ends of a spectrum, and what to sort by to have them in front."""


def _goals(found: Ritz, best: np.ndarray, within: float, rounding: float) -> np.ndarray:
    """The residuals at which these pairs have converged.

    A residual r moves an eigenvalue by r at most, and by r^2 / gap where the others are a gap away. That
    must be a small share of the value itself, or of what rounding leaves of a zero.
    """
    values = found.values
    gaps = np.array([np.min(np.abs(np.delete(values, i) - values[i]), initial=np.inf) for i in best])
    allowed = np.maximum(SHARE * np.abs(values[best]), ZERO * rounding)
    goals = np.minimum(within, np.maximum(allowed, np.sqrt(allowed * np.where(gaps < np.inf, gaps, 0))))
    return np.maximum(goals, np.finfo(float).tiny)


class Pace:
    """How many products there will be, from how fast the residuals fall; at most so many."""

    def __init__(self, limit: int):
        self.limit, self.expected = limit, limit
        self.seen: tuple[int, float] | None = None

    def look(self, done: int, ratio: float) -> None:
        """The worst residual over its goal after so many products."""
        if self.seen is not None and 1 < ratio < self.seen[1]:
            slope = np.log(self.seen[1] / ratio) / (done - self.seen[0])
            self.expected = done + int(np.ceil(min(np.log(ratio) / slope, self.limit)))
        if self.seen is None:
            self.seen = done, ratio

    def total(self, done: int) -> int:
        return int(np.clip(self.expected, done, self.limit))


def hessian_eigenvalues(loss: Loss, params: Any, k: int = 5, **options: Any) -> np.ndarray:
    """The algebraically largest eigenvalues of the Hessian, or the smallest; the first is the sharpness.

    Args:
        loss, params, k, options: as for `hessian_eigenpairs`.

    Returns:
        (k,) descending for the largest, ascending for the smallest; NaN where the Hessian is not finite.

    Raises:
        TypeError, ValueError: as `hessian_eigenpairs`.

    Warns:
        NotConverged: when the error estimate of a value is above the tolerance.

    >>> hessian_eigenvalues(lambda x: 50 * x[0]**2 - x[1]**2, np.zeros(2), k=1, which="smallest").round(4)
    array([-2.])
    """
    pairs = hessian_eigenpairs(loss, params, k, **options)
    _warn(pairs)
    return pairs.values


def hessian_eigenvectors(loss: Loss, params: Any, k: int = 2, **options: Any) -> tuple[np.ndarray, Params]:
    """The eigenvalues of `hessian_eigenvalues` with their unit eigenvectors, whose sign is arbitrary.

    Args:
        loss, params, k, options: as for `hessian_eigenpairs`.

    Returns:
        (k,) the eigenvalues, and a tree of (k, ...) the eigenvectors, orthonormal over all leaves.

    Raises:
        TypeError, ValueError: as `hessian_eigenpairs`; ValueError too where the Hessian is not finite.

    Warns:
        NotConverged: when the error estimate of a value is above the tolerance.

    >>> values, vectors = hessian_eigenvectors(lambda x: 50 * x[0]**2 - x[1]**2, np.zeros(2))
    >>> np.abs(vectors).round(4).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    pairs = hessian_eigenpairs(loss, params, k, **options)
    if np.isnan(pairs.values).any():
        raise ValueError("the Hessian is not finite at these parameters: it has no eigenvectors")
    _warn(pairs)
    return pairs.values, pairs.vectors


def _warn(pairs: Eigenpairs) -> None:
    if not pairs.converged:
        worst = float(np.max(pairs.errors[~pairs.converged_pairs]))
        text = f"after {pairs.products} Hessian-vector products an eigenvalue may still be off by {worst:.3g}"
        warnings.warn(text, NotConverged, stacklevel=3)


def whole(name: str, value: Any, low: int = 1) -> int:
    """The number, if it is a whole one and large enough."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < low:
        raise ValueError(f"{name} must be a whole number of at least {low}; given {value!r}")
    return int(value)
