"""The language of this visit: the browser's at first, then the person's choice, kept in the URL."""

import streamlit as st

from landscape.i18n import LANGUAGES, choose, names, number, text
from landscape.scenario import Scenario

LABELS = {"en": "English", "ko": "한국어"}
KEY = "lang"


def current() -> str:
    """The language in use."""
    return st.session_state.get(KEY) or choose(st.context.locale)


def selector() -> None:
    """The language menu in the header, bound to the URL's `lang`."""
    if st.session_state.get(KEY) not in LANGUAGES:
        st.session_state[KEY] = from_url() or choose(st.context.locale)
    with st.container(key="language"):
        st.selectbox(
            t("ui.language"),
            LANGUAGES,
            index=None,
            format_func=LABELS.__getitem__,
            key=KEY,
            icon=":material/language:",
            required=True,
            bind="query-params",
        )


def from_url() -> str | None:
    """The language the address asks for, if it is one we speak."""
    asked = st.query_params.get(KEY)
    return asked if asked in LANGUAGES else None


def t(key: str, **values: object) -> str:
    """The text of a key in the language in use."""
    return text(key, current(), **values)


def n(value: float) -> str:
    """A number as a table in the language in use prints it."""
    return number(value, current())


def called(scenario: Scenario, *, short: bool = False) -> dict[str, str]:
    """Each runner's name by its id, in the language in use."""
    return names(scenario, current(), short=short)
