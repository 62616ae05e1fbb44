"""Named lines over one axis, in stacked panels, with borders and marks: the plain chart of the lessons."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.axes import nth, shown, stacked, value_axis
from landscape.figures.notation import plain
from landscape.figures.races.runs import thin
from landscape.figures.theme import axis, figure, frame
from landscape.look.palette import Theme, theme_of

INK = 0
HEAD, ROW = 26, 17  # px above a panel for the names of its upright borders, and for a second row of them
CLEAR = 8  # px between a level border and its name where markers may lie on the border


@dataclass(frozen=True, eq=False)
class Series:
    """One line.

    Attributes:
        name: in the legend; a name that came before is not repeated there.
        slot: the runner's slot, from 1; `INK` (0) for what belongs to no runner.
        x, y: its points; those that an axis cannot show leave gaps.
        kind: "line", "bars", "points", or "theory" (a dashed line in ink, which a prediction is).
    """

    name: str
    slot: int
    x: Any
    y: Any
    kind: str = "line"


@dataclass(frozen=True)
class Mark:
    """A border across a panel, with its name.

    Attributes:
        value: where it lies.
        text: its name.
        axis: "x" for an upright line, "y" for a level one.
    """

    value: float
    text: str
    axis: str = "x"


@dataclass(frozen=True, eq=False)
class Panel:
    """One pair of axes.

    Attributes:
        title: of its upright axis.
        lines: what it shows.
        log: whether its values are logarithmic.
        marks: borders across it.
        span: where its axis begins and ends, if that is not left to the values.
    """

    title: str
    lines: Sequence[Series]
    log: bool = False
    marks: Sequence[Mark] = field(default_factory=tuple)
    span: tuple[float, float] | None = None


def series(
    panels: Sequence[Panel], title: str, theme: Theme | str = "light", *, log: bool = False, height: int = 340
) -> go.Figure:
    """Draw panels of lines above one shared axis.

    Args:
        panels: from the top.
        title: of the shared axis.
        theme: a theme or its name.
        log: whether the shared axis is logarithmic.
        height: in px.
    """
    theme = theme_of(theme)
    traces: list[dict[str, Any]] = []
    shapes, notes, axes, named = [], [], {}, set()
    domains, late = stacked([1.0] * len(panels), 0.12), _last_third(panels, log)
    for number, (panel, domain) in enumerate(zip(panels, domains, strict=True)):
        suffix = nth(number)
        for line in panel.lines:
            traces.append(trace(line, panel.log, log, theme, f"y{suffix}", line.name not in named))
            named.add(line.name)
        upright = 0
        for mark in panel.marks:
            shapes.append(_border(mark, suffix, theme))
            name = _name(mark, suffix, theme, log if mark.axis == "x" else panel.log, mark.value > late)
            if mark.axis == "x":
                name["yshift"] = ROW * (upright % 2)
                upright += bool(mark.text)
            elif any(map(_marked, panel.lines)):
                name["yshift"] = CLEAR
            notes.append(name)
        values = np.concatenate([panel.span or (), *(np.ravel(line.y) for line in panel.lines)]).astype(float)
        low, high = domain
        above = (HEAD + ROW * (upright > 1)) / height if upright else 0.0
        made = value_axis(theme, panel.title, values, panel.log) | {"domain": [low, high - above]}
        if panel.span:
            made["range"] = [float(v) for v in (np.log10(panel.span) if panel.log else panel.span)]
        axes[f"yaxis{suffix}"] = made
    below = axis(theme, title=title, showgrid=False, anchor=f"y{suffix}")
    if log:
        below |= {"type": "log", "dtick": 1, "tickfont": below["tickfont"] | {"size": 11}}
    look = {"shapes": shapes, "annotations": notes, "barmode": "overlay", "bargap": 0.1}
    return figure(traces, frame(theme, height, xaxis=below, **axes, **look))


def trace(line: Series, log: bool, log_x: bool, theme: Theme, to: str, first: bool) -> dict[str, Any]:
    """The Plotly trace of one line, on the upright axis `to`; `first` puts it into the legend."""
    slot = theme.slot(line.slot) if line.slot else None
    colour = slot.line if slot else theme.ink
    x, y = np.asarray(line.x, float), np.asarray(line.y, float)
    y = np.where(shown(y, log) & shown(x, log_x), y, np.nan)
    kept = thin(y)
    made = {
        "name": plain(line.name), "legendgroup": line.name, "showlegend": first and bool(line.name),
        "yaxis": to, "x": x[kept], "y": y[kept],
        "hovertemplate": "%{fullData.name}<br>%{x:.4~g} · %{y:.4~g}<extra></extra>",
    }  # fmt: skip
    if line.kind == "bars":
        return made | {"type": "bar", "marker": {"color": colour, "opacity": 0.75, "line": {"width": 0}}}
    if line.kind == "points":
        symbol = {"symbol": slot.marker, "size": slot.size} if slot else {"symbol": "circle", "size": 11}
        look = {"marker": symbol | {"color": colour, "line": {"width": 2, "color": theme.casing}}}
        return made | {"type": "scatter", "mode": "markers", "cliponaxis": False} | look
    theory = line.kind == "theory"
    dash = "6px,4px" if theory else slot.dash if slot else "solid"
    stroke = {"color": theme.muted if theory else colour, "width": 2.0 if theory else 2.5, "dash": dash}
    return made | {"type": "scatter", "mode": "lines", "line": stroke}


def _last_third(panels: Sequence[Panel], log: bool) -> float:
    """Where the last third of the shared axis begins: a name that stands there has no room to its right."""
    lines = (np.ravel(line.x) for panel in panels for line in panel.lines)
    places = np.concatenate([(), *lines]).astype(float)
    places = places[shown(places, log)]
    if not places.size:
        return np.inf
    low, high = places.min(), places.max()
    return float(low ** (1 / 3) * high ** (2 / 3) if log else low + (high - low) * 2 / 3)


def _marked(line: Series) -> bool:
    return line.kind == "points"


def _border(mark: Mark, suffix: str, theme: Theme) -> dict[str, Any]:
    """The line of a mark."""
    stroke = {"color": theme.muted, "width": 1.5, "dash": "4px,4px"}
    across = {"type": "line", "line": stroke, "xref": "x", "yref": f"y{suffix} domain"}
    if mark.axis == "x":
        return across | {"x0": mark.value, "x1": mark.value, "y0": 0, "y1": 1}
    return across | {
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": f"y{suffix}",
        "y0": mark.value,
        "y1": mark.value,
    }


def _name(mark: Mark, suffix: str, theme: Theme, log: bool, late: bool) -> dict[str, Any]:
    """The name at the line of a mark: on top of an upright one, where no curve runs, to the left if it stands
    late on the axis; above the right end of a level one. Annotations count in powers where the axis does."""
    value = float(np.log10(mark.value)) if log else mark.value
    font = {"size": 13, "weight": 600, "color": theme.muted}
    text = {"text": plain(mark.text), "showarrow": False, "font": font, "borderpad": 2, "yanchor": "bottom"}
    if mark.axis == "x":
        side = "right" if late else "left"
        return text | {"xref": "x", "x": value, "yref": f"y{suffix} domain", "y": 1, "xanchor": side}
    place = {"xref": "paper", "x": 1, "xanchor": "right", "yref": f"y{suffix}", "y": value}
    return text | place | {"bgcolor": theme.background}
