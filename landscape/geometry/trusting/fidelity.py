"""How well a plane shows a path that does not lie in it."""

from dataclasses import dataclass
from typing import Literal

import jax
import numpy as np

from landscape.core.brief import in_a_line
from landscape.core.types import Loss, Params
from landscape.geometry import projection
from landscape.geometry.grids.path_losses import ProgressMeter, losses_along, losses_over
from landscape.geometry.planes.plane import Plane

HOLDS, ROUGH = 0.9, 0.5  # agreement from which a picture of a path holds, or is a rough one

Verdict = Literal["holds", "rough", "misleads"]


@in_a_line
@dataclass(frozen=True)
class Fidelity:
    """One path beside its shadow in the plane, as NumPy arrays on the host.

    Attributes:
        share: the share of the path's variance that lies in the plane, 0 to 1; NaN for a path that
            stays where it is. Two principal directions hold 0.76 of a long random walk in many dimensions
            too, so that a share of that size says nothing about a valley.
        coordinates: (rows, d), where the plane comes nearest to each recorded point.
        off: (rows,), how far off the plane the point is, in units of the parameters.
        distance: (rows,), how far from the plane's centre it is; off / distance is the sine of the angle
            between the plane and the way there.
        true: (rows,), the loss at the point.
        beneath: (rows,), the loss of the plane beneath it, computed there.
        agreement: how much of the true loss's change along the path the plane beneath shows,
            1 - sum (true - beneath)^2 / sum (true - mean)^2: 1 when they are equal, 0 when a constant
            would do as well, negative when worse; NaN for a path of constant loss.
        verdict: "holds" for an agreement from 0.9, "rough" from 0.5, else "misleads"; None where there is
            none to judge.
    """

    share: float
    coordinates: np.ndarray
    off: np.ndarray
    distance: np.ndarray
    true: np.ndarray
    beneath: np.ndarray
    agreement: float
    verdict: Verdict | None


def fidelity(plane: Plane, loss: Loss, rows: Params, recorded: int, meter: ProgressMeter) -> Fidelity:
    """Measure one path against a plane.

    Args:
        plane: the plane of the picture.
        loss: a pytree of arrays, params -> scalar, in the type of the plane's centre.
        rows: tree of (live, ...), the points of the path up to the last finite one.
        recorded: how many rows were recorded; those beyond repeat the last finite one.
        meter: told of every loss that is computed, two for each point.
    """
    rows = jax.tree.map(lambda leaf, c: np.asarray(leaf, c.dtype), rows, plane.center)
    coordinates, off = projection.project(rows, plane.center, plane.directions)
    true, beneath = losses_along(loss, rows, meter), losses_over(loss, plane, coordinates, meter)
    inside = np.einsum("rd,de,re->r", coordinates, projection.gram(plane.directions), coordinates)
    agreed = agreement(true, beneath)
    all_rows = np.minimum(np.arange(recorded), len(true) - 1)
    return Fidelity(
        share=variance_share(plane, rows, coordinates),
        coordinates=coordinates[all_rows],
        off=off[all_rows],
        distance=np.sqrt(off**2 + inside)[all_rows],
        true=true[all_rows],
        beneath=beneath[all_rows],
        agreement=agreed,
        verdict=None if np.isnan(agreed) else _verdict(agreed),
    )


def variance_share(plane: Plane, rows: Params, coordinates: np.ndarray) -> float:
    """The part of the rows' variance about their mean that lies along the plane."""
    mean = jax.tree.map(lambda leaf: np.mean(leaf, axis=0, dtype=np.float64), rows)
    total = sum(float(np.sum(block**2)) for _, block in projection.blocks(rows, mean))
    moved = coordinates - coordinates.mean(axis=0)
    inside = float(np.sum((moved @ projection.gram(plane.directions)) * moved))
    return min(inside / total, 1.0) if total else float("nan")


def agreement(true: np.ndarray, beneath: np.ndarray) -> float:
    """The share of the true losses' change that those beneath show; where the true one is finite."""
    known = np.isfinite(true)
    true, beneath = true[known].astype(np.float64), beneath[known].astype(np.float64)
    change = float(np.sum((true - true.mean()) ** 2)) if len(true) else 0.0
    if not change:
        return float("nan")
    if not np.all(np.isfinite(beneath)):
        return float("-inf")
    return 1 - float(np.sum((true - beneath) ** 2)) / change


def _verdict(agreed: float) -> Verdict:
    return "holds" if agreed >= HOLDS else "rough" if agreed >= ROUGH else "misleads"
