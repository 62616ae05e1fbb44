"""The row of controls over the stage: whose landscape, which plane of it, how much, and of what."""

from typing import Any

import numpy as np
import streamlit as st

from landscape.scenario.view import FRAMED, KINDS, METRICS, NORMALIZATIONS, RESOLUTIONS, SPLITS, View
from landscape.ui.page.language import n, option_label, runner_names, t
from landscape.ui.page.widgets import menu, slider
from landscape.ui.plane import moves

WIDTHS = tuple(float(f"{m}e{d}") for d in range(-3, 3) for m in (1, 1.5, 2, 3, 5, 7))
"""Half-widths that the slider stops at."""


def controls(view: View) -> None:
    """Everything that decides the picture."""
    with st.container(key="plane-controls", horizontal=True, vertical_alignment="bottom"):
        names = runner_names(view.training)
        ids = tuple(names)
        chosen("runner", ids, view.centre.id, names.__getitem__, 180)
        chosen("plane", planes(view), view.plane, option_label("plane.kind_{}"), 240)
        if view.plane == "interpolation" and view.other:
            others = tuple(name for name in ids if name != view.centre.id)
            chosen("to", others, view.other.id, names.__getitem__, 170)
        if view.plane == "random":
            chosen(
                "normalization",
                NORMALIZATIONS,
                view.normalization,
                option_label("plane.normalization_{}"),
                110,
            )
        reach(view)
        chosen("split", SPLITS, view.split, option_label("plane.split_{}"), 160)
        if view.training.dataset().classes:
            chosen("metric", METRICS, view.metric, option_label("plane.metric_{}"), 118)
        chosen("points", RESOLUTIONS, view.points, "{0} × {0}".format, 112)
        seed(view)


def planes(view: View) -> tuple[str, ...]:
    """The planes that this training has."""
    return KINDS if len(view.training.runners) > 1 else tuple(k for k in KINDS if k != "interpolation")


def chosen(part: str, options: tuple, now: Any, form: Any, width: int) -> None:
    """A menu for one part of the view."""
    menu(
        t(f"plane.{part}"),
        options,
        now,
        f"plane-{part}",
        form,
        lambda new: moves.change(**{part: new}),
        help_text=t(f"plane.{part}_help"),
        width=width,
    )


def reach(view: View) -> None:
    """How far the picture reaches, and the range that chooses itself."""
    with st.container(key="plane-reach", horizontal=True, vertical_alignment="bottom", width=250, wrap=False):
        slider(
            t("plane.span_auto" if view.span is None else "plane.span"),
            t("plane.span_help"),
            WIDTHS,
            half_width(view),
            "plane-span",
            lambda value: moves.change("span", span=value),
        )
        st.button(
            "",
            key="plane-auto",
            icon=":material/fit_screen:",
            help=t("plane.auto_help" if view.plane in FRAMED else "plane.auto_one_help"),
            disabled=view.span is None,
            on_click=moves.change,
            kwargs={"span": None},
        )


def half_width(view: View) -> float:
    """The half-width of a view's range; of one that chooses itself, what it chose."""
    if view.span is None:
        return float(st.session_state.get(moves.HALF, 1.0))
    return float(f"{np.max(np.diff(view.span)) / 2:.3g}") if isinstance(view.span, tuple) else view.span


def seed(view: View) -> None:
    """Other directions by the same rule."""
    if view.plane not in ("random", "gradient"):
        return
    st.button(
        t("plane.draw_again"),
        key="plane-again",
        icon=":material/casino:",
        help=t("plane.draw_again_help", seed=n(view.seed)),
        on_click=lambda: moves.change("seed", seed=moves.view.current().seed + 1),
    )
