"""Band Lanczos: the ends of a Hessian's spectrum from Hessian-vector products alone.

An orthonormal basis of the space spanned by a few start vectors and the products H q of its own vectors
holds, long before it is complete, the eigenvectors of the largest and the smallest eigenvalues. Every new
vector is made orthogonal to all earlier ones, twice, so that rounding makes no copies of an eigenvalue;
p start vectors find an eigenvalue of multiplicity p as often as that (Ruhe 1979). When the basis is full
it is shrunk to its best Ritz vectors and grows again (Stewart 2001, Krylov-Schur; Wu & Simon 2000).
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree
from jaxtyping import Array, Float, Int

from landscape import tree
from landscape.types import Loss, Params, pytree, static


@pytree
class Krylov:
    """An orthonormal basis Q and what H does to it: H Q[:used] = projected[:, :used]' Q.

    Attributes:
        basis: (rows, n), its vectors; zero where it is not filled.
        projected: (rows, rows), with projected[:, j] the coordinates of H q_j.
        scale: the longest H q so far, at most the largest |eigenvalue|.
        used: how many vectors have been multiplied by H; the next `width` ones wait.
        width: how many vectors it started from.
    """

    basis: Float[Array, "rows n"]
    projected: Float[Array, "rows rows"]
    scale: Float[Array, ""]
    used: Int[Array, ""]
    width: int = static(1)


def begin(start: Float[np.ndarray, "width n"], capacity: int) -> Krylov:
    """An empty space over orthonormal start vectors, with room for `capacity` products."""
    width, n = start.shape
    basis = np.zeros((capacity + width, n), start.dtype)
    basis[:width] = start
    size = len(basis)
    projected, scale = jnp.zeros((size, size), start.dtype), jnp.zeros((), start.dtype)
    return Krylov(jnp.asarray(basis), projected, scale, jnp.zeros((), int), width)


def extend(loss: Loss, params: Params, space: Krylov, products: int, key: Array) -> Krylov:
    """Multiply the next so many vectors of the basis by the Hessian; a new number does not recompile."""
    with jax.default_matmul_precision("highest"):
        return _program(jax.tree.structure((loss, params)))(loss, params, space, products, key)


@lru_cache(maxsize=64)
def _program(structure: Any) -> Callable:
    """The compiled extension for one kind of loss; the least used kind is dropped."""
    return jax.jit(_extend)


def _extend(loss: Loss, params: Params, space: Krylov, products: Any, key: Any) -> Krylov:
    _, unravel = ravel_pytree(params)

    def step(j: Any, now: Krylov) -> Krylov:
        product = ravel_pytree(tree.hvp(loss, params, unravel(now.basis[j])))[0]
        scale = jnp.maximum(now.scale, jnp.linalg.norm(product))
        rest, coordinates = _outside(now.basis, product)
        length = jnp.linalg.norm(rest)
        # H q inside the basis: that part of the spectrum is complete, another direction opens the next.
        vector, length = jax.lax.cond(
            length > 10 * jnp.finfo(length.dtype).eps * scale,
            lambda: (rest / length, length),
            lambda: (_fresh(now.basis, jax.random.fold_in(key, j)), jnp.zeros_like(length)),
        )
        new = j + now.width
        room = new < len(vector)  # a basis of the whole space has no outside but rounding
        vector, length = jnp.where(room, vector, 0.0), jnp.where(room, length, 0.0)
        return Krylov(
            basis=now.basis.at[new].set(vector),
            projected=now.projected.at[:, j].set(coordinates.at[new].set(length)),
            scale=scale,
            used=now.used + 1,
            width=now.width,
        )

    return jax.lax.fori_loop(space.used, space.used + products, step, space)


def _outside(basis: Array, vector: Array) -> tuple[Array, Array]:
    """The part of a vector outside the basis, and its coordinates inside; twice is enough."""
    first = basis @ vector
    rest = vector - first @ basis
    second = basis @ rest
    return rest - second @ basis, first + second


def _fresh(basis: Array, key: Any) -> Array:
    """A random unit vector outside the basis."""
    vector = jax.random.normal(key, basis.shape[1:], basis.dtype)
    rest, _ = _outside(basis, vector)
    return rest / jnp.linalg.norm(rest)


def ritz(space: Krylov) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The approximate eigenpairs that the space holds.

    Returns:
        (used,) Ritz values ascending, (used, used) their coordinates in the basis as columns, and
        (used,) the residuals ||H y - theta y||, each a bound on the distance to an eigenvalue.
    """
    used, width = int(space.used), space.width
    projected = np.asarray(space.projected, np.float64)
    inside, border = projected[:used, :used], projected[used : used + width, :used]
    values, coordinates = np.linalg.eigh((inside + inside.T) / 2)
    return values, coordinates, np.linalg.norm(border @ coordinates, axis=0)


def vectors(space: Krylov, coordinates: np.ndarray) -> Array:
    """(columns, n), the vectors with these coordinates in the part of the basis that is used."""
    every = np.zeros((coordinates.shape[1], len(space.basis)))  # as wide for any part: one program
    every[:, : len(coordinates)] = coordinates.T
    return jnp.matmul(jnp.asarray(every, space.basis.dtype), space.basis, precision="highest")


def shrink(space: Krylov, values: np.ndarray, coordinates: np.ndarray) -> Krylov:
    """The space of the given Ritz vectors and of the vectors that wait, without computing any product."""
    used, width, kept = int(space.used), space.width, len(values)
    dtype = space.basis.dtype
    waiting = space.basis[used : used + width]
    border = np.asarray(space.projected, np.float64)[used : used + width, :used] @ coordinates
    projected = np.zeros(space.projected.shape)
    projected[:kept, :kept] = np.diag(values)
    projected[kept : kept + width, :kept] = border
    basis = (
        jnp.zeros_like(space.basis)
        .at[:kept]
        .set(vectors(space, coordinates))
        .at[kept : kept + width]
        .set(waiting)
    )
    return Krylov(
        basis, jnp.asarray(projected, dtype), space.scale, jnp.asarray(kept, space.used.dtype), width
    )
