"""The curvature at the centre, measured when asked for: eigenvalues, trace, spectrum, sharpness."""

import warnings
from dataclasses import dataclass
from functools import partial

import jax
import numpy as np
import streamlit as st

from landscape import figures
from landscape.core.progress import part_of
from landscape.descent.training.fit import Fit
from landscape.geometry.curvature.eigenpairs import Eigenpairs, NotConverged, hessian_eigenpairs
from landscape.geometry.curvature.sharpness import filter_sharpness, sharpness
from landscape.geometry.curvature.spectrum import Density, Estimate, hessian_trace, spectral_density
from landscape.scenario.view import View
from landscape.ui.page.chart import chart
from landscape.ui.page.chrome import theme
from landscape.ui.page.language import n, runner_names, section, t
from landscape.ui.page.markup import literal
from landscape.ui.page.table import Cell, Row, table_html
from landscape.ui.plane.picture import Picture
from landscape.ui.work import job_queue
from landscape.ui.work.poller import JobPoller

LARGEST, RADIUS, NEAR = 5, 0.1, 3.0
"""Eigenvalues to find, how far filter sharpness goes, as a share of each filter's norm, and how many times
the largest eigenvalue a bound may be to be drawn beside it."""


@dataclass(frozen=True, eq=False)
class Curvature:
    """What was measured at one solution.

    Attributes:
        largest: (k,), the largest eigenvalues of the Hessian.
        smallest: the smallest one.
        trace: the sum of all, with its standard error.
        density: how they are distributed.
        box: Keskar's sharpness, in per cent.
        filtered: the mean rise of the loss along filter-normalised directions, with its standard error.
    """

    largest: np.ndarray
    smallest: float
    trace: Estimate
    density: Density
    box: float
    filtered: Estimate


def measure(view: View, fit: Fit, job: job_queue.Job) -> Curvature:
    """Measure the curvature of the loss at a solution."""
    loss = view.replace(metric="loss").loss(fit)
    key = jax.random.key(view.seed)

    def telling(part: int) -> dict:
        return {"progress": part_of(job.report, part / 5, (part + 1) / 5)}

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotConverged)
        top: Eigenpairs = hessian_eigenpairs(loss, fit, LARGEST, key=key, **telling(0))
        low = hessian_eigenpairs(loss, fit, 1, key=key, which="smallest", iterations=200, **telling(1))
    trace = hessian_trace(loss, fit, key=key, **telling(2))
    density = spectral_density(loss, fit, key=key, samples=4, **telling(3))
    box = sharpness(loss, fit, key=key)
    filtered = filter_sharpness(loss, fit, key=key, radius=RADIUS, **telling(4))
    return Curvature(top.values, float(low.values[0]), trace, density, float(box), filtered)


def curvature(picture: Picture, watch: JobPoller) -> None:
    """The button that measures, then what was measured."""
    view = picture.view
    bare = view.replace(plane="random", span=None, points=51, normalization="filter", metric="loss")
    who, key = literal(runner_names(view.training)[view.centre.id]), f"curvature {bare.cache_key}"
    wanted = st.session_state.setdefault("curvature_wanted", set())
    if key not in wanted:
        st.caption(t("plane.curvature_intro", who=who, parameters=f"{picture.parameters:,}"))
        st.button(
            t("plane.measure"),
            key="measure",
            icon=":material/function:",
            type="primary",
            on_click=wanted.add,
            args=(key,),
        )
        return
    fit = picture.fits[view.centre.id]
    job = watch.ask(lambda: job_queue.submit(key, partial(measure, view, fit)), t("plane.working_curvature"))
    if job.error:
        st.error(t("plane.failed", reason=literal(job.error)))
    if job.result is None:
        return
    found: Curvature = job.result
    st.caption(t("plane.curvature_caption", who=who))
    st.html(table(found, rate(view)))
    ends = np.append(found.largest, found.smallest)
    figure = figures.spectrum(
        found.density, theme(), section("chart"), eigenvalues=ends, bound=bound(view, found)
    )
    chart(figure, "spectrum", t("plane.spectrum_alt"))


def rate(view: View) -> float | None:
    """The learning rate of a centre that gradient descent found; theory has a bound for its curvature."""
    runner = view.centre
    return runner.learning_rate if runner.rule == "sgd" and runner.schedule is None else None


def bound(view: View, found: Curvature) -> float | None:
    """The curvature beyond which the centre's rule overshoots, where it is not far beyond the picture."""
    learning_rate = rate(view)
    if learning_rate is None or 2 / learning_rate > NEAR * found.largest[0]:
        return None
    return 2 / learning_rate


def table(found: Curvature, learning_rate: float | None) -> str:
    """What was measured, each with its error and what it means."""
    plus = "{} ± {}".format
    rows = [
        ("largest", n(float(found.largest[0]))),
        ("next", ", ".join(n(float(value)) for value in found.largest[1:])),
        ("smallest", n(found.smallest)),
        ("trace", plus(n(found.trace.value), n(found.trace.error))),
        ("box", f"{n(found.box)}%"),
        ("filtered", plus(n(found.filtered.value), n(found.filtered.error))),
    ]
    if learning_rate is not None:
        rows.insert(1, ("bound", n(2 / learning_rate)))
    measured = [
        Row(
            Cell(t(f"plane.measure_{name}")),
            [Cell(value, "number"), Cell(t(f"plane.measure_{name}_help"), "meaning")],
        )
        for name, value in rows
    ]
    return table_html(measured, label=t("plane.section_curvature"), look="measures")
