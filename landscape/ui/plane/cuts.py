"""Straight cuts through each solution: many random directions as a band, and the way from one to another."""

from dataclasses import dataclass
from functools import partial

import jax
import numpy as np
import streamlit as st

from landscape import figures
from landscape.descent.training.fit import Fit
from landscape.geometry.grids.grid import evaluate
from landscape.geometry.planes.constructors import interpolation_plane, random_plane
from landscape.scenario.view import View
from landscape.ui.page.chart import chart
from landscape.ui.page.chrome import theme
from landscape.ui.page.language import n, runner_names, section, t
from landscape.ui.page.markup import literal
from landscape.ui.plane.picture import Picture
from landscape.ui.work import job_queue
from landscape.ui.work.poller import JobPoller

LINES, POINTS, REACH = 8, 51, 1.0
"""Random directions through each solution, points along each, and how far they go both ways."""

BEYOND = 0.5
"""How far the way between two solutions goes on beyond them, as a share of it."""


@dataclass(frozen=True, eq=False)
class Cuts:
    """Losses along straight lines.

    Attributes:
        t: (points,), where along the random cuts.
        bands: by the runner's id, (lines, points).
        s: (points,), where along the way between two solutions: 0 at the first, 1 at the second.
        between: by split, (points,); empty where there is one solution only.
    """

    t: np.ndarray
    bands: dict[str, np.ndarray]
    s: np.ndarray
    between: dict[str, np.ndarray]


def cut(view: View, fits: dict[str, Fit], job: job_queue.Job) -> Cuts:
    """Evaluate the loss along every line."""
    total, done = LINES * len(fits) + 2, 0
    bands, t_, s = {}, np.zeros(0), np.zeros(0)
    axis = "filter" if view.normalization == "none" else view.normalization
    for name, fit in fits.items():
        lines = []
        for key in jax.random.split(jax.random.key(view.seed), LINES):
            line = random_plane(fit, key, normalization=axis).axis(0)
            grid = evaluate(view.loss(fit), line, points=POINTS, span=REACH)
            t_, done = grid.a, done + 1
            lines.append(grid.loss[:, 0])
            job.report(done, total)
        bands[name] = np.stack(lines)
    between = {}
    if view.other:
        centre = fits[view.centre.id]
        way = interpolation_plane(centre, fits[view.other.id])
        for split in ("train", "test"):
            loss = view.replace(split=split).loss(centre)
            grid = evaluate(loss, way, points=POINTS, span=(-BEYOND, 1 + BEYOND))
            s, between[split] = grid.a, grid.loss[:, 0]
            done += 1
            job.report(done, total)
    return Cuts(t_, bands, s, between)


def cuts(picture: Picture, watch: JobPoller) -> None:
    """Both charts of cuts."""
    view = picture.view
    bare = view.replace(plane="random", span=None, points=51)
    job = watch.ask(
        lambda: job_queue.submit(f"cuts {bare.cache_key}", partial(cut, view, picture.fits)),
        t("plane.working_cuts"),
    )
    if job.error:
        st.error(t("plane.failed", reason=literal(job.error)))
    if job.result is None:
        return
    found: Cuts = job.result
    names = runner_names(view.training)
    words = section("chart")
    st.caption(t("plane.cuts_caption", lines=n(LINES)))
    bands = [figures.Band(names[r.id], r.slot, found.t, found.bands[r.id]) for r in view.training.runners]
    chart(figures.cuts(bands, theme(), words, metric=view.metric), "plane-cuts", t("plane.cuts_alt"))
    if found.between and view.other:
        ends = (names[view.centre.id], names[view.other.id])
        st.caption(t("plane.way_caption", first=literal(ends[0]), second=literal(ends[1])))
        lines = [
            figures.Band(t(f"plane.split_{split}"), slot, found.s, values[None])
            for slot, (split, values) in enumerate(found.between.items(), start=1)
        ]
        marks = [(ends[0], 0.0), (ends[1], 1.0)]
        words |= {"distance": t("plane.way_axis")}
        chart(
            figures.cuts(lines, theme(), words, metric=view.metric, marks=marks),
            "plane-way",
            t("plane.way_alt"),
        )
