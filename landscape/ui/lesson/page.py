"""A lesson page put together: pills of experiments, the open one, and beside it what it teaches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from landscape.lessons import LESSONS
from landscape.lessons.pieces import Piece
from landscape.lessons.place import LessonState
from landscape.lessons.prose import prose
from landscape.scenario import Scenario
from landscape.scenario.training import Training
from landscape.scenario.view import View
from landscape.ui.lesson import panel, pieces
from landscape.ui.lesson.controls import controls
from landscape.ui.lesson.visit import again, filler, held, key, long, look, measured, said, stop
from landscape.ui.page import session as other_pages
from landscape.ui.page import toolbar as row
from landscape.ui.page.language import current, t
from landscape.ui.page.markup import literal, unbroken
from landscape.ui.page.rerun import fragment
from landscape.ui.plane import moves
from landscape.ui.work.poller import JobPoller


@dataclass
class Shown:
    """What the page shows of an experiment at this moment.

    Attributes:
        pieces: its pictures and tables.
        around: what undo and the buttons below the pictures depend on.
    """

    pieces: Sequence[Piece] = ()
    around: tuple[Any, ...] = ()


def page(lesson: str) -> None:
    """The whole page of a lesson: what stays while a control moves, and in its midst what does not."""
    place, shown = held(lesson).current(), Shown()
    link = t("lesson.share_link")
    row.toolbar(t(f"lesson.{lesson}"), held(lesson), partial(pills, place), link, key="experiments")
    with st.container(key="board"):
        left, right = st.columns([1000, 372], gap="medium")
        with left, st.container(key="lesson-head"):
            st.html(f"<h2>{unbroken(said(place).title)}</h2>")
            intro = panel.words(said(place).intro)
        with right:
            beside = panel.beside(place)
        with left:
            fragment(live)(lesson, [*intro, *beside], shown)
            if shown.pieces:
                actions(place, shown)


def live(lesson: str, words: panel.Words, shown: Shown) -> None:
    """What a control changes: itself, what is measured, and the numbers in the words around it.

    Args:
        lesson: its name.
        words: the places of the page where numbers stand.
        shown: told what is shown; the whole page is laid again when what surrounds this is to change.
    """
    place, watch = held(lesson).current(), JobPoller()
    stage, opened = st.container(key="lesson-stage"), not shown.around
    if opened:
        with stage:
            controls(place)
    # After a move first all that takes time, then all that is shown: the browser lays the page once.
    result, error = finding(place, watch)
    around = held(lesson).can_undo(), place == place.reset(), further(place)[0], result is not None
    if shown.around not in ((), around):
        st.rerun()
    shown.around = around
    filled, tables, shows = None, {}, []
    if result is not None:
        shown.pieces = place.open.show(place.settings, result, look(place))
        filled, tables = filler(place, result), place.open.tables(place.settings, result, look(place))
        shows = pieces.ready(place, shown.pieces)
    with stage:
        if not opened:
            controls(place)
        if result is None:
            meanwhile(place, watch, error)
        for show in shows:
            show()
        for write in words:
            write(filled, tables)
    held(lesson).address()
    other_pages.notice()


def pills(place: LessonState) -> None:
    """One for each experiment, numbered in the order they are told."""
    for number, experiment in enumerate(LESSONS[place.lesson], start=1):
        label = f"{number}\u2002{prose(place.lesson, experiment.name, current()).tab}"
        act = partial(held(place.lesson).adopt, lambda now, name=experiment.name: now.at(name))
        row.pill(label, f"experiment-{experiment.name}", experiment.name == place.experiment, act)


def finding(place: LessonState, watch: JobPoller) -> tuple[Any, Exception | None]:
    """What is measured at these settings, None if there is nothing yet; and why long work failed."""
    if not place.open.long:
        return measured(place.open, place.settings), None
    if st.session_state.get(cancelled(place)) == key(place):
        return None, None
    job = watch.ask(partial(long, place), t("lesson.measuring"))
    return (None, job.error) if job.error else (job.result if job.done else None, None)


def meanwhile(place: LessonState, watch: JobPoller, error: Exception | None) -> None:
    """In place of the pictures of long work: how far it is, or why it ended."""

    def begin() -> None:
        again(place)
        st.session_state.pop(cancelled(place), None)

    if watch.waits:

        def cancel() -> None:
            stop(place)
            st.session_state[cancelled(place)] = key(place)

        with st.container(key="train-row", horizontal=True, vertical_alignment="center"):
            watch.show("")
            st.button(t("lesson.cancel"), key="cancel", icon=":material/stop:", on_click=cancel)
        return
    if error is not None:
        st.error(t("lesson.failed", reason=literal(error)), icon=":material/error:")
    st.button(t("lesson.again"), key="again", icon=":material/play_arrow:", on_click=begin)


def cancelled(place: LessonState) -> str:
    """Where the visit keeps which long work it does not want."""
    return f"cancelled-{place.lesson}"


def actions(place: LessonState, shown: Shown) -> None:
    """Back to the beginning, the numbers, and the page where it can be taken further."""
    with st.container(key="lesson-actions", horizontal=True):
        st.button(
            t("lesson.reset"),
            key="reset",
            icon=":material/restart_alt:",
            help=t("lesson.reset_help"),
            disabled=place == place.reset(),
            on_click=partial(held(place.lesson).adopt, lambda now: now.reset()),
        )
        st.download_button(
            t("lesson.csv"),
            lambda: pieces.as_csv(shown.pieces),
            f"{place.experiment}.csv",
            "text/csv",
            key="csv",
            icon=":material/csv:",
            help=t("lesson.csv_help"),
            on_click="ignore",
        )
        label, page, act = further(place)
        if label and st.button(t(label), key="further", icon=":material/open_in_new:"):
            act()
            st.switch_page(page)


def further(place: LessonState) -> tuple[str, str, Callable[[], None]]:
    """A button to another page, which then shows the same: its words, the page, and what it does there."""
    opened = place.open.opens(place.settings)
    if isinstance(opened, Scenario):
        return "lesson.open_race", "pages/race.py", partial(other_pages.race.adopt, lambda _: opened)
    if isinstance(opened, Training):
        act = partial(other_pages.training.adopt, lambda _: opened)
        return "lesson.open_network", "pages/network.py", act
    if isinstance(opened, View):
        act = partial(moves.view.adopt, lambda _: opened)
        return "lesson.open_landscape", "pages/network_landscape.py", act
    return "", "", lambda: None
