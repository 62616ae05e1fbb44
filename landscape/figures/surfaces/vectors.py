"""Arrows and points on a contour picture, true to scale: a step and the parts it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.notation import plain
from landscape.figures.surfaces.contour import drawing
from landscape.figures.theme import Drawing, figure
from landscape.geometry.grids.grid import Grid
from landscape.look.palette import Theme, theme_of
from landscape.look.strokes import CASING

Place = Sequence[float] | np.ndarray


@dataclass(frozen=True, eq=False)
class Arrow:
    """An arrow from one point to another, in the colour of a slot (0 is ink); dashed where it is no move."""

    tail: Place
    tip: Place
    text: str
    slot: int
    dashed: bool = False


@dataclass(frozen=True, eq=False)
class Spot:
    """A point with its name, in the shape and colour of a slot (0 is ink); hollow where nothing stands."""

    place: Place
    text: str
    slot: int
    hollow: bool = False


def vectors(
    grid: Grid, trail: np.ndarray, arrows: Sequence[Arrow], spots: Sequence[Spot],
    theme: Theme | str = "light", *, minima: Sequence[Place] = (), height: int = 430,
) -> go.Figure:  # fmt: skip
    """Draw arrows on a surface from above.

    Args:
        grid: the surface; its ends bound the picture.
        trail: (rows, 2), the way to the first arrow.
        arrows: drawn in their order.
        spots: named points.
        theme: a theme or its name.
        minima: known minima.
        height: in px.
    """
    return figure(*scene(grid, trail, arrows, spots, theme_of(theme), minima, height))


def scene(
    grid: Grid, trail: np.ndarray, arrows: Sequence[Arrow], spots: Sequence[Spot], theme: Theme,
    minima: Sequence[Place], height: int,
) -> Drawing:  # fmt: skip
    """Return the traces and the layout of `vectors`, for pictures that add to them."""
    traces, layout = drawing(grid, theme=theme, minima=minima)
    notes = layout["annotations"]
    for width, tint in ((CASING, theme.casing), (2, theme.muted)):
        traces.append(
            {
                "type": "scatter", "x": trail[:, 0], "y": trail[:, 1], "mode": "lines+markers",
                "line": {"color": tint, "width": width}, "marker": {"size": 5, "color": tint},
                "showlegend": False, "hoverinfo": "skip", "zorder": 2,
            }
        )  # fmt: skip
    for arrow in arrows:
        traces += _shaft(arrow, theme)
        if not np.array_equal(arrow.tail, arrow.tip):
            notes.append(_head(arrow, theme))
    for spot in spots:
        traces += _marker(spot, theme)
        notes.append(_name(spot, theme))
    return traces, layout | {"height": height, "legend": layout["legend"] | {"itemwidth": 30}}


def _colour(slot: int, theme: Theme) -> str:
    return theme.slot(slot).line if slot else theme.ink


def _shaft(arrow: Arrow, theme: Theme) -> list[dict[str, Any]]:
    """The line of an arrow on its casing, named in the legend."""
    colour = _colour(arrow.slot, theme)
    x, y = (np.array([arrow.tail[i], arrow.tip[i]], float) for i in (0, 1))
    same = {
        "type": "scatter", "x": x, "y": y, "mode": "lines", "name": plain(arrow.text),
        "legendgroup": arrow.text, "zorder": 5,
    }  # fmt: skip
    line = {"color": colour, "width": 3.5, "dash": "7px,5px" if arrow.dashed else "solid"}
    casing = {"color": theme.casing, "width": 7}
    return [
        {**same, "line": casing, "showlegend": False, "hoverinfo": "skip"},
        {**same, "line": line, "hovertemplate": "%{fullData.name}<extra></extra>"},
    ]


def _head(arrow: Arrow, theme: Theme) -> dict[str, Any]:
    """The head of an arrow, drawn with the end of the shaft; what lies before that may be dashed."""
    share = 0.75
    (x, y), (left, low) = arrow.tip, arrow.tail
    return {
        "ax": left + share * (x - left), "ay": low + share * (y - low), "axref": "x", "ayref": "y",
        "x": x, "y": y, "arrowhead": 2, "arrowsize": 1.1, "arrowwidth": 3.5, "text": "", "showarrow": True,
        "arrowcolor": _colour(arrow.slot, theme), "standoff": 6,
    }  # fmt: skip


def _marker(spot: Spot, theme: Theme) -> list[dict[str, Any]]:
    """A marker on its casing."""
    colour = _colour(spot.slot, theme)
    shape = (theme.slot(spot.slot).marker if spot.slot else "circle") + ("-open" if spot.hollow else "")
    return [
        {
            "type": "scatter", "x": [float(spot.place[0])], "y": [float(spot.place[1])], "mode": "markers",
            "marker": {"symbol": shape, "size": size, "color": tint, "line": {"color": tint, "width": width}},
            "name": plain(spot.text), "showlegend": False, "zorder": 6,
            "hovertemplate": "%{fullData.name}<br>%{x:.4~g}, %{y:.4~g}<extra></extra>",
        }
        for size, tint, width in ((17, theme.casing, 5), (13, colour, 2.5))
    ]  # fmt: skip


def _name(spot: Spot, theme: Theme) -> dict[str, Any]:
    """The name above a marker."""
    colour = theme.slot(spot.slot).text if spot.slot else theme.ink
    return {
        "x": float(spot.place[0]), "y": float(spot.place[1]), "text": plain(spot.text), "showarrow": False,
        "yshift": 23, "font": {"size": 14, "weight": 600, "color": colour},
        "bgcolor": theme.casing, "opacity": 0.9, "borderpad": 1,
    }  # fmt: skip
