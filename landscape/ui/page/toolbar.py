"""The top row that pages share: a name, pills of one click, undo, and what can be taken away."""

from collections.abc import Callable

import streamlit as st

from landscape.ui.page.language import KEY as LANGUAGE
from landscape.ui.page.language import current, t
from landscape.ui.page.session import UndoableDocument


def toolbar(
    heading: str,
    experiment: UndoableDocument,
    pills: Callable[[], None],
    words: str,
    files: Callable[[], None] | None = None,
    key: str = "presets",
) -> None:
    """The row of one page.

    Args:
        heading: the page's name.
        experiment: what undo takes back.
        pills: draws the presets, each with `pill`.
        words: what the share menu says of the link.
        files: draws what else can be taken away, when the menu is opened.
        key: names the row of pills.
    """
    with st.container(key="toolbar", horizontal=True, vertical_alignment="center"):
        st.html(f"<h1>{heading}</h1>", width="content")
        with st.container(key=key, horizontal=True, wrap=False):
            pills()
        with st.container(key="actions", horizontal=True, wrap=False, width="content"):
            st.button(
                t("race.undo"),
                key="undo",
                icon=":material/undo:",
                help=t("race.undo_help"),
                disabled=not experiment.can_undo(),
                on_click=experiment.undo,
            )
            share(experiment, words, files)


def share(experiment: UndoableDocument, words: str, files: Callable[[], None] | None) -> None:
    """The share menu: the link, and what else can be taken away, built when the menu is opened."""
    menu = st.popover(t("race.share"), key="share", icon=":material/link:", on_change="rerun")
    if menu.open:
        with menu:
            st.markdown(words)
            link(experiment)
            if files:
                files()


def pill(label: str, key: str, chosen: bool, act: Callable[[], None], help: str | None = None) -> None:
    """One preset: it sets the whole experiment."""
    st.button(label, key=key, help=help, type="primary" if chosen else "secondary", on_click=act)


def download(label: str, content: str | bytes, name: str, mime: str = "application/octet-stream") -> None:
    """A button that saves a file."""
    st.download_button(label, content, name, mime, icon=":material/download:", on_click="ignore")


def link(experiment: UndoableDocument) -> None:
    """The address of what the experiment shows, in the language in use, to be copied."""
    base = (st.context.url or "").split("?")[0]
    address = f"{base}?{LANGUAGE}={current()}&{experiment.link}={experiment.current().to_link()}"
    st.code(address, language=None, wrap_lines=True)
