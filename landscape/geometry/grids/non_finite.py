"""Where a picture has no value, and what can truly be said about why."""

from dataclasses import dataclass
from typing import Any, Literal

import jax
import jax.numpy as jnp
import numpy as np

from landscape.core.brief import in_a_line
from landscape.core.jax_inside import ClosedJaxpr, Jaxpr
from landscape.core.types import Loss
from landscape.geometry import projection
from landscape.geometry.grids.grid import Grid
from landscape.geometry.planes.plane import Plane

Why = Literal["parameters", "precision", "infinite", "minus_infinite", "undefined", "unknown"]


@in_a_line
@dataclass(frozen=True)
class Hole:
    """Cells that hold no finite loss, for one reason.

    The loss is computed once more, in double precision, at the nearest such cell; what comes out tells
    whether the number format is the cause or the loss itself.

    Attributes:
        why: "parameters" when the parameters themselves are beyond the largest number of their type;
            "precision" when the loss is finite in double precision, so that it, or a step on the way to
            it, is too large for the type it was computed in; "infinite" when it is infinite in double
            precision too (a pole, or beyond 1e308); "minus_infinite" when it is -infinity there, as the
            logarithm of 0; "undefined" when it is not a number there either, as the logarithm or the root
            of a negative number, 0/0 or infinity minus infinity; "unknown" when the loss computes
            in shorter numbers whatever it is given.
        shown: what the cells hold, inf, -inf or NaN.
        count: how many cells.
        nearest: (d,), the coordinates of the one nearest to the centre.
        distance: how far that is, in units of the parameters.
        double: the loss there in double precision; None where it was not computed.
    """

    why: Why
    shown: float
    count: int
    nearest: tuple[float, ...]
    distance: float
    double: float | None


def find_holes(grid: Grid, plane: Plane, loss: Loss) -> tuple[Hole, ...]:
    """Group the cells of a picture that are not finite, and find out why at the nearest of each group.

    Args:
        grid: the picture.
        plane: its plane.
        loss: params -> scalar, as the person gave it.

    Returns:
        One entry for each kind of value, inf, -inf and NaN, that the picture holds; nearest first.
    """
    kinds = (np.isposinf(grid.loss), np.isneginf(grid.loss), np.isnan(grid.loss))
    holes = [_hole(grid, plane, loss, cells) for cells in kinds if cells.any()]
    return tuple(sorted(holes, key=lambda hole: hole.distance))


def _hole(grid: Grid, plane: Plane, loss: Loss, cells: np.ndarray) -> Hole:
    rows, columns = np.nonzero(cells)
    spots = np.stack([grid.a[rows], grid.b[columns]], axis=1)[:, : plane.dimension]
    products = projection.gram(plane.directions)
    lengths = np.sqrt(np.einsum("sd,de,se->s", spots, products, spots))
    at = int(np.argmin(lengths))
    nearest = tuple(float(c) for c in spots[at])
    why, double = _reason(plane, loss, nearest)
    return Hole(why, float(grid.loss[rows[at], columns[at]]), len(rows), nearest, float(lengths[at]), double)


def _reason(plane: Plane, loss: Loss, spot: tuple[float, ...]) -> tuple[Why, float | None]:
    """What double precision says at one point."""
    with np.errstate(over="ignore", invalid="ignore"):
        single = plane.point(*spot)
    if not all(np.all(np.isfinite(leaf)) for leaf in jax.tree.leaves(single)):
        return "parameters", None
    with jax.enable_x64(True):
        wide = jax.tree.map(lambda leaf: np.asarray(leaf, np.float64), (plane.center, *plane.directions))
        point = Plane(wide[0], wide[1:]).point(*spot)
        try:
            traced = jax.make_jaxpr(loss)(point)
            double = float(jax.jit(lambda p: loss(p))(point))
        except TypeError:  # a model that insists on single precision
            return "unknown", None
    if _narrows(traced.jaxpr):
        return "unknown", None
    if np.isfinite(double):
        return "precision", double
    return "undefined" if np.isnan(double) else "infinite" if double > 0 else "minus_infinite", double


def _narrows(program: Any) -> bool:
    """Whether a program turns doubles into shorter numbers on its way: then it is not in double precision."""
    inside: list[Any] = []
    for equation in program.eqns:
        if equation.primitive.name == "convert_element_type":
            given, made = equation.invars[0].aval.dtype, equation.outvars[0].aval.dtype
            if given == np.float64 and jnp.issubdtype(made, jnp.floating) and made.itemsize < 8:
                return True
        inside += jax.tree.leaves(equation.params, is_leaf=lambda p: isinstance(p, (Jaxpr, ClosedJaxpr)))
    nested = [one.jaxpr if isinstance(one, ClosedJaxpr) else one for one in inside]
    return any(_narrows(one) for one in nested if isinstance(one, Jaxpr))
