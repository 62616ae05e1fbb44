"""How much the picture would differ, had other random directions been drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import jax
import numpy as np
from jaxtyping import Array

from landscape.core import tree
from landscape.core.brief import in_a_line
from landscape.core.types import Loss, Params
from landscape.geometry.curvature.products import NO_DERIVATIVE
from landscape.geometry.grids.path_losses import ProgressMeter, losses_over
from landscape.geometry.planes.directions import draw
from landscape.geometry.planes.plane import Plane

STEADY, VARIES = 0.25, 1.0  # relative spread up to which pictures agree, or at least resemble each other
POINTS = 41
OTHERS = 41_263  # folded into the key: with the picture's own key the draws are others all the same


@in_a_line
@dataclass(frozen=True)
class Repeats:
    """Straight cuts through the centre along the picture's own random directions and along others.

    Attributes:
        t: (points,), where along the cuts, in the picture's coordinates; the centre is at 0.
        cuts: (lines, points), the loss along each; the first ones are the picture's own axes.
        own: how many those are.
        rise: (lines,), how much higher the loss lies at a cut's two ends than at the centre, on average.
        curvature: (lines,), the second derivative at the centre along each, d' H d; NaN where JAX cannot
            differentiate the loss twice, as through a callback.
        rise_spread: the standard deviation of the rise over its mean's size.
        curvature_spread: the same for the curvature; inf where it is not known.
        verdict: "steady" for a spread of the rise up to 0.25, "varies" up to 1, else "depends": then
            another draw may show another picture.
    """

    t: np.ndarray
    cuts: np.ndarray
    own: int
    rise: np.ndarray
    curvature: np.ndarray
    rise_spread: float
    curvature_spread: float
    verdict: Literal["steady", "varies", "depends"]


def repeat(plane: Plane, reach: float, loss: Loss, key: Array, draws: int, meter: ProgressMeter) -> Repeats:
    """Draw more planes by the rule of a random one, and cut the loss along the axes of all of them.

    Args:
        plane: a random line or plane.
        reach: how far to cut both ways, in the picture's coordinates.
        loss: a pytree of arrays, params -> scalar, in the type of the plane's centre.
        key: the random key of the new directions.
        draws: how many more to draw.
        meter: told of every loss that is computed, `losses_needed` in all.
    """
    moved, size = plane.moved, plane.dimension
    keys = jax.random.split(jax.random.fold_in(key, OTHERS), (draws, size))
    drawn = [[draw(plane.center, k, plane.normalization, moved) for k in row] for row in keys]
    planes = [plane, *(Plane(plane.center, tuple(row)) for row in drawn)]
    t = np.linspace(-reach, reach, POINTS)
    spots = np.concatenate([t[:, None] * axis for axis in np.eye(size)])  # a cross along the axes
    cuts = np.stack([losses_over(loss, one, spots, meter) for one in planes]).reshape(-1, POINTS)
    cuts = cuts.astype(np.float64)
    bend = _curvature(jax.tree.structure((loss, plane.center)))
    directions = [direction for one in planes for direction in one.directions]
    try:
        curvature = np.array([float(bend(loss, plane.center, direction)) for direction in directions])
    except NO_DERIVATIVE:
        curvature = np.full(len(directions), np.nan)
    with np.errstate(invalid="ignore"):
        rise = (cuts[:, 0] + cuts[:, -1]) / 2 - cuts[:, POINTS // 2]
    spread = relative_spread(rise)
    verdict = "steady" if spread <= STEADY else "varies" if spread <= VARIES else "depends"
    return Repeats(t, cuts, size, rise, curvature, spread, relative_spread(curvature), verdict)


def losses_needed(plane: Plane, draws: int) -> int:
    """How many losses `repeat` computes."""
    return (1 + draws) * plane.dimension * POINTS


@lru_cache(maxsize=64)
def _curvature(structure: Any) -> Callable:
    """The compiled second derivative along a direction for one kind of loss; the least used is dropped."""

    def bend(loss: Loss, center: Params, direction: Params) -> Array:
        return tree.dot(direction, tree.hvp(loss, center, direction))

    return jax.jit(bend)


def relative_spread(values: np.ndarray) -> float:
    """The standard deviation over the mean's size; inf for a mean of 0 or values that are not finite.

    >>> round(relative_spread(np.array([1.0, 3.0])), 4)
    0.7071
    """
    mean = abs(float(np.mean(values))) if np.all(np.isfinite(values)) else 0.0
    return float(np.std(values, ddof=1)) / mean if mean else float("inf")
