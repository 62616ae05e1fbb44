"""Arrows and points on a contour picture, true to scale: a step and the parts it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.contour import contour
from landscape.figures.notation import plain
from landscape.geometry.grid import Grid
from landscape.palette import Theme, theme_of

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
    theme = theme_of(theme)
    figure = contour(grid, theme=theme, minima=minima)
    for width, tint in ((5.5, theme.casing), (2, theme.muted)):
        line = {"color": tint, "width": width}
        figure.add_scatter(
            x=trail[:, 0], y=trail[:, 1], mode="lines+markers", line=line, marker={"size": 5, "color": tint},
            showlegend=False, hoverinfo="skip", zorder=2,
        )  # fmt: skip
    for arrow in arrows:
        _draw(figure, arrow, theme)
    for spot in spots:
        _mark(figure, spot, theme)
    return figure.update_layout(height=height, legend_itemwidth=30)


def _draw(figure: go.Figure, arrow: Arrow, theme: Theme) -> None:
    """The shaft, named in the legend, and a head at its tip."""
    colour = theme.slot(arrow.slot).line if arrow.slot else theme.ink
    x, y = (np.array([arrow.tail[i], arrow.tip[i]], float) for i in (0, 1))
    for width, tint in ((7, theme.casing), (3.5, colour)):
        own = tint == colour
        figure.add_scatter(
            x=x, y=y, mode="lines", name=plain(arrow.text), showlegend=own, legendgroup=arrow.text, zorder=5,
            line={"color": tint, "width": width, "dash": "7px,5px" if own and arrow.dashed else "solid"},
            hovertemplate="%{fullData.name}<extra></extra>" if own else None,
            hoverinfo=None if own else "skip",
        )  # fmt: skip
    if np.hypot(np.diff(x), np.diff(y))[0] > 0:
        place: dict[str, Any] = {"ax": x[0], "ay": y[0], "axref": "x", "ayref": "y", "x": x[1], "y": y[1]}
        head = {
            "arrowhead": 2,
            "arrowsize": 1.1,
            "arrowwidth": 3.5,
            "arrowcolor": colour,
            "showarrow": True,
            "standoff": 6,
        }
        share = 0.75  # the annotation draws the head with the end of the shaft; the line below is the dashes
        place |= {"ax": x[0] + share * (x[1] - x[0]), "ay": y[0] + share * (y[1] - y[0])}
        figure.add_annotation(**place, **head, text="")


def _mark(figure: go.Figure, spot: Spot, theme: Theme) -> None:
    """A marker and its name beside it."""
    slot = theme.slot(spot.slot) if spot.slot else None
    colour = slot.line if slot else theme.ink
    shape = (slot.marker if slot else "circle") + ("-open" if spot.hollow else "")
    for size, tint, width in ((17, theme.casing, 5), (13, colour, 2.5)):
        figure.add_scatter(
            x=[float(spot.place[0])], y=[float(spot.place[1])], mode="markers", showlegend=False, zorder=6,
            name=plain(spot.text), hovertemplate="%{fullData.name}<br>%{x:.4~g}, %{y:.4~g}<extra></extra>",
            marker={"symbol": shape, "size": size, "color": tint, "line": {"color": tint, "width": width}},
        )  # fmt: skip
    figure.add_annotation(
        x=float(spot.place[0]), y=float(spot.place[1]), text=plain(spot.text), showarrow=False, yshift=23,
        font={"size": 14, "weight": 600, "color": slot.text if slot else theme.ink},
        bgcolor=theme.casing, opacity=0.9, borderpad=1,
    )  # fmt: skip
