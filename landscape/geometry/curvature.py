"""The curvature of a loss where it has too many parameters for its Hessian: eigenvalues and eigenvectors."""

import warnings
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree
from jaxtyping import Array

from landscape import tree
from landscape.descent.door import default_key
from landscape.descent.fit import Fit
from landscape.descent.program import as_pytree
from landscape.device import place
from landscape.geometry import projection
from landscape.geometry.lanczos import begin, extend, ritz, shrink, vectors
from landscape.geometry.probe import Meter
from landscape.geometry.slices import Progress
from landscape.types import Loss, Params

CHUNK = 16  # products between two looks at the residuals
LIMIT = 1_000  # products, unless the caller says otherwise
BASIS_BYTES = 512 * 2**20


class NotConverged(UserWarning):
    """An eigenvalue whose error estimate is still above the tolerance."""


class Eigenpairs(NamedTuple):
    """The outermost eigenpairs of a Hessian, as NumPy arrays on the host.

    Attributes:
        values: (k,), eigenvalues; descending for the largest, ascending for the smallest.
        vectors: tree of (k, ...), the unit eigenvectors, row by row.
        errors: (k,), the residual norms |H v - lambda v|, each a bound on the error of its eigenvalue,
            in units of the eigenvalue; the error itself is about the residual's square over the gap.
        products: how many Hessian-vector products were computed.
        converged: whether every residual is within the tolerance.
    """

    values: np.ndarray
    vectors: Params
    errors: np.ndarray
    products: int
    converged: bool


def hessian_eigenpairs(
    loss: Loss,
    params: Any,
    k: int = 5,
    *,
    key: Array | None = None,
    which: str = "largest",
    iterations: int | None = None,
    tolerance: float | None = None,
    progress: Progress | None = None,
) -> Eigenpairs:
    r"""Outermost eigenvalues of the Hessian, by sign, and their eigenvectors, $H v = \lambda v$.

    Band Lanczos with full reorthogonalisation and thick restarts: k start vectors, so that an eigenvalue
    of multiplicity up to k is found that often. Stops as soon as every residual is within the tolerance.

    Args:
        loss: params -> scalar, twice differentiable (a ReLU network is, almost everywhere).
        params: a pytree of arrays, the point; a fit stands for its solution.
        k: how many eigenvalues; no more than there are parameters are returned.
        key: the random key of the start vectors; `jax.random.key(0)` when none is given.
        which: "largest" or "smallest", by sign, not by size.
        iterations: the most Hessian-vector products to compute; 1,000, or 2 k if that is more, when none
            is given.
        tolerance: the residual to reach, as a share of the largest |eigenvalue| met; about 1e-5 in
            single precision, 1e-11 in double, when none is given.
        progress: called with the products computed and the most there may be; returning False cancels.

    Returns:
        The eigenpairs with their error estimates; all NaN where the Hessian is not finite.

    Raises:
        TypeError: when the loss is not callable or returns no scalar.
        ValueError: for a number out of range, an unknown end, or parameters that are not finite.
        Cancelled: when `progress` returned False.

    >>> pairs = hessian_eigenpairs(lambda x: 50 * x[0]**2 - x[1]**2, np.zeros(2))
    >>> pairs.values.round(4).tolist(), pairs.products, pairs.converged
    ([100.0, -2.0], 2, True)

    Sources: Ruhe 1979; Wu & Simon 2000; Ghorbani, Krishnan & Xiao 2019 for networks.
    """
    if which not in ("largest", "smallest"):
        raise ValueError(f"which must be 'largest' or 'smallest'; given {which!r}")
    loss, params, n = enter(loss, params)
    wanted = min(whole("k", k), n)
    limit = max(LIMIT, 2 * wanted) if iterations is None else whole("iterations", iterations)
    if limit < wanted:
        raise ValueError(f"iterations must be at least k = {wanted}; given {limit}")
    flat, unravel = ravel_pytree(params)
    tolerance = float(jnp.finfo(flat.dtype).eps) ** 0.7 if tolerance is None else tolerance
    first, later = jax.random.split(default_key(key))
    start = np.asarray(jax.random.normal(first, (n, wanted), flat.dtype))
    room = BASIS_BYTES // (n * flat.dtype.itemsize)
    capacity = min(n, max(min(64, room), 8 * wanted))
    space, meter = begin(np.linalg.qr(start)[0].T, capacity), Meter(progress, limit)
    while True:
        count = min(CHUNK, capacity - int(space.used), limit - meter.done)
        space = extend(loss, params, space, count, jax.random.fold_in(later, meter.done))
        meter.add(count)
        if not np.isfinite(space.scale):
            nothing = jax.tree.map(lambda p: np.full((wanted, *p.shape), np.nan, p.dtype), params)
            return Eigenpairs(np.full(wanted, np.nan), nothing, np.full(wanted, np.inf), meter.done, False)
        values, coordinates, residuals = ritz(space)
        order = np.argsort(values if which == "smallest" else -values)
        best = order[:wanted]
        within = residuals[best] <= tolerance * np.max(np.abs(values))
        converged = len(best) == wanted and bool(np.all(within))
        if converged or meter.done == limit:
            break
        if int(space.used) == capacity:
            kept = order[: (capacity + wanted) // 2]
            space = shrink(space, values[kept], coordinates[:, kept])
    rows = jax.vmap(unravel)(vectors(space, coordinates[:, best]))
    return Eigenpairs(values[best], jax.tree.map(np.asarray, rows), residuals[best], meter.done, converged)


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
        worst = float(np.max(pairs.errors))
        text = f"after {pairs.products} Hessian-vector products an eigenvalue may still be off by {worst:.3g}"
        warnings.warn(text, NotConverged, stacklevel=3)


def enter(loss: Loss, params: Any) -> tuple[Loss, Params, int]:
    """The loss as a pytree and the parameters as arrays of one type, where they belong, and their number."""
    params = projection.to_host("params", params.params if isinstance(params, Fit) else params)
    dtype, n = jax.tree.leaves(params)[0].dtype, tree.size(params)
    with jax.default_matmul_precision("highest"):
        loss = tree.cast(as_pytree(loss, params), dtype)
    return *jax.device_put((loss, params), place(n)), n


def whole(name: str, value: Any, low: int = 1) -> int:
    """The number, if it is a whole one and large enough."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < low:
        raise ValueError(f"{name} must be a whole number of at least {low}; given {value!r}")
    return int(value)
