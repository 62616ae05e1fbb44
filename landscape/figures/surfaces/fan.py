"""Many arrows from one point of a surface, and among them the one they scatter around."""

import numpy as np
import plotly.graph_objects as go
from jaxtyping import Float

from landscape.figures.notation import plain
from landscape.figures.surfaces.vectors import Arrow, Spot, scene
from landscape.figures.theme import axis, figure, frame
from landscape.geometry.grids.grid import Grid
from landscape.look.palette import Theme, theme_of


def fan(
    grid: Grid,
    at: Float[np.ndarray, "2"],
    moves: Float[np.ndarray, "count 2"],
    arrows: list[Arrow],
    name: str,
    slot: int,
    theme: Theme | str = "light",
    *,
    minimum: np.ndarray,
    height: int = 400,
) -> go.Figure:
    """Draw many thin arrows from one point under a few named ones.

    Args:
        grid: the surface; its ends bound the picture.
        at: (2,), where all begin.
        moves: (count, 2), where each leads, from there.
        arrows: named ones, drawn above.
        name: of the thin ones.
        slot: their colour.
        theme: a theme or its name.
        minimum: the surface's.
        height: in px.
    """
    theme = theme_of(theme)
    traces, layout = scene(grid, at[None], arrows, [Spot(at, "w", 1)], theme, [minimum], height)
    tips = at + moves
    gaps = np.full(len(moves), np.nan)
    rays = np.stack([np.stack([np.full(len(moves), at[i]), tips[:, i], gaps], axis=1) for i in (0, 1)])
    colour = theme.slot(slot).line
    traces += [
        {
            "type": "scatter", "x": rays[0].ravel(), "y": rays[1].ravel(), "mode": "lines",
            "line": {"color": tint, "width": width}, "opacity": opacity, "name": plain(name),
            "hoverinfo": "skip", "showlegend": tint == colour, "zorder": 3,
        }
        for width, tint, opacity in ((3.2, theme.casing, 0.35), (1.4, colour, 0.65))
    ]  # fmt: skip
    ends = {
        "type": "scatter", "x": tips[:, 0], "y": tips[:, 1], "mode": "markers", "name": plain(name),
        "marker": {"size": 5, "color": colour, "line": {"width": 0.5, "color": theme.casing}},
        "hovertemplate": "%{fullData.name}<br>%{x:.3~g}, %{y:.3~g}<extra></extra>",
        "showlegend": False, "zorder": 4,
    }  # fmt: skip
    return figure([*traces, ends], layout)


def points_and_line(
    points: Float[np.ndarray, "n 2"],
    line: tuple[float, float],
    chosen: int,
    titles: tuple[str, str],
    names: tuple[str, str, str],
    theme: Theme | str = "light",
    *,
    height: int = 250,
) -> go.Figure:
    """Draw points to click, one of them chosen with its distance to a straight line.

    Args:
        points: (n, 2).
        line: its height at 0 and its slope.
        chosen: which point.
        titles: of the two axes.
        names: of the points, the line and the chosen point.
        theme: a theme or its name.
        height: in px.
    """
    theme = theme_of(theme)
    ends = np.array([points[:, 0].min(), points[:, 0].max()])
    x, y = points[chosen]
    blue = theme.slot(2)
    return figure(
        [
            {
                "type": "scatter", "x": ends, "y": line[0] + line[1] * ends, "mode": "lines",
                "name": names[1], "line": {"color": theme.ink, "width": 2.5}, "hoverinfo": "skip",
            },
            {
                "type": "scatter", "x": [x, x], "y": [y, line[0] + line[1] * x], "mode": "lines",
                "line": {"color": blue.line, "width": 2.5}, "hoverinfo": "skip", "showlegend": False,
            },
            {
                "type": "scatter", "x": points[:, 0], "y": points[:, 1], "mode": "markers", "name": names[0],
                "marker": {"color": theme.slot(3).line, "size": 9,
                           "line": {"width": 1, "color": theme.casing}},
                "hovertemplate": "%{x:.3~g}, %{y:.3~g}<extra></extra>",
            },
            {
                "type": "scatter", "x": [x], "y": [y], "mode": "markers", "name": names[2],
                "hoverinfo": "skip",
                "marker": {"symbol": blue.marker, "color": blue.line, "size": 13,
                           "line": {"width": 2, "color": theme.casing}},
            },
        ],
        frame(
            theme, height, xaxis=axis(theme, title=titles[0]), yaxis=axis(theme, title=titles[1]),
            dragmode=False,
        ),
    )  # fmt: skip
