"""The words of an experiment: the question to predict, the formula, and what the notes say.

What holds a live number has a place of its own, so that a control that moves need not lay the rest again.
"""

from collections.abc import Callable, Mapping
from html import escape

import streamlit as st

from landscape.lessons.pieces import Table
from landscape.lessons.place import LessonState
from landscape.lessons.prose import PLACEHOLDER, Card, unmeasured
from landscape.ui.lesson.pieces import table
from landscape.ui.lesson.visit import right, said
from landscape.ui.page.language import t
from landscape.ui.page.markup import unbroken
from landscape.ui.work.poller import JobPoller

Filler = Callable[[str], str]
Tables = Mapping[str, Table]
Words = list[Callable[[Filler | None, Tables], None]]
"""Each writes numbers into one place of the page, or says that there are none yet."""


def words(text: str, laid: str = "{}") -> Words:
    """Text on the page; with live numbers in it, a place that they are written into.

    Args:
        text: Markdown.
        laid: what stands around it.
    """
    if not PLACEHOLDER.search(text):
        st.markdown(laid.format(unbroken(text)))
        return []
    place = st.empty()

    def write(filled: Filler | None, _: Tables) -> None:
        place.markdown(laid.format(unbroken(filled(text) if filled else unmeasured(text))))

    return [write]


def beside(place: LessonState) -> Words:
    """Everything beside the stage."""
    found = predict(place)
    formula = said(place).formula
    if formula:
        with st.container(border=True, key="formula-card"):
            st.html(f"<div class='card-kind'>{escape(t('lesson.numbers'))}</div>")
            found += words(formula)
    with st.container(key="notes"):
        for card in said(place).cards:
            with st.container(border=True, key=f"notes-{card.row}"):
                found += notes(card)
    return found


def predict(place: LessonState) -> Words:
    """The question, until it is answered; then the right answer. It never stands in the way."""
    question = said(place).question
    if question is None or place.open.answer is None:
        return []
    key = f"guess-{place.lesson}-{place.experiment}"
    guess = st.session_state.get(key)
    with st.container(border=True, key="predict"):
        st.html(f"<div class='card-kind'>{escape(t('lesson.predict'))}</div>")
        found = words(question.text, "**{}**")
        watch = JobPoller()
        true = right(place, watch) if guess is not None else None
        columns = st.columns(2, gap="small", wrap=False)
        for i, answer in enumerate(question.answers):
            with columns[i % 2], st.container(key=f"answer-{mood(i, guess, true)}-{i}"):
                st.button(
                    answer,
                    key=f"{key}-{i}",
                    width="stretch",
                    disabled=guess is not None,
                    on_click=st.session_state.__setitem__,
                    args=(key, i),
                )
        if watch.waits:
            watch.show("")
        if true is not None:
            found += words(question.reveal, f"**{t('lesson.hit' if guess == true else 'lesson.miss')}** {{}}")
    return found


def mood(i: int, guess: int | None, true: int | None) -> str:
    """How an answer looks: open, right, the wrong guess, or another; open while the right one is computed."""
    if guess is None or true is None:
        return "open"
    return "right" if i == true else "guess" if i == guess else "other"


def notes(card: Card) -> Words:
    """One claim, its verdict, and the finding, with its table if it has one."""
    verdict = f"<span class='verdict {card.verdict}'>{escape(t(f'lesson.{card.verdict}'))}</span>"
    st.html(
        f"<div class='card-kind'>{escape(t('lesson.notes'))}{verdict}</div>"
        f"<blockquote class='claim'>{escape(unbroken(card.notes))}</blockquote>"
        f"<div class='card-kind'>{escape(t('lesson.measured'))}</div>"
    )
    found, place = words(card.measured), st.empty()

    def write(_: Filler | None, tables: Tables) -> None:
        if card.row in tables:
            with place:
                table(tables[card.row])
        else:
            place.empty()

    return [*found, write]
