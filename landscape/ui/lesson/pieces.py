"""What an experiment shows, put on the page: charts, stages, tables; and its numbers as CSV."""

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from landscape.lessons.pieces import Chart, Piece, Stage, Table, drawn
from landscape.lessons.place import LessonState
from landscape.ui.lesson.visit import held
from landscape.ui.page import chart
from landscape.ui.page.components import mount
from landscape.ui.page.language import n
from landscape.ui.page.table import Cell, Row, table_html


def ready(place: LessonState, pieces: Sequence[Piece]) -> list[Callable[[], object]]:
    """Return what shows every piece, one below the other; all that takes time is done before."""
    shows: list[Callable[[], object]] = []
    for i, piece in enumerate(pieces):
        if piece.title:
            shows.append(partial(st.html, f"<h3 class='piece'>{escape(piece.title)}</h3>"))
        key = f"{place.lesson}-{place.experiment}-{i}"
        if isinstance(piece, Chart):
            shows.append(figure(place, piece, key))
        elif isinstance(piece, Stage):
            shows.append(partial(stage, place, piece, key))
        else:
            shows.append(partial(table, piece))
    return shows


def figure(place: LessonState, piece: Chart, key: str) -> Callable[[], None]:
    """What shows a figure; a point that is clicked in it becomes the settings that it picks, if any."""

    def picked(*point: float) -> None:
        names = zip(piece.picks or (), point, strict=True)
        values = {name: type(getattr(place.settings, name))(value) for name, value in names}
        held(place.lesson).adopt(lambda now: now.moved(values, place.experiment), f"{place.experiment} pick")

    return chart.ready(piece.figure, key, piece.alt, picked if piece.picks else None, tools=False)


def stage(place: LessonState, piece: Stage, key: str) -> None:
    """A stage of the browser; what is moved on it becomes the experiment's settings."""

    def moved() -> None:
        told: Any = st.session_state[key].get("start" if piece.component == "stage" else "moved")
        if not told:
            return
        if piece.component == "stage":
            x, y, gesture = told
            told = {"values": {"x": float(x), "y": float(y)}, "gesture": gesture}
        values = {name: value for name, value in told["values"].items() if name in vars(place.settings)}
        gesture = f"{place.experiment} {told['gesture']}"
        held(place.lesson).adopt(lambda now: now.moved(values, place.experiment), gesture)

    told: Any = {"on_start_change": moved} if piece.component == "stage" else {"on_moved_change": moved}
    mount(piece.component, key, piece.message, **told)


def table(piece: Table) -> None:
    """Rows of text and numbers."""
    heads = [Cell(name, "number" if figures(piece, j) else "") for j, name in enumerate(piece.columns)]
    rows = [row(piece, i) for i in range(len(piece.rows))]
    st.html(table_html(rows, heads, label=piece.title, look="measured"))


def figures(piece: Table, j: int) -> bool:
    """Whether a column but the first holds numbers."""
    return j > 0 and not any(isinstance(cells[j], str) for cells in piece.rows)


def row(piece: Table, i: int) -> Row:
    """One row; the first cell heads it, marked by its slot."""
    head, *cells = (
        Cell(value) if isinstance(value, str) else Cell(n(np.nan if value is None else value), "number")
        for value in piece.rows[i]
    )
    return Row(Cell(head.text), cells, piece.slots[i] if piece.slots else None)


def as_csv(pieces: Sequence[Piece]) -> str:
    """Every number that is drawn, a block of columns for each curve, stage or table."""
    text = io.StringIO()
    writer = csv.writer(text)
    for piece in pieces:
        for title, columns in drawn(piece):
            writer.writerow([f"# {title}"] if title else [])
            writer.writerow(columns)
            writer.writerows(zip(*(np.asarray(values).tolist() for values in columns.values()), strict=True))
    return text.getvalue()
