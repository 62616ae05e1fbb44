"""What a control does to the view of this visit."""

from typing import Any

import streamlit as st

from landscape.presets.trainings import ADAM, TRAININGS
from landscape.scenario.training import Training
from landscape.scenario.view import View
from landscape.ui.page.session import TRAINING_SHOWN, UndoableDocument

view = UndoableDocument("view", "p", View(training=TRAININGS["default"], runner=ADAM.id), View.from_link)

SEEN, HALF = "view_training_seen", "plane_half"
"""Where a visit keeps the training taken from the Network page, and the half-width of the picture."""

RESETS = {"plane", "normalization"}
"""Parts whose change makes the old range mean something else."""


def network_training() -> Training | None:
    """The training of the Network page in this visit, if it trains anything."""
    theirs = st.session_state.get(TRAINING_SHOWN)
    return theirs if theirs is not None and theirs.runners else None


def follow() -> None:
    """Look at the Network page's training as soon as it shows another one."""
    theirs = network_training()
    if theirs is None or theirs == st.session_state.get(SEEN):
        return
    first = SEEN not in st.session_state and view.link in st.query_params
    st.session_state[SEEN] = theirs
    if not first:
        look_at(theirs)


def look_at(training: Training) -> None:
    """Look at another training."""
    if training != view.current().training:
        view.adopt(lambda now: now.with_training(training))


def offered(now: View) -> dict[str, Training]:
    """Whose landscape can be looked at: the Network page's training, those of one click, the link's."""
    theirs = network_training()
    known = TRAININGS | ({"own": theirs} if theirs and theirs not in TRAININGS.values() else {})
    return known if now.training in known.values() else known | {"linked": now.training}


def compare(training: Training, against: Training) -> None:
    """Look at two trainings in random directions, whose pictures can be compared."""
    view.adopt(
        lambda now: (
            now.replace(plane="random", normalization="filter", metric="loss")
            .with_training(training)
            .replace(against=against)
        )
    )


def change(gesture: str | None = None, **parts: Any) -> None:
    """Replace parts of the view."""
    if RESETS & set(parts) or "runner" in parts or "to" in parts:
        parts.setdefault("span", None)
    view.change(gesture, **parts)


def adopt_range(span: tuple[tuple[float, float], ...] | None) -> None:
    """Take the range that was suggested, rounded to what a person can read; the automatic one for None."""
    if span is None:
        return view.change(span=None)
    return view.change(span=tuple((float(f"{low:.3g}"), float(f"{high:.3g}")) for low, high in span))
