"""The loss on a rectangle of parameters: what every picture of a surface is drawn from."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from landscape import tree
from landscape.descent.program import as_pytree
from landscape.types import Loss, pytree


@pytree
class Grid:
    """Losses at the points of a rectangular grid, as NumPy arrays on the host.

    Attributes:
        a: (na,), the first coordinate of each row, increasing.
        b: (nb,), the second coordinate of each column, increasing; a single 0 for a curve.
        loss: (na, nb), with loss[i, j] at (a[i], b[j]); may hold NaN and infinities.
    """

    a: np.ndarray
    b: np.ndarray
    loss: np.ndarray


def evaluate(
    surface: Loss,
    points: int | tuple[int, int] = 80,
    domain: Sequence[Sequence[float]] | None = None,
) -> Grid:
    r"""Evaluate a loss of one or two parameters on a grid, $L_{ij} = f(a_i, b_j)$, in one compiled call.

    Args:
        surface: a loss of a vector of one or two parameters: a surface, or any function JAX can trace.
            New values of a surface's fields do not recompile.
        points: how many points along each coordinate, or (na, nb); at least 2.
        domain: one (low, high) per coordinate; the surface's own when none is given.

    Returns:
        The grid; for a loss of one parameter `b` is a single 0 and `loss` has one column.

    Raises:
        ValueError: for too few points, or a domain that is missing, empty or not finite.
        TypeError: when the loss is not a function of such a vector.

    >>> grid = evaluate(lambda p: p[0] + 10 * p[1], points=(3, 2), domain=((0, 2), (0, 1)))
    >>> grid.a.tolist(), grid.b.tolist(), grid.loss.tolist()
    ([0.0, 1.0, 2.0], [0.0, 1.0], [[0.0, 10.0], [1.0, 11.0], [2.0, 12.0]])
    """
    intervals = _intervals(getattr(surface, "domain", None) if domain is None else domain)
    axes = [np.linspace(low, high, n) for (low, high), n in zip(intervals, _counts(points), strict=False)]
    dtype = jnp.zeros(()).dtype  # float64 where it is enabled
    loss = tree.cast(as_pytree(surface, jnp.zeros(len(axes), dtype)), dtype)
    program = _program(jax.tree.structure(loss), tuple(len(axis) for axis in axes))
    values = np.asarray(program(loss, *(jnp.asarray(axis, dtype) for axis in axes)))
    b = axes[1] if len(axes) == 2 else np.zeros(1)
    return Grid(axes[0], b, values.reshape(len(axes[0]), len(b)))


def losses_at(surface: Loss, points: Sequence[np.ndarray] | np.ndarray) -> np.ndarray:
    """Evaluate a loss at a few points, in one compiled call.

    Args:
        surface: a loss of one vector, as for `evaluate`.
        points: (count, n), the points; may be empty.

    Returns:
        (count,), the loss at each.

    >>> losses_at(lambda p: p[0] + 10 * p[1], [np.array([1.0, 2.0]), np.array([0.0, 1.0])]).tolist()
    [21.0, 10.0]
    """
    if not len(points):
        return np.zeros(0)
    dtype = jnp.zeros(()).dtype
    stacked = jnp.asarray(np.stack(list(points)), dtype)
    loss = tree.cast(as_pytree(surface, stacked[0]), dtype)
    return np.asarray(_pointwise(jax.tree.structure(loss), stacked.shape)(loss, stacked))


@lru_cache(maxsize=128)
def _pointwise(structure: Any, shape: tuple[int, ...]) -> Any:
    """The compiled evaluation of one kind of loss at so many points."""
    return jax.jit(lambda loss, points: jax.vmap(loss)(points))


@lru_cache(maxsize=128)
def _program(structure: Any, shape: tuple[int, ...]) -> Any:
    """The compiled grid for one kind of loss and one size; the least used kind is dropped."""

    def losses(loss: Loss, a: Float[jax.Array, " na"], b: Float[jax.Array, " nb"] | None = None) -> jax.Array:
        if b is None:
            return jax.vmap(lambda x: loss(x[None]))(a)
        return jax.vmap(lambda x: jax.vmap(lambda y: loss(jnp.stack([x, y])))(b))(a)

    return jax.jit(losses)


def _counts(points: int | tuple[int, int]) -> tuple[int, int]:
    counts = tuple(points) if isinstance(points, Sequence) else (points, points)
    if len(counts) != 2 or not all(isinstance(n, (int, np.integer)) and n >= 2 for n in counts):
        raise ValueError(f"points must be a whole number of at least 2, or a pair of them; given {points!r}")
    return counts


def _intervals(domain: Sequence[Sequence[float]] | None) -> np.ndarray:
    if domain is None:
        raise ValueError("this loss states no domain: give domain=((x0, x1), (y0, y1))")
    intervals = np.asarray(domain, dtype=np.float64)
    if intervals.shape not in ((1, 2), (2, 2)):
        raise ValueError(
            f"domain must be one (low, high) for each of one or two parameters; given {domain!r}"
        )
    if not np.all(np.isfinite(intervals)) or not np.all(intervals[:, 0] < intervals[:, 1]):
        raise ValueError(f"domain must be finite, with low below high; given {domain!r}")
    return intervals
