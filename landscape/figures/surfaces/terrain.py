"""A surface in three dimensions: height and colour are the loss on the relief's scale, holes stay open."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.notation import plain, say
from landscape.figures.planes.annotations import axis_titles, beneath, ground_hover, marks_of
from landscape.figures.races.runs import Run, Runs, parameters_of, runs_of
from landscape.figures.surfaces.routes import Projected, route_hover, route_of, told_of
from landscape.figures.surfaces.shading import colour_bar, colour_scale
from landscape.figures.theme import figure, frame
from landscape.geometry.grids.grid import Grid
from landscape.geometry.projected_path import Frame, window_of
from landscape.look.palette import Theme, theme_of
from landscape.look.scale import LossScale, loss_scale
from landscape.look.strokes import TERRAIN

HEIGHT = 0.46  # the terrain's height on a base of [-1, 1]^2
LIFT = 0.006  # how far paths float above it, so that the surface does not swallow them

# In three dimensions a dash is as long as Plotly likes, so paths are solid, and some markers have stand-ins.
BELOW = {"orientation": "h", "len": 0.6, "y": 0.02, "yanchor": "top", "title_side": "top"}
SHAPES = {
    "triangle-up": "square-open",
    "triangle-down": "diamond-open",
    "hexagon": "circle-open",
    "star": "x",
}


def terrain(
    grid: Grid,
    paths: Runs = (),
    *,
    theme: Theme | str = "light",
    words: Mapping[str, str] | None = None,
    saddles: Iterable[Sequence[float] | np.ndarray] = (),
    metric: str = "loss",
) -> go.Figure:
    """Draw a surface, or a plane of many parameters, in three dimensions with the paths of runs on it.

    Paths are cut at the frame. In a plane they are projected and laid on it, whatever their own loss.

    Args:
        grid: losses at (a[i], b[j]).
        paths: runs of two parameters, or of the plane's: a dictionary or list of trajectories, fits, lists
            of checkpoints or trees of (rows, ...) parameters, or a single one.
        theme: a theme or its name.
        words: translated text for "step" and "loss"; in a plane also "direction_1", "direction_2", "off".
        saddles: known saddles, (x, y) or (x, y, loss); with a loss, a band ends at it.
        metric: "loss", or "accuracy" where the grid holds shares from 0 to 1: deep is dark is good.

    Raises:
        ValueError: when the grid is of one parameter, or a path not of two, nor of the plane's.
    """
    if grid.loss.shape[1] < 2:
        raise ValueError("a terrain needs a grid of two parameters; this one is a curve")
    theme = theme_of(theme)
    scale = loss_scale(grid.loss, [point[2] for point in saddles if len(point) > 2], metric)
    window = window_of(grid)
    traces = [_surface(grid, scale, theme, words)]
    for run in runs_of(paths, parameters_of(grid)):
        traces += _path(run, grid, scale, window, theme, words)
    traces += _marks(grid, scale, theme)
    across, up = axis_titles(grid.plane, words)
    plain_axis = {
        "showbackground": False, "gridcolor": theme.line, "zeroline": False, "showspikes": False, "nticks": 6,
        "hoverformat": ".4~g",
        "tickfont": {"size": 13, "color": theme.muted}, "color": theme.muted,
    }  # fmt: skip
    scene = {
        "xaxis": plain_axis | {"range": window[0], "title": {"text": across}},
        "yaxis": plain_axis | {"range": window[1], "title": {"text": up}},
        "zaxis": plain_axis | {"range": [0, HEIGHT], "visible": False},
        "aspectmode": "manual", "aspectratio": {"x": 1, "y": 1, "z": HEIGHT / 2},
        "camera": {"eye": _eye(38, 40, 1.85), "center": {"x": 0, "y": 0, "z": -0.06}},
        "dragmode": "turntable", "domain": {"x": [0, 1], "y": [0.1, 1]}, "uirevision": "kept",
    }  # fmt: skip
    return figure(traces, frame(theme, 520, scene=scene))


def _eye(azimuth: float, elevation: float, distance: float) -> dict[str, float]:
    """The camera's place; the corner of least x and least y is near."""
    turn, rise = np.radians([azimuth, elevation])
    flat = distance * np.cos(rise)
    place = (-flat * np.sin(turn), -flat * np.cos(turn), distance * np.sin(rise))
    return {axis: float(value) for axis, value in zip("xyz", place, strict=True)}


