"""Small multiples: the same pair of axes again and again, side by side, each under its own name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.axes import nth, value_axis
from landscape.figures.charts.series import Series, trace
from landscape.figures.notation import plain
from landscape.figures.theme import axis, figure, frame
from landscape.look.palette import Theme, theme_of

ACROSS, DOWN, LINE = 0.035, 26, 18  # gaps: a share of the width, px; of one more line of a name, px
FOLD = 14  # letters of a name on one line


@dataclass(frozen=True, eq=False)
class Cell:
    """One pair of axes.

    Attributes:
        name: above it.
        lines: what it shows.
        note: a word beneath the name.
    """

    name: str
    lines: Sequence[Series]
    note: str = ""


def folded(name: str, letters: int = FOLD) -> str:
    """A name in lines that fit above a narrow cell; a Hangul syllable is as wide as two letters.

    >>> folded("Cosine with warm restarts"), folded("1/t")
    ('Cosine with<br>warm restarts', '1/t')
    """
    lines = [""]
    for word in name.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and sum(1 + ("가" <= letter <= "힣") for letter in longer) > letters:
            lines.append(word)
        else:
            lines[-1] = longer
    return "<br>".join(lines)


def multiples(
    cells: Sequence[Cell],
    titles: tuple[str, str],
    theme: Theme | str = "light",
    *,
    log: bool = False,
    span: tuple[float, float] | None = None,
    columns: int = 3,
    height: int = 560,
    ticks: int = 3,
) -> go.Figure:
    """Draw cells in rows, all on the same two axes.

    Args:
        cells: from the upper left, row by row.
        titles: of the level and of the upright axis.
        theme: a theme or its name.
        log: whether the upright axis is logarithmic.
        span: where the upright axis begins and ends, if that is not left to the values.
        columns: how many cells stand side by side.
        height: in px.
        ticks: about how many numbers stand along each level axis.
    """
    theme = theme_of(theme)
    rows = -(-len(cells) // columns)
    wide = (1 - ACROSS * (columns - 1)) / columns
    noted = any(cell.note for cell in cells)
    names = [folded(plain(cell.name)) for cell in cells]
    lines = max(name.count("<br>") for name in names) + noted
    gap = (DOWN + LINE * lines) / height if rows > 1 or noted else 0.0
    high = (1 - gap * rows) / rows
    values = np.concatenate([np.asarray(line.y, float).ravel() for cell in cells for line in cell.lines])
    traces: list[dict[str, Any]] = []
    notes, named = [], set()
    lefts = [column * (wide + ACROSS) for column in range(min(columns, len(cells)))]
    lows = [1 - (row + 1) * (high + gap) for row in range(rows)]
    # An axis for each column and each row, not two for every cell.
    axes = {}
    for column, left in enumerate(lefts):
        below = (len(cells) - 1 - column) // columns  # the last row that reaches this column
        axes[f"xaxis{nth(column)}"] = axis(
            theme, title=titles[0] if column == columns // 2 else "", domain=[left, left + wide],
            anchor=f"y{nth(below)}", matches="x" if column else None, nticks=ticks,
            showgrid=False, showline=True, linecolor=theme.line, mirror="all", rangemode="tozero",
        )  # fmt: skip
    for row, low in enumerate(lows):
        upright = value_axis(theme, titles[1] if row == rows // 2 else "", values, log)
        upright |= {"domain": [low, low + high], "anchor": "x"} | ({"matches": "y"} if row else {})
        if span:
            upright["range"] = [float(v) for v in (np.log10(span) if log else span)]
        axes[f"yaxis{nth(row)}"] = upright
    for number, cell in enumerate(cells):
        row, column = divmod(number, columns)
        for line in cell.lines:
            made = trace(line, log, False, theme, f"y{nth(row)}", line.name not in named)
            # Hovering tells the cell, and the legend every line once.
            told = f"{plain(cell.name)} · %{{fullData.name}}<br>%{{x:.4~g}} · %{{y:.4~g}}<extra></extra>"
            traces.append(made | {"xaxis": f"x{nth(column)}", "hovertemplate": told})
            named.add(line.name)
        above = f"<br><span style='font-weight:400'>{plain(cell.note)}</span>" if cell.note else ""
        font = {"size": 13, "weight": 600, "color": theme.ink}
        notes.append(
            {
                "text": names[number] + above, "align": "left", "showarrow": False, "font": font,
                "xref": "paper", "yref": "paper", "x": lefts[column], "y": lows[row] + high,
                "xanchor": "left", "yanchor": "bottom",
            }
        )  # fmt: skip
    return figure(traces, frame(theme, height, annotations=notes, **axes))
