"""The experiment of this visit: one validated scenario, changed in steps that can be undone."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from landscape.i18n import explain
from landscape.presets import PRESETS
from landscape.scenario import Scenario, ScenarioError
from landscape.scenario.error import refuse
from landscape.ui.language import current as current_language
from landscape.ui.language import t

KEY, PAST, NOTICE, GESTURE = "scenario", "scenario_past", "scenario_notice", "scenario_gesture"
LINK = "s"
UNDO_STEPS = 50


def current() -> Scenario:
    """The scenario shown: from the link at the first visit, else the default one."""
    if KEY not in st.session_state:
        st.session_state[KEY], st.session_state[PAST] = opened(), []
    return st.session_state[KEY]


def opened() -> Scenario:
    """The scenario of the address, or the default one with a notice saying what is wrong with the link."""
    link = st.query_params.get(LINK)
    if link:
        try:
            return drawable(Scenario.from_link(link))
        except ScenarioError as error:
            st.session_state[NOTICE] = t("ui.bad_link", reason=reasons(error))
    return PRESETS["default"]


def drawable(scenario: Scenario) -> Scenario:
    """The scenario, if the stage can show it: a surface of two parameters."""
    dimension = scenario.surface().dimension
    if dimension != 2:
        raise refuse("dimension", "start", expected=2, given=dimension)
    return scenario


def reasons(error: ScenarioError) -> str:
    """What is wrong, in the language in use, a line each."""
    return "\n\n".join(explain(error, current_language()))


def change(gesture: str | None = None, **parts: Any) -> None:
    """Replace parts of the scenario; what was there can be brought back.

    Changes of one gesture in a row, such as a drag, are taken back together.
    """
    adopt(lambda scenario: scenario.replace(**parts), gesture)


def adopt(make: Callable[[Scenario], Scenario], gesture: str | None = None) -> None:
    """Go to another scenario made from this one; an impossible one changes nothing and says why."""
    before = current()
    try:
        after = make(before)
    except ScenarioError as error:
        st.session_state[NOTICE] = t("ui.not_possible", reason=reasons(error))
        return
    if after != before:
        if gesture is None or st.session_state.get(GESTURE) != gesture:
            st.session_state[PAST] = [*st.session_state[PAST][-UNDO_STEPS + 1 :], before]
        st.session_state[KEY], st.session_state[GESTURE] = after, gesture


def undo() -> None:
    """Bring back the scenario before the last change."""
    if st.session_state[PAST]:
        st.session_state[KEY], st.session_state[GESTURE] = st.session_state[PAST].pop(), None


def can_undo() -> bool:
    """Whether there is a change to take back."""
    current()
    return bool(st.session_state[PAST])


def notice() -> None:
    """Say once what could not be done."""
    if message := st.session_state.pop(NOTICE, None):
        st.toast(message, icon=":material/warning:", duration="long")
