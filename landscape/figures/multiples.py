"""Small multiples: the same pair of axes again and again, side by side, each under its own name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.axes import value_axis
from landscape.figures.notation import plain
from landscape.figures.series import Series, trace
from landscape.figures.theme import axis, figure, frame
from landscape.palette import Theme, theme_of

ACROSS, DOWN = 0.035, 26  # gaps: a share of the width, px


@dataclass(frozen=True, eq=False)
class Cell:
    """One pair of axes.

    Attributes:
        name: above it.
        lines: what it shows.
    """

    name: str
    lines: Sequence[Series]


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
    gap = DOWN / height if rows > 1 else 0.0
    high = (1 - gap * rows) / rows
    values = np.concatenate([np.asarray(line.y, float).ravel() for cell in cells for line in cell.lines])
    traces: list[dict[str, Any]] = []
    notes, axes, named = [], {}, set()
    for number, cell in enumerate(cells):
        down, across = divmod(number, columns)
        suffix = str(number + 1) if number else ""
        left, low = across * (wide + ACROSS), 1 - (down + 1) * (high + gap)
        last = number + columns >= len(cells)
        axes[f"xaxis{suffix}"] = axis(
            theme, title=titles[0] if last and across == columns // 2 else "", domain=[left, left + wide],
            anchor=f"y{suffix}", matches="x" if number else None, showticklabels=last, nticks=ticks,
            showgrid=False, showline=True, linecolor=theme.line, rangemode="tozero",
        )  # fmt: skip
        upright = value_axis(theme, titles[1] if across == 0 and down == rows // 2 else "", values, log)
        upright |= {"domain": [low, low + high], "anchor": f"x{suffix}", "showticklabels": across == 0}
        if span:
            upright["range"] = [float(v) for v in (np.log10(span) if log else span)]
        axes[f"yaxis{suffix}"] = upright | ({"matches": "y"} if number else {})
        for line in cell.lines:
            made = trace(line, log, False, theme, f"y{suffix}", line.name not in named)
            # Hovering tells the cell, and the legend every line once.
            told = f"{plain(cell.name)} · %{{fullData.name}}<br>%{{x:.4~g}} · %{{y:.4~g}}<extra></extra>"
            traces.append(made | {"xaxis": f"x{suffix}", "hovertemplate": told})
            named.add(line.name)
        font = {"size": 13, "weight": 600, "color": theme.ink}
        notes.append(
            {
                "text": plain(cell.name), "showarrow": False, "font": font, "xref": "paper", "yref": "paper",
                "x": left, "y": low + high, "xanchor": "left", "yanchor": "bottom",
            }
        )  # fmt: skip
    return figure(traces, frame(theme, height, annotations=notes, **axes))
