"""Trees of rows as matrices in double precision, a block of columns at a time: Gram matrices, projections."""

from collections.abc import Iterator
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from landscape.core.types import Params
from landscape.descent.checkpoints import is_floating

BLOCK_BYTES = 8 * 2**20

Columns = tuple[int, slice]
"""The number of a leaf, and which of its flattened columns."""


def same_kind(name: str, given: Params, like: Params) -> None:
    """Refuse a tree that is not built like another one.

    Raises:
        ValueError: saying how it differs.
    """
    if jax.tree.structure(given) != jax.tree.structure(like):
        wanted = jax.tree.structure(like)
        raise ValueError(f"{name} must be built like the first, {wanted}; given {jax.tree.structure(given)}")


def same_shape(name: str, rows: Params, like: Params, lead: int = 0) -> None:
    """Refuse a tree that is not built like another one, but for `lead` axes in front.

    Raises:
        ValueError: saying how it differs.
    """
    if jax.tree.structure(rows) != jax.tree.structure(like):
        given, wanted = jax.tree.structure(rows), jax.tree.structure(like)
        raise ValueError(f"{name} must be built like the plane's centre, {wanted}; given {given}")
    for row, one in zip(jax.tree.leaves(rows), jax.tree.leaves(like), strict=True):
        if np.shape(row)[lead:] != np.shape(one):
            raise ValueError(
                f"{name} must have the shapes of the plane's centre, {np.shape(one)}"
                f"{' after an axis of rows' if lead else ''}; given {np.shape(row)}"
            )


def blocks(rows: Params, center: Params) -> Iterator[tuple[Columns, Float[np.ndarray, "rows columns"]]]:
    """The matrix of rows - center in double precision, a few columns at a time."""
    for i, (leaf, origin) in enumerate(zip(jax.tree.leaves(rows), jax.tree.leaves(center), strict=True)):
        matrix, origin = np.asarray(leaf).reshape(len(leaf), -1), np.asarray(origin).reshape(-1)
        width = max(1, BLOCK_BYTES // (8 * len(matrix)))
        for begin in range(0, origin.size, width):
            part = slice(begin, begin + width)
            block = matrix[:, part].astype(np.float64)
            block -= origin[part]
            yield (i, part), block


def columns(vectors: Any, where: Columns) -> Float[np.ndarray, "vectors columns"]:
    """The same columns of several trees, each a row of the result, in double precision."""
    i, part = where
    leaves = [np.asarray(jax.tree.leaves(vector)[i]).reshape(-1)[part] for vector in vectors]
    return np.stack(leaves).astype(np.float64)


def gram(vectors: tuple[Params, ...]) -> Float[np.ndarray, "vectors vectors"]:
    """All inner products of a few trees, in double precision."""
    rows = jax.tree.map(lambda *leaves: np.stack(leaves), *vectors)
    nothing = jax.tree.map(np.zeros_like, vectors[0])
    return sum((block @ block.T for _, block in blocks(rows, nothing)), np.zeros((len(vectors),) * 2))


def rounding(rows: Params) -> float:
    """How far rounding alone may spread rows along a second direction, in units of the parameters.

    Every number is off by up to half of its type's last digit: the root of the sum of all these squares,
    and as much again for the steps by which rows were reached.

    >>> rounding(np.ones((4, 100), np.float32)) < 1e-5 < rounding(np.ones((4, 100), np.float16))
    True
    """
    total = 0.0
    for leaf in jax.tree.leaves(rows):
        if is_floating(leaf) and hasattr(leaf, "dtype"):
            flat, width = np.asarray(leaf).reshape(-1), BLOCK_BYTES // 8
            parts = (flat[begin : begin + width].astype(np.float64) for begin in range(0, flat.size, width))
            total += float(jnp.finfo(leaf.dtype).eps) ** 2 * sum(float(part @ part) for part in parts)
    return float(np.sqrt(total))


def project(
    rows: Params, center: Params, directions: tuple[Params, ...]
) -> tuple[Float[np.ndarray, "rows directions"], Float[np.ndarray, " rows"]]:
    r"""Coordinates of each row in an affine plane, and its distance off it.

    Least squares: $c = (D D^\top)^{-1} D (\theta - \theta_0)$, where a single direction's inner product is
    divided by its squared norm. Two passes, so that the distance is that of the residual itself.

    >>> coordinates, off = project(np.array([[20.0, 0.0, 3.0]]), np.zeros(3), (np.array([10.0, 0.0, 0.0]),))
    >>> coordinates.tolist(), off.tolist()
    ([[2.0]], [3.0])
    """
    count = len(jax.tree.leaves(rows)[0])
    products = np.zeros((count, len(directions)))
    for where, block in blocks(rows, center):
        products += block @ columns(directions, where).T
    coordinates = np.linalg.solve(gram(directions), products.T).T
    squares = np.zeros(count)
    for where, block in blocks(rows, center):
        squares += np.sum((block - coordinates @ columns(directions, where)) ** 2, axis=1)
    return coordinates, np.sqrt(squares)


def principal(
    rows: Params, count: int
) -> tuple[tuple[Params, ...], Float[np.ndarray, " count"], Float[np.ndarray, " count"]]:
    r"""The first principal directions of a tree of rows, their variances' shares, and their singular values.

    With X the rows about their mean: the eigenvectors of the smaller one of $X X^\top$ and $X^\top X$,
    summed up block by block, so that X itself is never held in double precision.
    """
    leaves = jax.tree.leaves(rows)
    samples, size = len(leaves[0]), sum(leaf[0].size for leaf in leaves)
    mean = jax.tree.map(lambda leaf: np.mean(leaf, axis=0, dtype=np.float64), rows)
    if samples <= size:
        products = sum((b @ b.T for _, b in blocks(rows, mean)), np.zeros((samples, samples)))
        squares, vectors = _largest(products, count)
        found = [vectors.T @ block for _, block in blocks(rows, mean)]
    else:
        matrix = np.concatenate([block for _, block in blocks(rows, mean)], axis=1)
        products = matrix.T @ matrix
        squares, vectors = _largest(products, count)
        found = [vectors.T]
    flat = np.linalg.qr(np.concatenate(found, axis=1).T)[0].T
    total = np.trace(products) or 1.0  # a path that never moved has no shares
    ends = np.cumsum([leaf[0].size for leaf in leaves])[:-1]
    shaped = [
        [part.reshape(leaf.shape[1:]).astype(leaf.dtype) for part, leaf in zip(parts, leaves, strict=True)]
        for parts in (np.split(row, ends) for row in flat)
    ]
    structure = jax.tree.structure(rows)
    return tuple(jax.tree.unflatten(structure, row) for row in shaped), squares / total, np.sqrt(squares)


def _largest(products: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The largest eigenvalues of a symmetric matrix, descending, and their eigenvectors as columns."""
    values, vectors = np.linalg.eigh(products)
    return np.maximum(values[::-1][:count], 0.0), vectors[:, ::-1][:, :count]
