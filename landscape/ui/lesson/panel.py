"""Beside the stage: predict first, the formula with its live numbers, and what the notes say."""

from collections.abc import Callable, Mapping
from html import escape

import streamlit as st

from landscape.lessons.pieces import Table
from landscape.lessons.place import Place
from landscape.lessons.prose import Card, Question
from landscape.ui.language import t
from landscape.ui.lesson.pieces import table
from landscape.ui.lesson.visit import right, said

Filler = Callable[[str], str]


def predict(place: Place, filled: Filler = str) -> None:
    """The question, until it is answered; then the right answer. It never stands in the way."""
    question = said(place).question
    if question is None or place.open.answer is None:
        return
    key = f"guess-{place.lesson}-{place.experiment}"
    guess = st.session_state.get(key)
    with st.container(border=True, key="predict"):
        st.html(f"<div class='card-kind'>{escape(t('lesson.predict'))}</div>")
        st.markdown(f"**{filled(question.text)}**")
        true = right(place.open) if guess is not None else None
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
        if guess is not None:
            reveal(question, guess == true, filled)


def mood(i: int, guess: int | None, true: int | None) -> str:
    """How an answer looks: open, right, the wrong guess, or another."""
    if guess is None:
        return "open"
    return "right" if i == true else "guess" if i == guess else "other"


def reveal(question: Question, hit: bool, filled: Filler) -> None:
    """Whether the guess was right, and why."""
    st.markdown(f"**{t('lesson.hit' if hit else 'lesson.miss')}** {filled(question.reveal)}")


def formula(place: Place, filled: Filler) -> None:
    """The formula with the numbers of this moment."""
    text = said(place).formula
    if text:
        with st.container(border=True, key="formula-card"):
            st.html(f"<div class='card-kind'>{escape(t('lesson.numbers'))}</div>")
            st.markdown(filled(text))


def cards(place: Place, filled: Filler, tables: Mapping[str, Table]) -> None:
    """What the notes say beside what we measure, a card for each claim."""
    for card in said(place).cards:
        with st.container(border=True, key=f"notes-{card.row}"):
            notes(card, filled)
            if card.row in tables:
                table(tables[card.row])


def notes(card: Card, filled: Filler) -> None:
    """One claim, its verdict, and the finding."""
    verdict = f"<span class='verdict {card.verdict}'>{escape(t(f'lesson.{card.verdict}'))}</span>"
    st.html(
        f"<div class='card-kind'>{escape(t('lesson.notes'))}{verdict}</div>"
        f"<blockquote class='claim'>{escape(card.notes)}</blockquote>"
        f"<div class='card-kind'>{escape(t('lesson.measured'))}</div>"
    )
    st.markdown(filled(card.measured))
