"""Whether the range of a picture hides what there is to see, or exaggerates it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import jax
import numpy as np

from landscape.core.brief import in_a_line
from landscape.core.types import Loss
from landscape.geometry.grids.grid import Grid
from landscape.geometry.grids.path_losses import ProgressMeter, losses_over
from landscape.geometry.planes.plane import Plane
from landscape.geometry.trusting.fidelity import Fidelity

FLAT = 0.05  # share of the change that matters below which a picture is flat
PIXEL = 4  # cells across the basin below which it is lost between them
ROOM = 1.5  # the suggested range, in basin radii
REACHES = np.geomspace(1e-3, 1e3, 37)  # distances along each axis, in half-widths of the picture

Span = tuple[tuple[float, float], ...]


@in_a_line
@dataclass(frozen=True)
class Range:
    """How the range of a picture relates to the basin it shows.

    The change that matters is the one training made: between the centre's loss and the one with which a
    path begins, or ends where it begins at the centre; the median over paths. Without a path it is nine
    times the centre's loss, up to its tenfold. The basin's radius is the distance from the centre at which
    the loss has changed by that much: the median over both ways along each axis.

    Attributes:
        verdict: "hides", "exaggerates" or "fits".
        reason: "pixel" when the basin is fewer than four cells across; "holes" when most cells hold no
            finite loss; "flat" when the loss changes by less than a twentieth of what matters, everywhere
            in the picture; "outside" when most of a path is not in it; None when it fits.
        matters: the change that matters, in units of the loss.
        changes: the largest change of the loss from the centre's within the picture.
        radius: the basin's radius, in half-widths of the picture; inf where it never ends.
        cells: how many cells the basin is across.
        inside: the share of the paths' recorded points that the picture holds; NaN without a path.
        span: one (low, high) for each axis, the range to take instead; None where no range would help.
    """

    verdict: Literal["hides", "exaggerates", "fits"]
    reason: Literal["pixel", "holes", "flat", "outside"] | None
    matters: float
    changes: float
    radius: float
    cells: float
    inside: float
    span: Span | None


def judge_range(
    grid: Grid, plane: Plane, loss: Loss, found: Sequence[Fidelity], meter: ProgressMeter
) -> Range:
    """Judge the range of a picture by the loss along its axes, near and far, and by the paths.

    Args:
        grid: the picture.
        plane: its plane.
        loss: a pytree of arrays, params -> scalar, in the type of the plane's centre.
        found: the paths measured against the plane.
        meter: told of every loss that is computed, `losses_needed` in all.
    """
    axes = [grid.a, grid.b][: plane.dimension]
    span = tuple((float(axis[0]), float(axis[-1])) for axis in axes)
    half = np.array([max(abs(low), abs(high)) for low, high in span])
    centre, rays = _along_axes(loss, plane, half, meter)
    matters = what_matters(centre, [one.true for one in found])
    with np.errstate(invalid="ignore"):
        radius = float(np.median([first_reach(np.abs(ray - centre), matters) for ray in rays]))
        change = np.abs(grid.loss - centre)
    changes = float(np.max(change, where=np.isfinite(change), initial=0.0))
    steps = [(axis[1] - axis[0]) / width for axis, width in zip(axes, half, strict=True)]
    cells = float(2 * radius / max(steps))
    shares = [_share_inside(one.coordinates, span) for one in found]
    verdict, reason, advice = "fits", None, span
    if cells < PIXEL:
        verdict, reason, advice = "exaggerates", "pixel", _scaled(span, ROOM * radius)
    elif np.mean(np.isfinite(change)) < 0.5:
        near = _scaled(span, ROOM * radius) if ROOM * radius < 1 else None
        verdict, reason, advice = "exaggerates", "holes", near
    elif changes < FLAT * matters or not changes:
        wide = _scaled(span, ROOM * radius) if np.isfinite(radius) and radius > 1 else None
        verdict, reason, advice = "hides", "flat", wide
    elif min(shares, default=1.0) < 0.5:
        verdict, reason, advice = "hides", "outside", _around(span, found)
    inside = float(np.mean(shares)) if shares else float("nan")
    return Range(verdict, reason, matters, changes, radius, cells, inside, advice)


def what_matters(centre: float, paths: Sequence[np.ndarray]) -> float:
    """The change of the loss that training made, as the median over the true losses of the paths.

    >>> what_matters(0.5, [np.array([2.5, 9.0, 0.5]), np.array([0.5, 0.25])]), what_matters(0.5, [])
    (1.125, 4.5)
    """
    made = []
    for true in paths:
        ends = np.abs(true[[0, -1]].astype(np.float64) - centre)
        made += [float(end) for end in ends if np.isfinite(end) and end > 1e-6 * abs(centre)][:1]
    return float(np.median(made)) if made else 9 * abs(centre)


def first_reach(change: np.ndarray, matters: float) -> float:
    """Where along a ray the loss first changes by so much, in half-widths; inf where it never does.

    >>> bool(abs(first_reach(4.0 * REACHES**2, 1.0) - 0.5) < 0.05)
    True
    """
    if not matters:
        return float("nan")
    beyond = ~(change < matters)  # what is not finite is beyond everything
    if not beyond.any():
        return float("inf")
    i = int(np.argmax(beyond))
    if i == 0 or not np.isfinite(change[i]):
        return float(REACHES[max(i - 1, 0)])
    share = (matters - change[i - 1]) / (change[i] - change[i - 1])
    return float(REACHES[i - 1] * (REACHES[i] / REACHES[i - 1]) ** share)


def _along_axes(loss: Loss, plane: Plane, half: np.ndarray, meter: ProgressMeter) -> tuple[float, np.ndarray]:
    """The loss at the centre, and along both ways of each axis, one ray a row."""
    ways = np.concatenate([np.diag(half), -np.diag(half)])
    spots = (ways[:, None, :] * REACHES[:, None]).reshape(-1, plane.dimension)
    largest = np.finfo(jax.tree.leaves(plane.center)[0].dtype).max
    spots = np.clip(spots, -largest, largest)
    values = losses_over(loss, plane, np.concatenate([np.zeros((1, plane.dimension)), spots]), meter)
    return float(values[0]), values[1:].reshape(len(ways), -1).astype(np.float64)


def losses_needed(plane: Plane) -> int:
    """How many losses `judge_range` computes."""
    return 1 + 2 * plane.dimension * len(REACHES)


def _share_inside(coordinates: np.ndarray, span: Span) -> float:
    low, high = np.array(span).T
    return float(np.mean(np.all((coordinates >= low) & (coordinates <= high), axis=1)))


def _scaled(span: Span, factor: float) -> Span:
    """The range made wider or narrower about the centre."""
    return tuple((low * factor, high * factor) for low, high in span)


def _around(span: Span, found: Sequence[Fidelity]) -> Span:
    """The range widened to hold every path, with a twentieth to spare."""
    points = np.concatenate([one.coordinates for one in found] + [np.array(span).T])
    low, high = points.min(axis=0), points.max(axis=0)
    room = 0.05 * (high - low)
    return tuple((float(a), float(b)) for a, b in zip(low - room, high + room, strict=True))
