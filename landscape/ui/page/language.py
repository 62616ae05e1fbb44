"""The language of this visit: the address's, else the browser's, until the person chooses another."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape

import streamlit as st

from landscape.i18n import LANGUAGES, catalogue, choose, names, number, text
from landscape.scenario.document import WithRunners
from landscape.ui.page.components import address

LABELS = {"en": "English", "ko": "한국어"}
KEY = "lang"


_SETTLED: ContextVar[str | None] = ContextVar("language", default=None)


def current() -> str:
    """The language in use."""
    return _SETTLED.get() or st.session_state.get(KEY) or choose(st.context.locale)


@contextmanager
def settled() -> Iterator[None]:
    """Ask for the language once: it is the same all through a run."""
    token = _SETTLED.set(current())
    try:
        yield
    finally:
        _SETTLED.reset(token)


def selector() -> None:
    """The language menu in the header; the choice is kept in the URL's `lang`."""
    if st.session_state.get(KEY) not in LANGUAGES:
        st.session_state[KEY] = from_url() or choose(st.context.locale)
    with st.container(key="language"):
        st.selectbox(
            t("ui.language"),
            LANGUAGES,
            LANGUAGES.index(st.session_state[KEY]),  # see widgets.py
            format_func=LABELS.__getitem__,
            key=KEY,
            icon=":material/language:",
        )
        address("language", {KEY: current()})
        # The style shows it while the connection is lost, when no words can come any more.
        st.html(f'<p class="lost" role="status">{escape(t("ui.lost"))}</p>')


def language_key(key: str) -> str:
    """A key for a widget whose options are words: another language makes it another widget, for
    Streamlit's widgets answer with the words they showed."""
    return key if current() == LANGUAGES[0] else f"{key}-{current()}"


def option_label(pattern: str) -> Callable[[object], str]:
    """The words of a widget's options in the language in use, from a key such as `rule.{}.name`.

    The language is fixed now: Streamlit may ask for the words when the visit is no longer at hand.
    """
    language = current()
    return lambda option: text(pattern.format(option), language)


def from_url() -> str | None:
    """The language the address asks for, if it is one we speak."""
    asked = st.query_params.get(KEY)
    return asked if asked in LANGUAGES else None


def t(key: str, **values: object) -> str:
    """The text of a key in the language in use."""
    return text(key, current(), **values)


def section(name: str) -> dict[str, str]:
    """Every text of one section of the catalogue, such as `stage`, by the rest of its key."""
    start, known = f"{name}.", catalogue(current())
    return {key.removeprefix(start): words for key, words in known.items() if key.startswith(start)}


def n(value: float) -> str:
    """A number as a table in the language in use prints it."""
    return number(value, current())


def runner_names(scenario: WithRunners, *, short: bool = False) -> dict[str, str]:
    """Each runner's name by its id, in the language in use."""
    return names(scenario, current(), short=short)
