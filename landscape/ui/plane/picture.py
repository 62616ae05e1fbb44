"""The picture of a view as a job: a coarse one at once, then the fine one, then how far to trust it."""

import time
from dataclasses import dataclass, replace
from functools import partial

import jax
import numpy as np
import streamlit as st

from landscape.core import tree
from landscape.core.device import describe
from landscape.core.progress import part_of
from landscape.core.types import Loss
from landscape.descent.training.fit import Fit
from landscape.geometry.grids.grid import Grid, evaluate
from landscape.geometry.trusting.range_check import Range
from landscape.geometry.trusting.trust import Trust, trust
from landscape.scenario.view import View, finite_runs
from landscape.ui.page.language import t
from landscape.ui.page.markup import literal
from landscape.ui.work import job_queue

COARSE, REPEATS = 21, 6
"""Points along each side of the first picture, and how many other random planes are drawn."""


@dataclass(frozen=True, eq=False)
class Picture:
    """What there is to show of a view.

    Attributes:
        view: the view it is a picture of.
        fits: each runner's trained network by the runner's id.
        grid: the loss in the plane, with the plane.
        trust: how well the plane shows each path, and the rest of what is known of the picture.
        whole: whether this is the fine picture with all that is known, not one on the way.
        parameters: how many numbers the network has.
        examples: how many examples the loss is a mean over.
        device: where the losses were computed.
        seconds: how long that took.
    """

    view: View
    fits: dict[str, Fit]
    grid: Grid
    trust: Trust
    whole: bool
    parameters: int
    examples: int
    device: str
    seconds: float


def ask(view: View, fits: dict[str, Fit]) -> job_queue.Job:
    """The job that makes the picture of trained networks."""
    return job_queue.submit(f"picture {view.cache_key}", partial(draw, view, fits))


def draw(view: View, fits: dict[str, Fit], job: job_queue.Job) -> Picture:
    """Lay the plane, evaluate the loss on it coarse and fine, and judge the picture."""
    begun = time.monotonic()
    centre = fits[view.centre.id]
    plane, loss = view.plane_for(fits), view.loss(centre)
    parameters = tree.size(centre.params)

    def made(grid: Grid, found: Trust, whole: bool) -> Picture:
        examples = len(view.training.dataset().split(view.split).y)
        seconds = time.monotonic() - begun
        device = describe(parameters)
        return Picture(view, fits, grid, found, whole, parameters, examples, device, seconds)

    telling = partial(part_of, job.report)
    framing = view.extent_arguments(fits)
    grid = evaluate(loss, plane, points=min(COARSE, view.points), progress=telling(0, 0.1), **framing)
    found = trust(grid, loss, fits, repeats=0, progress=telling(0.1, 0.25))
    job.report(0.25, partial=made(grid, found, False))
    if view.points > COARSE:
        grid = evaluate(loss, plane, points=view.points, progress=telling(0.25, 0.8), **framing)
    again = jax.random.key(view.seed)
    found = trust(grid, loss, fits, key=again, repeats=REPEATS, progress=telling(0.8, 1.0))
    return made(grid, replace(found, range=judged(grid, loss, fits, view, found)), True)


def judged(grid: Grid, loss: Loss, fits: dict[str, Fit], view: View, found: Trust) -> Range:
    """What to say of the range: no range can hold a run that diverged, so such runs have no say in it."""
    kept = finite_runs(fits, view.centre.id)
    if len(kept) == len(fits):
        return found.range
    return trust(grid, loss, {name: fits[name] for name in kept}, repeats=0).range


def steps_of(picture: Picture) -> np.ndarray:
    """(rows,), every step at which some run's parameters were kept."""
    return np.unique(np.concatenate([fit.path.steps_recorded for fit in picture.fits.values()]))


def rows_at(fit: Fit, steps: np.ndarray) -> np.ndarray:
    """(rows,), which of a run's rows it stands at by each step."""
    return np.searchsorted(fit.path.steps_recorded, steps, side="right") - 1


def failed(error: Exception) -> None:
    """Say what went wrong; that a plane does not exist is the person's to mend."""
    no_plane = isinstance(error, ValueError)
    words = (
        t("plane.no_plane")
        if no_plane
        else t("plane.failed", reason=literal(f"{type(error).__name__}: {error}"))
    )
    st.error(words, icon=":material/error:")
