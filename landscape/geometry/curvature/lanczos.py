"""Band Lanczos: the ends of a Hessian's spectrum from Hessian-vector products alone.

An orthonormal basis of the space spanned by a few start vectors and the products H q of its own vectors
holds, long before it is complete, the eigenvectors of the largest and the smallest eigenvalues. Every new
vector is made orthogonal to all earlier ones, twice, so that rounding makes no copies of an eigenvalue;
p start vectors find an eigenvalue of multiplicity p as often as that (Ruhe 1979). When the basis is full
it is shrunk to its best Ritz vectors and grows again (Stewart 2001, Krylov-Schur; Wu & Simon 2000).
"""

from functools import cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Array, Float

from landscape.core.device import place
from landscape.geometry.curvature.products import Hessian, quick

INSIDE = 0.1  # a rest of so many roundings of the longest product has no direction of its own
ROUNDING = 8.0  # of products, inner products and the basis itself, in roundings of the longest product
COLUMNS = 2**16  # rotated at a time, so that a restart needs no second basis


class Ritz(NamedTuple):
    """The approximate eigenpairs that a space holds.

    Attributes:
        values: (used,), Ritz values, ascending.
        coordinates: (used, used), their vectors in the basis, as columns.
        residuals: (used,), |H y - theta y| as the space knows it: each bounds the distance to an eigenvalue.
        rounding: by how much the rounding of the products and of the basis may have moved a value.
    """

    values: np.ndarray
    coordinates: np.ndarray
    residuals: np.ndarray
    rounding: float


class Krylov:
    """An orthonormal basis Q and what H does to it: H Q[:used] = projected[:, :used]' Q.

    Attributes:
        basis: (rows, n), its vectors; zero where it is not filled.
        projected: (rows, rows), with projected[:, j] the coordinates of H q_j, in double precision.
        scale: the longest H q so far, at most the largest |eigenvalue|; NaN when one was not finite.
        used: how many vectors have been multiplied by H; the next `width` ones wait.
        width: how many vectors it started from.
    """

    def __init__(
        self,
        hessian: Hessian,
        start: Float[np.ndarray, "width n"],
        capacity: int,
        random: np.random.Generator,
    ):
        self.hessian, self.random = hessian, random
        self.width = len(start)
        basis = np.zeros((capacity + self.width, hessian.size), hessian.dtype)
        basis[: self.width] = start
        self.basis = jax.device_put(basis, place(hessian.size))
        self.projected = np.zeros((len(basis), len(basis)))
        self.used, self.scale = 0, 0.0
        self._next: Array | np.ndarray = basis[0]
        self._lost = self._noise = 0.0

    def grow(self) -> None:
        """Multiply the next vector of the basis by the Hessian; returns when that is done."""
        product, unit = self.hessian.times(self._next)
        j, new, eps = self.used, self.used + self.width, self.hessian.eps
        # A basis of the whole space has no outside but rounding.
        least = INSIDE * eps * self.scale / unit if new < self.hessian.size else np.inf
        coordinates, length, opened = self._join(product, new, least)
        if not np.isfinite(length):
            self.scale = np.nan
            return
        self.scale = max(self.scale, unit * float(np.hypot(np.linalg.norm(coordinates), length)))
        self.projected[:, j] = unit * coordinates
        self.used += 1
        if opened:
            self.projected[new, j] = unit * length
            return
        self._lost = float(np.hypot(self._lost, unit * length))
        if new < self.hessian.size:
            # H q inside the basis: that part of the spectrum is complete, another direction opens the next.
            fresh = self.random.normal(size=self.hessian.size)
            self._join((fresh / np.linalg.norm(fresh)).astype(self.hessian.dtype), new, 0.0)

    def _join(self, vector: Array | np.ndarray, new: int, least: float) -> tuple[np.ndarray, float, bool]:
        """Make the part of a vector outside the basis its row `new`, unless it is no longer than `least`."""
        eps = INSIDE * self.hessian.eps
        join, following = _programs()[0], new - self.width + 1
        self.basis, self._next, found = join(self.basis, vector, new, following, least, eps)
        found = np.asarray(found, np.float64)
        return found[:-2], float(found[-2]), bool(found[-1])

    def ritz(self) -> Ritz:
        """The approximate eigenpairs that the space holds."""
        used, unit = self.used, self.scale or 1.0
        columns = self.projected[: used + self.width, :used] / unit  # whose squares stay in range
        inside, border = columns[:used], columns[used:]
        # Products without rounding would make this symmetric; it is off by what they are off.
        self._noise = max(self._noise, float(np.linalg.norm(inside - inside.T, 2)))
        values, coordinates = np.linalg.eigh((inside + inside.T) / 2)
        residuals = np.linalg.norm(border @ coordinates, axis=0)
        rounding = unit * (self._noise + ROUNDING * self.hessian.eps) + self._lost
        return Ritz(unit * values, coordinates, unit * residuals, rounding if self.scale else 0.0)

    def vectors(self, coordinates: np.ndarray) -> Array:
        """(columns, n), the vectors with these coordinates in the part of the basis that is used."""
        every = np.zeros((coordinates.shape[1], len(self.basis)), self.basis.dtype)  # as wide for any part
        every[:, : len(coordinates)] = coordinates.T
        return _combined(every, self.basis)

    def outside(self, vector: Float[np.ndarray, " n"]) -> Array:
        """The part of a vector outside of what has been multiplied."""
        return _programs()[1](self.basis, vector, np.arange(len(self.basis)) < self.used)[0]

    def shrink(self, kept: np.ndarray) -> None:
        """Keep the Ritz vectors of these numbers and the vectors that wait, without computing any product."""
        found, used, width, count = self.ritz(), self.used, self.width, len(kept)
        coordinates = found.coordinates[:, kept]
        turn = np.zeros((len(self.basis), len(self.basis)), self.basis.dtype)
        turn[:count, :used] = coordinates.T
        turn[count : count + width, used : used + width] = np.eye(width)
        border = self.projected[used : used + width, :used] @ coordinates
        self.projected = np.zeros_like(self.projected)
        self.projected[:count, :count] = np.diag(found.values[kept])
        self.projected[count : count + width, :count] = border
        self.basis, self._next = _rotated(turn, self.basis, count)
        self.used = count


