"""The experiments of this visit: validated descriptions, changed in steps that can be undone."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import streamlit as st

from landscape.i18n import explain
from landscape.presets.races import PRESETS
from landscape.presets.trainings import TRAININGS
from landscape.scenario import Scenario, ScenarioError
from landscape.scenario.document import Document
from landscape.scenario.error import scenario_error
from landscape.scenario.training import Training
from landscape.ui.page.components import address
from landscape.ui.page.language import current as current_language
from landscape.ui.page.language import t
from landscape.ui.page.markup import literal

NOTICE = "notice"
UNDO_STEPS = 50

D = TypeVar("D", bound=Document)


class UndoableDocument(Generic[D]):
    """One description of this visit and what it was before.

    Args:
        key: where the visit keeps it.
        link: the parameter of the address that carries it.
        default: what a visit begins with.
        read: makes a description from a link, or raises a `ScenarioError`.
    """

    def __init__(self, key: str, link: str, default: D, read: Callable[[str], D]):
        self.key, self.link, self.default, self._read = key, link, default, read
        self._past, self._gesture, self._unread = f"{key}_past", f"{key}_gesture", f"{key}_unread"

    def current(self) -> D:
        """What is shown: from the link at the first visit, else the default."""
        if self.key not in st.session_state:
            st.session_state[self.key], st.session_state[self._past] = self._opened(), []
        return st.session_state[self.key]

    def _opened(self) -> D:
        """What the address says, or the default with a notice saying what is wrong with the link."""
        link = st.query_params.get(self.link)
        if link:
            try:
                return self._read(link)
            except ScenarioError as error:
                st.session_state[NOTICE] = t("ui.bad_link", reason=reasons(error))
                st.session_state[self._unread] = True
        return self.default

    def address(self) -> None:
        """Let the address bar say what is shown: nothing while it holds a link that could not be read, until
        something is changed, so that the link is not lost."""
        now = self.current()
        unread = self._unread in st.session_state and self.link in st.query_params
        address(self.key, {} if unread else {self.link: now.to_link()})

    def change(self, gesture: str | None = None, **parts: Any) -> None:
        """Replace parts of it; what was there can be brought back.

        Changes of one gesture in a row, such as a drag, are taken back together.
        """
        self.adopt(lambda now: now.replace(**parts), gesture)

    def adopt(self, make: Callable[[D], D], gesture: str | None = None) -> None:
        """Go to another one made from this; an impossible one changes nothing and says why."""
        before = self.current()
        try:
            after = make(before)
        except ScenarioError as error:
            st.session_state[NOTICE] = t("ui.not_possible", reason=reasons(error))
            return
        if after != before:
            if gesture is None or st.session_state.get(self._gesture) != gesture:
                st.session_state[self._past] = [*st.session_state[self._past][-UNDO_STEPS + 1 :], before]
            st.session_state[self.key], st.session_state[self._gesture] = after, gesture
            st.session_state.pop(self._unread, None)

    def undo(self) -> None:
        """Bring back what was there before the last change."""
        if st.session_state[self._past]:
            st.session_state[self.key] = st.session_state[self._past].pop()
            st.session_state[self._gesture] = None

    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        self.current()
        return bool(st.session_state[self._past])


def drawable(link: str) -> Scenario:
    """The race of a link, if the stage can show it: on a surface of two parameters."""
    scenario = Scenario.from_link(link)
    dimension = scenario.surface().dimension
    if dimension != 2:
        raise scenario_error("dimension", "start", expected=2, given=dimension)
    return scenario


TRAINING_SHOWN = "training_shown"
"""Where a visit keeps the training whose results it looks at; the Landscape page follows it."""

race = UndoableDocument("scenario", "s", PRESETS["default"], drawable)
training = UndoableDocument("training", "n", TRAININGS["default"], Training.from_link)


def reasons(error: ScenarioError) -> str:
    """What is wrong, in the language in use, a line each, as Markdown in which nothing of it is markup."""
    return "\n\n".join(map(literal, explain(error, current_language())))


def notice() -> None:
    """Say once what could not be done."""
    if message := st.session_state.pop(NOTICE, None):
        st.toast(message, icon=":material/warning:", duration="long")
