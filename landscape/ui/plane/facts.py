"""What is known of a picture, each fact with a verdict: trust it, take it with care, or do not."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from landscape.geometry.trusting.fidelity import Fidelity
from landscape.ui.plane.picture import Picture

Verdict = Literal["trust", "care", "not", "none"]

HELD, HALF = 0.9, 0.5
"""Shares of a path's variance from which a plane shows most of it, or some."""

NEAR, FAR = 0.3, 0.7
"""Distances off the plane, as shares of the path's reach, up to which a shadow is near its path, or far."""


JUDGED: dict[str, Verdict] = {
    "holds": "trust", "rough": "care", "misleads": "not",
    "steady": "trust", "varies": "care", "depends": "not",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One thing to know before believing a picture.

    Attributes:
        about: "share", "off", "beneath", "repeats", "range" or "holes".
        verdict: how far to trust the picture in this; "none" where there is nothing to judge.
        says: which sentence says so.
        numbers: what the sentence is filled in with: shares from 0 to 1, counts and losses.
    """

    about: str
    verdict: Verdict
    says: str
    numbers: dict[str, float] = field(default_factory=dict)


def facts(picture: Picture) -> list[Fact]:
    """Everything known of a picture and of its centre's path, in the order it is told."""
    own = picture.trust.paths[picture.view.centre.id]
    return [share(own), off(own), beneath(own), repeats(picture), extent(picture), holes(picture)]


def share(path: Fidelity) -> Fact:
    """How much of the path's variance lies in the plane."""
    if np.isnan(path.share):
        return Fact("share", "none", "still")
    verdict = "trust" if path.share >= HELD else "care" if path.share >= HALF else "not"
    return Fact("share", verdict, verdict, {"share": path.share})


def off(path: Fidelity) -> Fact:
    """How far the path runs off the plane, at most, beside how far it reaches from the centre."""
    reach = float(path.distance.max())
    if not reach:
        return Fact("off", "none", "still")
    far = float(path.off.max())
    verdict = "trust" if far <= NEAR * reach else "care" if far <= FAR * reach else "not"
    return Fact("off", verdict, verdict, {"share": far / reach, "off": far, "reach": reach})


def beneath(path: Fidelity) -> Fact:
    """How well the picture beneath the path shows the losses the training had."""
    if path.verdict is None:
        return Fact("beneath", "none", "still")
    with np.errstate(invalid="ignore"):
        gap = np.abs(path.true - path.beneath)
    gap = np.where(np.isfinite(gap), gap, -1.0)
    at = int(np.argmax(gap))
    verdict = JUDGED[path.verdict]
    numbers = {"agreement": path.agreement, "true": float(path.true[at]), "beneath": float(path.beneath[at])}
    return Fact("beneath", verdict, verdict, numbers)


def repeats(picture: Picture) -> Fact:
    """How much other random directions would change the picture."""
    again = picture.trust.repeats
    if picture.view.plane != "random":
        return Fact("repeats", "none", "fixed")
    if again is None:
        return Fact("repeats", "none", "waiting")
    verdict = JUDGED[again.verdict]
    return Fact("repeats", verdict, verdict, {"spread": again.rise_spread, "lines": len(again.cuts)})


def extent(picture: Picture) -> Fact:
    """Whether the range hides or exaggerates what there is to see."""
    found = picture.trust.range
    numbers = {"changes": found.changes, "matters": found.matters, "cells": found.cells}
    if found.verdict == "fits":
        return Fact("range", "trust", "fits" if np.isfinite(found.cells) else "wide", numbers)
    verdict = "not" if found.reason in ("flat", "pixel", "holes") else "care"
    return Fact("range", verdict, found.reason or "fits", numbers | {"inside": found.inside})


def holes(picture: Picture) -> Fact:
    """Where there is no finite loss, and why."""
    found = picture.trust.holes
    if not found:
        return Fact("holes", "trust", "nowhere", {"cells": picture.grid.loss.size})
    count = sum(hole.count for hole in found)
    total = picture.grid.loss.size
    return Fact(
        "holes", "care" if count < total / 2 else "not", found[0].why, {"count": count, "cells": total}
    )