@cache
def _programs() -> tuple[Any, Any]:
    """The two that are called for every vector, compiled when they are first called."""
    join = jax.jit(_join, donate_argnums=0, compiler_options=quick())
    return join, jax.jit(_outside, compiler_options=quick())


def _join(basis: Array, vector: Any, new: Any, following: Any, least: Any, share: Any) -> tuple:
    """The basis with the outside part of a vector in row `new`, its row `following`, and, in one array, the
    vector's coordinates, the length of its outside part, and whether that was long enough."""
    rest, coordinates, before = _outside(basis, vector, jnp.ones(len(basis), bool))
    square = jnp.sum(rest * rest)
    known = jnp.sum(coordinates * coordinates)
    opened = square > jnp.maximum(jnp.maximum(least**2, share**2 * (square + known)), before / 4)
    length = jnp.sqrt(square)
    basis = basis.at[new].set(jnp.where(opened, rest / length, 0))
    found = jnp.concatenate([coordinates, jnp.stack([length, opened.astype(length.dtype)])])
    return basis, lax.dynamic_index_in_dim(basis, following, keepdims=False), found


def _outside(basis: Array, vector: Any, live: Any) -> tuple[Array, Array, Array]:
    """The part of a vector outside the live rows of a basis, its coordinates inside, and the square of the
    first attempt's length: twice is enough where the second takes no more than half away (Parlett 1980)."""

    def once(_: Any, now: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
        rest, coordinates, _ = now
        inside = jnp.where(live, jnp.matmul(basis, rest, precision="highest"), 0)
        outside = rest - jnp.matmul(inside, basis, precision="highest")
        return outside, coordinates + inside, jnp.sum(rest * rest)

    nothing = jnp.zeros(len(basis), basis.dtype), jnp.zeros((), basis.dtype)
    return lax.fori_loop(0, 2, once, (vector.astype(basis.dtype), *nothing))  # a loop is compiled once


@jax.jit
def _combined(coordinates: Any, basis: Array) -> Array:
    return jnp.matmul(coordinates, basis, precision="highest")


@partial(jax.jit, donate_argnums=1)
def _rotated(turn: Any, basis: Array, row: Any) -> tuple[Array, Array]:
    """turn @ basis, some columns at a time in the place of the old ones, and one row of it."""
    rows, n = basis.shape
    width = min(n, COLUMNS)

    def part(begin: Any, width: int, basis: Array) -> Array:
        piece = lax.dynamic_slice(basis, (0, begin), (rows, width))
        return lax.dynamic_update_slice(basis, jnp.matmul(turn, piece, precision="highest"), (0, begin))

    basis = lax.fori_loop(0, n // width, lambda i, basis: part(i * width, width, basis), basis)
    if n % width:
        basis = part(n - n % width, n % width, basis)
    return basis, lax.dynamic_index_in_dim(basis, row, keepdims=False)
