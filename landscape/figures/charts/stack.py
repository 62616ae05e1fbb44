"""Parts of a whole, stacked over one axis, with the whole drawn over them as a line."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.notation import plain
from landscape.figures.theme import axis, figure, frame
from landscape.look.palette import Theme, theme_of

Part = tuple[str, Any]
"""A part's name and its height at each place."""


def stack(
    x: Any,
    parts: Sequence[Part],
    whole: Part,
    titles: tuple[str, str],
    slot: int,
    theme: Theme | str = "light",
    *,
    height: int = 300,
) -> go.Figure:
    """Draw steps that stand on one another, the first part at the foot and in full colour.

    Args:
        x: (n,), the places.
        parts: by name, (n,) heights from the foot up; later ones are paler.
        whole: the name and the (n,) values of the line over them.
        titles: of the two axes.
        slot: the runner whose colour it all has.
        theme: a theme or its name.
        height: in px.
    """
    theme = theme_of(theme)
    colour, x = theme.slot(slot).line, np.asarray(x, float)
    shades = np.linspace(0.9, 0.3, len(parts)).tolist()
    hover = "%{fullData.name}<br>%{x:.4~g} · %{y:.4~g}<extra></extra>"
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter", "mode": "lines", "name": plain(name), "x": x, "y": np.asarray(y, float),
            "stackgroup": "parts", "fillcolor": _tint(colour, shade), "hovertemplate": hover,
            "line": {"width": 0, "shape": "hvh"},
        }
        for shade, (name, y) in zip(shades, parts, strict=True)
    ]  # fmt: skip
    traces.append(
        {
            "type": "scatter", "mode": "lines", "name": plain(whole[0]), "x": x, "hovertemplate": hover,
            "y": np.asarray(whole[1], float), "line": {"color": theme.ink, "width": 2.0},
        }
    )  # fmt: skip
    across, up = axis(theme, title=titles[0], showgrid=False), axis(theme, title=titles[1])
    look = frame(theme, height, xaxis=across, yaxis=up)
    return figure(traces, look | {"legend": look["legend"] | {"traceorder": "normal"}})


def _tint(colour: str, opacity: float) -> str:
    """A colour that lets the ground through."""
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:.2f})"
