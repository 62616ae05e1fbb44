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
from landscape.lessons.place import Place
from landscape.ui.lesson.visit import held
from landscape.ui.page import chart
from landscape.ui.page.components import component
from landscape.ui.page.language import n

NUMBER = ' class="number"'


def ready(place: Place, pieces: Sequence[Piece]) -> list[Callable[[], object]]:
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


def figure(place: Place, piece: Chart, key: str) -> Callable[[], None]:
    """What shows a figure; a point that is clicked in it becomes the settings that it picks, if any."""

    def picked(*point: float) -> None:
        names = zip(piece.picks or (), point, strict=True)
        values = {name: type(getattr(place.settings, name))(value) for name, value in names}
        held(place.lesson).adopt(lambda now: now.moved(values), f"{place.experiment} pick")

    return chart.ready(piece.figure, key, piece.alt, picked if piece.picks else None, tools=False)


def stage(place: Place, piece: Stage, key: str) -> None:
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
        held(place.lesson).adopt(lambda now: now.moved(values), gesture)

    told: Any = {"on_start_change": moved} if piece.component == "stage" else {"on_moved_change": moved}
    mount = component(piece.component)
    with st.container(key=f"{piece.component}-holder"):
        mount(key=key, data=piece.message, **told)


def table(piece: Table) -> None:
    """Rows of text and numbers."""
    head = "".join(
        f'<th scope="col"{NUMBER if figures(piece, j) else ""}>{escape(name)}</th>'
        for j, name in enumerate(piece.columns)
    )
    body = "".join(f"<tr>{row(piece, i)}</tr>" for i in range(len(piece.rows)))
    st.html(f'<table class="outcomes measured"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def figures(piece: Table, j: int) -> bool:
    """Whether a column but the first holds numbers."""
    return j > 0 and not any(isinstance(cells[j], str) for cells in piece.rows)


def row(piece: Table, i: int) -> str:
    """One row as HTML; the first cell heads it, marked by its slot."""
    slot = piece.slots[i] if piece.slots else None
    mark = f'<span class="marker slot-{slot}"></span>' if slot else ""
    cells = []
    for j, value in enumerate(piece.rows[i]):
        text = escape(value if isinstance(value, str) else n(np.nan if value is None else value))
        kind = "" if isinstance(value, str) else NUMBER
        cells.append(f'<th scope="row">{mark}{text}</th>' if j == 0 else f"<td{kind}>{text}</td>")
    return "".join(cells)


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
