"""From the relief of a surface to the colours of a figure: low is dark, in bands between contour levels."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from landscape.look.numbers import number
from landscape.look.palette import Theme
from landscape.look.scale import Level, LossScale

Interval = tuple[float, float]


def colour(theme: Theme, t: float) -> str:
    """Return the terrain's colour at t in [0, 1], between the theme's equal stops."""
    return "#" + bytes(theme.rgb(np.array(t))).hex()


def colour_scale(theme: Theme) -> list[list[Any]]:
    """Return the terrain's colours as a Plotly scale of t."""
    return [
        [float(t), stop] for t, stop in zip(np.linspace(0, 1, len(theme.stops)), theme.stops, strict=True)
    ]


def colour_bar(relief: LossScale, theme: Theme, title: str) -> dict[str, Any]:
    """Return a colour bar that tells losses at every third level; it ends in ≥ where values lie above."""
    levels = [level for level in relief.levels[1::3] if level.t < 0.9]
    ticks, texts = [level.t for level in levels], _told(relief, levels)
    if relief.open_top:
        ticks, texts = [*ticks, 1.0], [*texts, f"≥ {number(float(relief.value(1.0)), 2)}"]
    return {
        "title": {"text": title, "font": {"size": 13, "color": theme.muted}, "side": "right"},
        "tickvals": ticks, "ticktext": texts, "tickfont": {"size": 13, "color": theme.muted},
        "thickness": 12, "outlinewidth": 0, "xpad": 6, "ypad": 8,
    }  # fmt: skip


def _told(relief: LossScale, levels: Sequence[Level]) -> list[str]:
    """The levels of a bar in as few digits as tell these apart: fewer than the contours need."""
    for digits in (2, 3):
        texts = [number(float(f"{relief.value(level.t):.{digits}g}")) for level in levels]
        if relief.metric == "loss" and len(set(texts)) == len(texts):
            return texts
    return [level.label for level in levels]


def hatched(x: Interval, y: Interval, ground: str, lines: str, **options: Any) -> dict[str, Any]:
    """Return a hatched rectangle to lie beneath the cells, seen where a cell has no colour."""
    pattern = {"shape": "/", "size": 8, "solidity": 0.2, "fillmode": "replace"}
    pattern |= {"fgcolor": lines, "bgcolor": ground}
    return {
        "type": "scatter", "x": [x[0], x[1], x[1], x[0], x[0]], "y": [y[0], y[0], y[1], y[1], y[0]],
        "mode": "lines", "line": {"width": 0}, "fill": "toself", "fillpattern": pattern,
        "hoverinfo": "skip", "zorder": -1, "showlegend": False, **options,
    }  # fmt: skip
