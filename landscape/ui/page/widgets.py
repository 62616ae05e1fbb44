"""Streamlit's widgets as this app uses them: each shows what the description says, whenever it arrives.

A value written into the session reaches the browser once, in the run that writes it. A widget whose code is
still on its way then, as on a slow network, never hears of it: it begins with its default, and the next click
anywhere sends that as if the visitor had chosen it. So every widget has its value as its default too.
"""

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import streamlit as st

from landscape import i18n
from landscape.scenario.model import SEEDS
from landscape.ui.page.language import current, language_key, t

FIXED_SPACE = "\u2005"

T = TypeVar("T")
Change = Callable[[Any], None]


def _show(key: str, value: Any) -> None:
    """Let a widget show a value; untouched when it already does."""
    if st.session_state.get(key, dataclasses.MISSING) != value:
        st.session_state[key] = value


def _moved(key: str, change: Change) -> Callable[[], None]:
    """What Streamlit calls when the person has moved a widget."""
    return lambda: change(st.session_state[key])


def toggle(label: str, value: bool, key: str, help_text: str | None, change: Change) -> None:
    """A switch."""
    _show(key, value)
    st.toggle(label, value, key=key, help=help_text, on_change=_moved(key, change))


def slider(
    label: str,
    help_text: str | None,
    options: Sequence[float],
    value: float,
    key: str,
    change: Change,
    form: Callable[[float], str] | None = None,
) -> None:
    """A slider over listed values; a value between them (from a link or a tuning) joins the list."""
    form = form or partial(i18n.number, language=current())  # asked once, not for every value
    key = language_key(key)
    if value not in options:
        options = sorted({*options, value})
    _show(key, value)
    st.select_slider(
        valued(label, form(value)),
        options,
        value,
        format_func=form,
        key=key,
        help=help_text,
        on_change=_moved(key, change),
    )


def menu(
    label: str,
    options: Sequence[Any],
    value: Any,
    key: str,
    form: Callable[[Any], str],
    change: Change,
    *,
    help_text: str | None = None,
    width: Any = "stretch",
) -> None:
    """A menu of named things; a value that is not among them joins it."""
    key = language_key(key)
    options = tuple(options) if value in options else (*options, value)
    _show(key, value)
    st.selectbox(
        label,
        options,
        options.index(value),
        format_func=form,
        key=key,
        help=help_text,
        width=width,
        on_change=_moved(key, change),
    )


def pick(label: str, options: Sequence[T], key: str, form: Callable[[Any], str], first: T) -> T:
    """A row of choices of which one is always chosen: the first one until another is, and again when what was
    chosen is there no more. The row says what it is for; the label is only read aloud."""
    key = language_key(key)
    if st.session_state.get(key) not in options:
        _show(key, first)
    return st.segmented_control(
        label,
        tuple(options),
        default=st.session_state[key],
        key=key,
        format_func=form,
        required=True,
        label_visibility="collapsed",
    )


def views(
    label: str,
    options: Sequence[T],
    key: str,
    form: Callable[[Any], str],
    first: T | None = None,
    help_text: str | None = None,
) -> T | None:
    """A row of closer views of which at most one is open; a visit begins with the first one, or with none."""
    key = language_key(key)
    _show(key, st.session_state.get(key, first))
    return st.segmented_control(
        label, tuple(options), default=st.session_state[key], key=key, format_func=form, help=help_text
    )


def text_field(
    label: str,
    value: str,
    key: str,
    longest: int,
    help_text: str,
    change: Change,
    placeholder: str | None = None,
) -> None:
    """A line to type."""
    _show(key, value)
    st.text_input(
        label,
        value,
        key=key,
        max_chars=longest,
        placeholder=placeholder,
        help=help_text,
        on_change=_moved(key, change),
    )


def seed(value: int, key: str, help_text: str, change: Callable[[int], None]) -> None:
    """A number to type, for what is drawn by chance."""
    _show(key, value)
    st.number_input(
        t("ui.seed"),
        *SEEDS,
        value,
        key=key,
        help=help_text,
        on_change=_moved(key, lambda new: change(int(new))),
    )


def valued(label: str, value: str) -> str:
    """A label with its value at the right end of the row.

    The style sheet justifies the line. Only the space before the value can stretch: the label's own
    become four-per-em spaces, which look the same, so that the accessible name stays plain text.
    """
    return f"{label.replace(' ', FIXED_SPACE)} {value.replace(' ', FIXED_SPACE)}"
