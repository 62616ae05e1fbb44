"""Two trained networks side by side: the same kind of plane, the same range, the same colours."""

from dataclasses import dataclass, replace
from functools import partial

import jax
import numpy as np
import streamlit as st

from landscape.descent.training.fit import Fit
from landscape.geometry.curvature.sharpness import filter_sharpness
from landscape.geometry.curvature.spectrum import Estimate
from landscape.look.scale import loss_scale
from landscape.scenario.view import FRAMED, View, finite_runs
from landscape.ui.network import work
from landscape.ui.page.components import mount
from landscape.ui.page.language import n, runner_names, t
from landscape.ui.page.numbers import percent
from landscape.ui.page.table import Cell, Row, table_html
from landscape.ui.plane import against, moves, picture, stage
from landscape.ui.plane.curvature import RADIUS
from landscape.ui.plane.facts import facts
from landscape.ui.plane.panel import SIGNS
from landscape.ui.work import job_queue
from landscape.ui.work.poller import JobPoller

ROOM = 1.05
"""A range that frames the paths of two pictures, in farthest distances of a path from its centre."""


@dataclass(frozen=True, eq=False)
class Side:
    """One network of a comparison: its name and picture, its test score, its sharpness once measured."""

    name: str
    picture: picture.Picture
    tested: float
    sharpness: Estimate | None


def pairs(now: picture.Picture, watch: JobPoller) -> None:
    """The choice of what to compare with, and both networks; of what is set, were it not yet drawn."""
    del now
    view = moves.view.current()
    against.choice(view)
    if view.comparison is None:
        return
    looks = [view.replace(against=None), view.comparison]
    trained = [watch.ask(partial(work.ask, look.training), t("plane.working_training")) for look in looks]
    for job in trained:
        if job.error:
            picture.failed(job.error)
    if any(job.result is None for job in trained):
        return
    results: list[work.Trained] = [job.result for job in trained]
    if view.span is None and any(look.plane in FRAMED for look in looks):
        both = zip(results, looks, strict=True)
        span = float(f"{ROOM * max(reach(one.fits, look.centre.id) for one, look in both):.3g}")
        looks = [look.replace(span=span) for look in looks]
    ways = zip(against.names(view), looks, results, strict=True)
    sides = [side(*way, watch) for way in ways]
    known = [one for one in sides if one is not None]
    if not known:
        return
    metric = known[0].picture.view.metric
    shared = loss_scale([one.picture.grid.loss for one in known], metric=metric)
    for k, (column, one) in enumerate(zip(st.columns(2, gap="medium"), sides, strict=True)):
        if one is not None:
            with column:
                data = stage.payload(one.picture, scale=shared, heading=one.name)
                mount("stage", f"pair-stage-{k}", data, holder=f"pair-{k}")
                st.html(summary(one))


def side(name: str, view: View, trained: work.Trained, watch: JobPoller) -> Side | None:
    """One network as far as it is known; what is missing is asked for."""
    centre = view.centre.id
    drawn = watch.ask(partial(picture.ask, view, trained.fits), t("plane.working_picture"))
    if drawn.error:
        picture.failed(drawn.error)
    made = drawn.result or drawn.partial
    if made is None:
        return None
    bare = view.replace(plane="random", normalization="filter", span=None, points=51, metric="loss")
    again = partial(job_queue.submit, f"steep {bare.cache_key}", partial(steep, bare, trained.fits[centre]))
    measured = watch.ask(again, t("plane.working_curvature"))
    tested = trained.test_accuracy if view.training.dataset().classes else trained.test_loss
    who = runner_names(view.training)[centre] if len(view.training.runners) > 1 else ""
    heading = " · ".join(part for part in (name, who) if part)
    made = replace(made, view=view)  # it may have been made under other names
    return Side(heading, made, tested.get(centre, float("nan")), measured.result)


def steep(view: View, fit: Fit, job: job_queue.Job) -> Estimate:
    """How fast the loss rises around a solution."""
    key = jax.random.key(view.seed)
    return filter_sharpness(view.loss(fit), fit, key=key, radius=RADIUS, progress=job.report)


def reach(fits: dict[str, Fit], centre: str) -> float:
    """How far a path that stayed finite goes from the solution in the centre, in units of parameters."""
    home = [np.asarray(leaf, np.float64) for leaf in jax.tree.leaves(fits[centre].params)]
    farthest = 0.0
    for name in finite_runs(fits, centre):
        leaves = zip(jax.tree.leaves(fits[name].path.params), home, strict=True)
        squares = sum(np.sum((rows - here) ** 2, axis=tuple(range(1, rows.ndim))) for rows, here in leaves)
        farthest = max(farthest, float(np.sqrt(np.max(squares))))
    return farthest or 1.0


def summary(one: Side) -> str:
    """What is known of one network beside its picture."""
    view, known = one.picture.view, one.picture.trust.paths
    classified, metric = bool(view.training.dataset().classes), view.metric
    end = float(known[view.centre.id].true[-1])
    measured = "…" if one.sharpness is None else f"{n(one.sharpness.value)} ± {n(one.sharpness.error)}"
    rows = [
        ("test_accuracy", percent(one.tested, 1), "") if classified else ("test_loss", n(one.tested), ""),
        ("end_loss", n(end), "") if metric == "loss" else ("end_accuracy", percent(end, 1), ""),
        ("rise", measured, ""),
    ]
    rows += [
        (fact.about, t(f"plane.verdict_{fact.verdict}"), fact.verdict)
        for fact in facts(one.picture)
        if fact.verdict != "none"
    ]
    sides = [
        Row(
            Cell(t(f"plane.{key}"), hint=t(f"plane.{key}_help")),
            [Cell(value, f"number {kind}", before=SIGNS.get(kind, ""))],
        )
        for key, value, kind in rows
    ]
    return table_html(sides, label=one.name, look="sides")
