"""What a view stands against: a pair of one click, or any training beside the one that is looked at."""

import streamlit as st

from landscape.presets.comparisons import PAIRS
from landscape.scenario.training import Training
from landscape.scenario.view import View
from landscape.ui.page.language import t
from landscape.ui.page.widgets import menu as choose
from landscape.ui.plane import moves

NONE = "none"


def choice(view: View) -> None:
    """The pairs, the menu of trainings, and what to know of the comparison."""
    with st.container(key="pairs", horizontal=True, vertical_alignment="bottom"):
        for name, pair in PAIRS.items():
            st.button(
                t(f"plane.pair_{name}"),
                key=f"pair-{name}",
                type="primary" if pair == (view.training, view.against) else "secondary",
                help=t(f"plane.pair_{name}_lesson"),
                on_click=moves.compare,
                args=pair,
            )
        menu(view)
    if view.against is None:
        st.caption(t("plane.against_hint"))
        return
    if (pair := pair_of(view)) is not None:
        st.caption(t(f"plane.pair_{pair}_lesson"))
    alike = view.plane == "random" and view.normalization != "none"
    words = "against_alike" if alike else "against_own"
    st.caption(t(f"plane.{words}", what=t(f"plane.what_{view.metric}")))


def menu(view: View) -> None:
    """Every training that can stand beside the one that is looked at."""
    known: dict[str, Training | None] = {NONE: None}
    known |= {name: one for name, one in moves.offered(view).items() if one != view.training}
    now = next((name for name, one in known.items() if one == view.against), "linked")
    known[now] = view.against
    labels = {k: called(view, one) if one else t("plane.training_none") for k, one in known.items()}
    choose(
        t("plane.against"),
        tuple(known),
        now,
        "plane-against",
        labels.__getitem__,
        lambda name: moves.change(against=known[name]),
        help_text=t("plane.against_help"),
        width=240,
    )


def pair_of(view: View) -> str | None:
    """The name of the pair that a view compares, if it is one of one click."""
    return next((name for name, pair in PAIRS.items() if pair == (view.training, view.against)), None)


def names(view: View) -> tuple[str, str]:
    """What both networks of a comparison are called."""
    assert view.against is not None
    return called(view, view.training), called(view, view.against)


def called(view: View, training: Training) -> str:
    """What a training is called on this page: by its name, as half of a pair, or by where it is from."""
    known = moves.offered(view).items()
    name = next((name for name, one in known if one == training), "linked")
    if name == "linked":
        for pair, both in PAIRS.items():
            if training in both:
                return t(f"plane.pair_{pair}_{both.index(training) + 1}")
        name = "linked" if training == view.training else "other"
    return t(f"plane.training_{name}")
