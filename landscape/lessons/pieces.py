"""What an experiment shows: charts, stages and tables. Each can tell the numbers it draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

Columns = Mapping[str, Sequence[Any] | np.ndarray]
"""Named columns of equal length."""


@dataclass(frozen=True, eq=False)
class Chart:
    """A Plotly figure.

    Attributes:
        figure: a `plotly.graph_objects.Figure`.
        alt: what it shows, for those who cannot see it.
        title: a heading above it, if it needs one.
        picks: the settings that the x and y of a clicked point become, if it can be clicked.
    """

    figure: Any
    alt: str
    title: str = ""
    picks: tuple[str, str] | None = None


@dataclass(frozen=True, eq=False)
class Stage:
    """A message to one of the browser's stages.

    Attributes:
        component: which stage plays it: "stage" (two parameters) or "curve" (one).
        message: the bytes it plays.
        drawn: the numbers it draws.
        title: a heading above it, if it needs one.
    """

    component: Literal["stage", "curve"]
    message: bytes
    drawn: Columns
    title: str = ""


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of text and numbers.

    Attributes:
        columns: the heads.
        rows: numbers are printed in the visit's language, text as it is, None as a dash.
        slots: the runner slot (1 to 8) that marks each row, or nothing.
        title: a heading above it, if it needs one.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str | float | None]]
    slots: Sequence[int] = field(default_factory=tuple)
    title: str = ""


Piece = Chart | Stage | Table


def drawn(piece: Piece) -> list[tuple[str, Columns]]:
    """Everything a piece draws, as named tables."""
    if isinstance(piece, Stage):
        return [(piece.title, piece.drawn)]
    if isinstance(piece, Table):
        return [(piece.title, dict(zip(piece.columns, zip(*piece.rows, strict=True), strict=True)))]
    tables = []
    for number, trace in enumerate(piece.figure.data, start=1):
        axes = {axis: np.asarray(trace[axis]) for axis in ("x", "y", "z") if _has(trace, axis)}
        if "z" in axes and axes["z"].ndim == 2:
            rows, columns = axes["z"].shape
            x, y = _cells(axes.get("x"), columns), _cells(axes.get("y"), rows)
            axes = {"x": np.tile(x, rows), "y": np.repeat(y, columns), "z": axes["z"].ravel()}
        if axes:
            tables.append((trace.name or f"{piece.title} {number}".strip(), axes))
    return tables


def _has(trace: Any, axis: str) -> bool:
    """Whether a trace has numbers along an axis."""
    return axis in trace and trace[axis] is not None


def _cells(places: np.ndarray | None, count: int) -> np.ndarray:
    """Where the cells of a heat map lie, which may be given by their borders: then their lower ones."""
    return np.arange(count) if places is None else places[:count]
