"""The loss on a rectangle, of parameters or of a plane: what every picture of a surface is drawn from."""

from collections.abc import Sequence, Sized
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from landscape.core import tree
from landscape.core.device import on
from landscape.core.progress import Progress
from landscape.core.types import Loss, pytree
from landscape.descent.tracing.program import as_pytree
from landscape.geometry.grids.batched_losses import Cancelled, devices_for, losses_at_coordinates
from landscape.geometry.planes.plane import Plane
from landscape.geometry.planes.span import frame


@pytree
class Grid:
    """Losses at the points of a rectangular grid, as NumPy arrays on the host.

    Attributes:
        a: (na,), the first coordinate of each row, increasing.
        b: (nb,), the second coordinate of each column, increasing; a single 0 for a curve.
        loss: (na, nb), with loss[i, j] at (a[i], b[j]); may hold NaN and infinities.
        plane: the line or plane that the coordinates count along; None where they are the parameters.
    """

    a: np.ndarray
    b: np.ndarray
    loss: np.ndarray
    plane: Plane | None = None


def evaluate(
    loss: Loss,
    plane: Plane | None = None,
    *,
    points: int | tuple[int, int] | None = None,
    span: Any = None,
    domain: Sequence[Sequence[float]] | None = None,
    paths: Any = (),
    progress: Progress | None = None,
    device: Any = None,
) -> Grid:
    r"""Evaluate a loss on a grid: over a plane through many parameters, or over one or two parameters.

    $$L_{ij} = f(\theta_0 + a_i d_0 + b_j d_1) \qquad \text{or} \qquad L_{ij} = f(a_i, b_j)$$

    One small program is compiled for each kind of loss and called from all cores, on all devices; neither
    the values of the plane, nor the data a loss carries or captures, compile it anew (Python numbers that
    a closure captures do).

    Args:
        loss: params -> scalar: a surface, a network's loss or accuracy, any function JAX can trace.
        plane: where to evaluate a loss of many parameters; none for one of one or two.
        points: how many points along each coordinate, or (na, nb), at least 2; by default 51 on a plane
            and 80 without one.
        span: on a plane, the half-width around its centre, or ((a0, a1), (b0, b1)), in units of its
            directions; by default it frames the paths and the plane's marks, and is 1.0 without any. Then
            the centre is one of the points, and so are the ends of a line through two solutions.
        domain: without a plane, one (low, high) per parameter; by default the surface's own.
        paths: what the default span frames: a trajectory, a fit, a list of checkpoints or a tree of
            (rows, ...) parameters; or a list or dictionary of such.
        progress: called with the rows done and their number; returning False cancels.
        device: a JAX device, the name of a platform, or on a plane several devices of one kind; by default
            the CPU for up to 64 parameters, and all of JAX's devices for more.

    Returns:
        The grid; along a line, or for a loss of one parameter, `b` is a single 0 and `loss` has one column.

    Raises:
        ValueError: for too few points, or an extent that is missing, empty or not finite.
        TypeError: when the loss is not a function of such parameters.
        Cancelled: when `progress` returned False.

    >>> grid = evaluate(lambda p: p[0] + 10 * p[1], points=(3, 2), domain=((0, 2), (0, 1)))
    >>> grid.a.tolist(), grid.b.tolist(), grid.loss.tolist()
    ([0.0, 1.0, 2.0], [0.0, 1.0], [[0.0, 10.0], [1.0, 11.0], [2.0, 12.0]])
    """
    if plane is None:
        if span is not None or not _is_nothing(paths):
            raise ValueError("span and paths belong to a plane; a loss of one or two parameters takes domain")
        return _on_parameters(loss, 80 if points is None else points, domain, progress, device)
    if not isinstance(plane, Plane):
        raise TypeError(f"plane must be a Plane such as random_plane(params, ...) returns; given {plane!r}")
    if domain is not None:
        raise ValueError("domain belongs to a loss of one or two parameters; a plane takes span")
    axes = frame(plane, _counts(51 if points is None else points), span, paths)
    moving, whole = plane.split()
    center = moving.center
    traced = tree.cast(as_pytree(whole.loss(loss), center), jax.tree.leaves(center)[0].dtype)
    spots = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))
    rows, columns = len(axes[0]), len(spots) // len(axes[0])

    def report(done: int) -> bool | None:
        return None if progress is None else progress(done // columns, rows)

    values = losses_at_coordinates(
        traced, center, moving.directions, spots, devices_for(center, device), report
    )
    return _grid(axes, values, plane)


def _is_nothing(paths: Any) -> bool:
    return paths is None or (isinstance(paths, Sized) and not len(paths))


def _on_parameters(loss: Loss, points: Any, domain: Any, progress: Progress | None, device: Any) -> Grid:
    """The grid of a loss of one or two parameters, in one compiled call."""
    axes = _axes(_intervals(getattr(loss, "domain", None) if domain is None else domain), points)
    dtype = jnp.zeros(()).dtype  # float64 where it is enabled
    with on(len(axes), device):
        traced = tree.cast(as_pytree(loss, jnp.zeros(len(axes), dtype)), dtype)
        program = _program(jax.tree.structure(traced), tuple(len(axis) for axis in axes))
        values = np.asarray(program(traced, *(jnp.asarray(axis, dtype) for axis in axes)))
    if progress is not None and progress(len(axes[0]), len(axes[0])) is False:
        raise Cancelled(f"given up after {len(axes[0])} rows")
    return _grid(axes, values, None)


def _grid(axes: list[np.ndarray], values: np.ndarray, plane: Plane | None) -> Grid:
    b = axes[1] if len(axes) == 2 else np.zeros(1)
    return Grid(axes[0], b, values.reshape(len(axes[0]), len(b)), plane)


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


def _axes(intervals: np.ndarray, points: int | tuple[int, int]) -> list[np.ndarray]:
    counts = _counts(points)
    return [np.linspace(low, high, n) for (low, high), n in zip(intervals, counts, strict=False)]


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