def _surface(grid: Grid, scale: LossScale, theme: Theme, words: Mapping[str, str] | None) -> dict[str, Any]:
    """The lit surface; a cell without a loss is a hole."""
    told = ground_hover(scale, grid, words)
    t = np.asarray(scale.t(grid.loss))
    return {
        "type": "surface", "x": grid.a, "y": grid.b, "customdata": grid.loss.T, "hovertemplate": told,
        "z": (HEIGHT * t).astype(np.float32).T, "connectgaps": False,
        "surfacecolor": scale.painted(t, TERRAIN).astype(np.float32).T, "cmin": 0, "cmax": 1,
        "colorscale": colour_scale(theme), "showscale": bool(scale.levels),
        "colorbar": colour_bar(scale, theme, say(words, scale.metric)) | BELOW,
        "lighting": {
            "ambient": theme.ambient, "diffuse": theme.diffuse, "specular": 0, "fresnel": 0, "roughness": 1,
        },
        "lightposition": {"x": -62_000, "y": 35_000, "z": 90_000},
    }  # fmt: skip


def _path(
    run: Run, grid: Grid, scale: LossScale, window: Frame, theme: Theme, words: Mapping[str, str] | None
) -> list[dict[str, Any]]:
    """A run's path, cut at the frame, on its casing, and its head."""
    slot, route = theme.slot(run.slot), route_of(run, grid.plane)
    laid = isinstance(route, Projected) | np.isnan(route.loss)
    loss = np.where(laid, beneath(grid, route.points), route.loss)
    height = np.where(route.inside(window), HEIGHT * np.asarray(scale.t(loss)), np.nan)
    x, y = route.points.T
    told = told_of(route)
    same = {
        "type": "scatter3d", "name": plain(run.name), "legendgroup": f"slot {run.slot}",
        "line": {"color": slot.line, "width": 6}, "hovertemplate": route_hover(words, route),
    }  # fmt: skip
    path = {"x": x, "y": y, "mode": "lines", "showlegend": False}
    casing = {"color": theme.casing, "width": 11}
    head = {"symbol": SHAPES.get(slot.marker, slot.marker), "size": 7, "color": slot.line}
    ends = {"mode": "lines+markers", "marker": head, "customdata": told[-1:]}
    return [
        {**same, **path, "z": height + LIFT / 2, "line": casing, "hovertemplate": None, "hoverinfo": "skip"},
        {**same, **path, "z": height + LIFT, "customdata": told},
        {**same, **ends, "x": x[-1:], "y": y[-1:], "z": height[-1:] + LIFT},
    ]


def _marks(grid: Grid, scale: LossScale, theme: Theme) -> list[dict[str, Any]]:
    """The solutions that a plane was laid through, each with its letter."""
    if not (marks := marks_of(grid.plane)):
        return []
    names, points = [name for name, _ in marks], np.stack([point for _, point in marks])
    look = {"symbol": "diamond-open", "size": 6, "color": theme.ink, "line": {"width": 3}}
    return [
        {
            "type": "scatter3d", "x": points[:, 0], "y": points[:, 1], "text": names, "marker": look,
            "z": HEIGHT * np.asarray(scale.t(beneath(grid, points))) + 5 * LIFT, "mode": "markers+text",
            "textfont": {"size": 14, "color": theme.ink}, "hoverinfo": "text", "showlegend": False,
        }
    ]  # fmt: skip
