"""Two trained networks side by side: the same plane, the same range, the same colours."""

from dataclasses import dataclass
from functools import partial
from html import escape

import jax
import streamlit as st
from streamlit.components.v2 import component

from landscape.descent.fit import Fit
from landscape.geometry.sharpness import filter_sharpness
from landscape.geometry.spectrum import Estimate
from landscape.relief import relief
from landscape.scenario.training import Net, Training
from landscape.scenario.view import View
from landscape.trainings import ADAM, SGD
from landscape.ui import jobs
from landscape.ui.controls import show
from landscape.ui.language import n, said, t, worded
from landscape.ui.network import work
from landscape.ui.plane import picture, stage
from landscape.ui.plane.curvature import RADIUS
from landscape.ui.plane.facts import facts
from landscape.ui.plane.panel import SIGNS
from landscape.ui.plane.stage import percent
from landscape.ui.plane.watch import Watch

DEEP, WIDE = Net(hidden=(64,) * 8), Net(hidden=(64, 64, 64))
SMALL, LARGE = 8, 0
"""Batch sizes to compare; 0 is the whole training split."""

BRISK = SGD.with_rate(0.2)

PAIRS: dict[str, tuple[Training, Training]] = {
    "skip": (
        Training(network=DEEP, runners=(ADAM,)),
        Training(network=DEEP.replace(skip=True), runners=(ADAM,)),
    ),
    # As many steps with either: the large batch goes through the examples far more often.
    "batch": (
        Training(batch_size=SMALL, epochs=20, runners=(BRISK,)),
        Training(batch_size=LARGE, epochs=3_580, runners=(BRISK,)),
    ),
    "activation": (
        Training(network=WIDE.replace(activation="sigmoid", initializer="xavier_normal"), runners=(ADAM,)),
        Training(network=WIDE, runners=(ADAM,)),
    ),
}
"""Two trainings that differ in one thing."""


@dataclass(frozen=True, eq=False)
class Side:
    """One network of a comparison, with what is known of it so far."""

    picture: picture.Picture
    accuracy: float
    sharpness: Estimate | None


def steep(view: View, fit: Fit, job: jobs.Job) -> Estimate:
    """How fast the loss rises around a solution."""
    key = jax.random.key(view.seed)

    def progress(done: int, total: int) -> bool:
        return job.report(done / total)

    return filter_sharpness(view.loss(fit), fit, key=key, radius=RADIUS, progress=progress)


def pairs(now: picture.Picture, watch: Watch) -> None:
    """The choice of a pair, and both networks."""
    key = worded("pair")
    if st.session_state.get(key) not in PAIRS:
        show(key, next(iter(PAIRS)))
    st.segmented_control(
        t("plane.pair"), tuple(PAIRS), key=key, format_func=said("plane.pair_{}"), required=True
    )
    pair = st.session_state[key]
    st.caption(t(f"plane.pair_{pair}_lesson"))
    sides = [side(training, now.view, watch) for training in PAIRS[pair]]
    known = [one for one in sides if one is not None]
    if not known:
        return
    shared = relief([one.picture.grid.loss for one in known])
    columns = st.columns(2, gap="medium")
    for k, (column, one) in enumerate(zip(columns, sides, strict=True)):
        if one is None:
            continue
        with column, st.container(key=f"pair-{k}"):
            name = t(f"plane.pair_{pair}_{k + 1}")
            mount = component("landscape.stage", js="stage.js", css="stage.css")
            mount(key=f"pair-stage-{k}", data=stage.payload(one.picture, scale=shared, heading=name))
            st.html(summary(one, name))


def side(training: Training, like: View, watch: Watch) -> Side | None:
    """One network as far as it is known; what is missing is asked for."""
    job = watch.ask(partial(work.ask, training), t("plane.working_training"))
    if job.result is None:
        return None
    fits, (runner,) = job.result.fits, training.runners
    view = View(training=training, plane="random", points=like.points, split=like.split, seed=like.seed)
    drawn = watch.ask(partial(picture.ask, view, fits), t("plane.working_picture"))
    made = drawn.result or drawn.partial
    if made is None:
        return None
    again = partial(jobs.ask, f"steep {view.recipe}", partial(steep, view, fits[runner.id]))
    measured = watch.ask(again, t("plane.working_curvature"))
    return Side(made, job.result.test_accuracy[runner.id], measured.result)


def summary(one: Side, name: str) -> str:
    """What is known of one network beside its picture."""
    told = {fact.about: fact for fact in facts(one.picture)}
    rows = [
        ("test_accuracy", percent(one.accuracy, 1)),
        ("rise", "…" if one.sharpness is None else f"{n(one.sharpness.value)} ± {n(one.sharpness.error)}"),
    ]
    body = "".join(
        f'<tr><th scope="row" title="{escape(t(f"plane.{key}_help"))}">{escape(t(f"plane.{key}"))}</th>'
        f'<td class="number">{value}</td></tr>'
        for key, value in rows
    )
    for about in ("repeats", "range"):
        fact = told[about]
        hint, label = escape(t(f"plane.{about}_help")), escape(t(f"plane.{about}"))
        body += (
            f'<tr><th scope="row" title="{hint}">{label}</th>'
            f'<td class="number {fact.verdict}"><span class="sign">{SIGNS[fact.verdict]}</span> '
            f"{escape(t(f'plane.verdict_{fact.verdict}'))}</td></tr>"
        )
    return f'<table class="outcomes sides" aria-label="{escape(name)}"><tbody>{body}</tbody></table>'
