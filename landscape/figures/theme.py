"""The frame and the axes of every figure, in the colours of the palette."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from landscape.figures.plotly_inside import unchecked
from landscape.look.palette import Theme
from landscape.look.source import FONT

Drawing = tuple[list[dict[str, Any]], dict[str, Any]]
"""The traces and the layout of a figure to be."""


def axis(theme: Theme, **more: Any) -> dict[str, Any]:
    """Return a plain axis: hairline grid, muted numbers, powers of ten beside it."""
    title = {"font": {"size": 14, "color": theme.muted}, "standoff": 6, "text": more.pop("title", "")}
    return {
        "gridcolor": theme.line, "zeroline": False, "ticks": "", "tickcolor": theme.muted, "title": title,
        "tickfont": {"size": 13, "color": theme.muted}, "automargin": True,
        "exponentformat": "power", "minexponent": 5, "separatethousands": True,
        "hoverformat": ".4~g",  # Plotly then writes a true minus
        **more,
    }  # fmt: skip


def frame(theme: Theme, height: int, **more: Any) -> dict[str, Any]:
    """Return the layout of every figure: type, legend on top, tight margins, no background of its own.

    Args:
        theme: its colours.
        height: in px; the width is that of the column it is shown in.
        more: what else the layout holds, such as the axes.
    """
    clear, type_ = "rgba(0,0,0,0)", {"family": FONT, "size": 14, "color": theme.ink}
    card = {"bgcolor": theme.background, "bordercolor": theme.muted, "font": type_, "align": "left"}
    return {
        "template": {}, "height": height, "autosize": True, "margin": {"l": 12, "r": 12, "t": 12, "b": 8},
        "paper_bgcolor": clear, "plot_bgcolor": clear, "font": type_, "hoverlabel": card,
        "legend": {
            "orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom", "bgcolor": clear,
            "font": {"size": 14, "weight": 600}, "itemwidth": 44,
        },
        "modebar": {
            "bgcolor": clear, "color": theme.muted, "activecolor": theme.accent,
            "remove": ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
        },
        "hovermode": "closest", "dragmode": "zoom",
        "uirevision": "kept",  # new data leave the zoom and the legend as the person set them
        **more,
    }  # fmt: skip


def figure(traces: Sequence[Any], layout: Mapping[str, Any]) -> go.Figure:
    """Return a figure of traces and a layout, which are taken as they are.

    Plotly's checking takes longer than all else that Python does for a picture; the tests do it instead.
    """
    return unchecked(_listed(_layered(traces)), _listed(layout))


def _layered(traces: Sequence[Any]) -> list[dict[str, Any]]:
    """The traces in the order of their `zorder`, and the legend in the order in which they were given.

    Plotly would draw each level as a picture of its own, half as slow again; below 0 it has to, for
    there a line lies beneath a map.
    """
    levels = [trace.get("zorder", 0) for trace in traces]
    if levels == sorted(levels):
        order, ranked = range(len(traces)), traces
    else:
        order = sorted(range(len(traces)), key=levels.__getitem__)
        ranked = [trace | {"legendrank": 1000 + i} for i, trace in enumerate(traces)]
    return [
        {name: value for name, value in ranked[i].items() if name != "zorder" or levels[i] < 0} for i in order
    ]


def _listed(part: Any) -> Any:
    """The same with lists for tuples, which the figure's own methods could not change later."""
    if isinstance(part, dict):
        return {name: _listed(value) for name, value in part.items()}
    return [_listed(value) for value in part] if isinstance(part, (list, tuple)) else part
