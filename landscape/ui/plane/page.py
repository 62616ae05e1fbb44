"""The Landscape page put together: stage at the left, trust at the right, closer views below."""

from dataclasses import replace
from functools import partial

import streamlit as st

from landscape.scenario.view import View
from landscape.ui.network import work
from landscape.ui.page.language import n, option_label, t
from landscape.ui.page.rerun import fragment
from landscape.ui.page.session import notice
from landscape.ui.page.widgets import views
from landscape.ui.plane import moves, picture
from landscape.ui.plane.controls import controls
from landscape.ui.plane.curvature import curvature
from landscape.ui.plane.cuts import cuts
from landscape.ui.plane.pairs import pairs
from landscape.ui.plane.panel import panel
from landscape.ui.plane.path import path
from landscape.ui.plane.picture import Picture
from landscape.ui.plane.stage import stage
from landscape.ui.plane.toolbar import toolbar
from landscape.ui.work.poller import JobPoller

SHOWN = "plane_shown"
SECTIONS = {"path": path, "cuts": cuts, "curvature": curvature, "pairs": pairs}


@fragment
def page() -> None:
    """The whole page: a control reruns this much and not the frame around it."""
    moves.follow()
    view, watch = moves.view.current(), JobPoller()
    shown = newest(view, watch)
    toolbar(view, shown if shown and shown.view == view and shown.whole else None)
    status = st.container(key="plane-status")
    with st.container(key="plane"):
        controls(view)
        board = st.container(key="board")
        left, right = board.columns([1000, 324], gap="medium")
        with left:
            if shown:
                stage(shown)
            else:
                words = t("plane.first") if watch.waits else t("plane.nothing")
                st.html(f'<div class="plane-empty"><p>{words}</p></div>')
        with right:
            if shown:
                panel(shown)
        if shown:
            sections(shown, watch)
    with status:
        watch.show(idle(shown) if shown else "")
    moves.view.address()
    notice()


def newest(view: View, watch: JobPoller) -> Picture | None:
    """The picture of a view, as far as it is made; until there is any, the one shown before."""
    before: Picture | None = st.session_state.get(SHOWN)
    training = watch.ask(partial(work.ask, view.training), t("plane.working_training"))
    if training.error:
        picture.failed(training.error)
    if training.result is None:
        return before
    fits = training.result.fits
    job = watch.ask(partial(picture.ask, view, fits), t("plane.working_picture"))
    if job.error:
        picture.failed(job.error)
    made: Picture | None = job.result or job.partial
    if made is None:
        return before
    made = replace(made, view=view)  # it may have been made under other names
    st.session_state[SHOWN] = made
    a, b = made.grid.a, made.grid.b
    st.session_state[moves.HALF] = float(f"{max(a[-1] - a[0], b[-1] - b[0]) / 2:.2g}")
    return made


def idle(shown: Picture) -> str:
    """What the picture is made of, once it is made."""
    view = shown.view
    return t(
        "plane.made",
        points=f"{view.points} × {view.points}",
        examples=n(shown.examples),
        split=t(f"plane.split_{view.split}"),
        seconds=n(float(f"{shown.seconds:.2g}")),
        device=shown.device,
    )


def sections(shown: Picture, watch: JobPoller) -> None:
    """The choice of a closer view; only the chosen one is computed."""
    first = "pairs" if shown.view.against else "path"
    words = option_label("plane.section_{}")
    chosen = views(t("plane.sections"), tuple(SECTIONS), "plane-section", words, first)
    if chosen:
        SECTIONS[chosen](shown, watch)
