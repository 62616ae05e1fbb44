"""A surface from above: banded colour, contour lines with their values, holes hatched, paths on top."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.notation import hover, say
from landscape.figures.planes.annotations import axis_titles, ground_hover, marks_of
from landscape.figures.races.runs import Run, Runs, parameters_of, runs_of
from landscape.figures.surfaces.routes import draw_route, route_of
from landscape.figures.surfaces.shading import colour, colour_scale, hatched
from landscape.figures.theme import Drawing, axis, figure, frame
from landscape.geometry.grids.grid import Grid
from landscape.geometry.grids.isolines import isolines
from landscape.geometry.projected_path import Frame, window_of
from landscape.look.palette import LIGHT, Theme, theme_of
from landscape.look.scale import Level, LossScale, loss_scale
from landscape.look.strokes import ISOLINES, PLANE

Point = Sequence[float] | np.ndarray
BREAK = np.full((1, 2), np.nan)  # between two lines of one trace
CLEAR = 0.07  # free space around a label, in heights of the picture
WIDE = 1.6  # the picture's usual width, in its heights


def contour(
    grid: Grid,
    paths: Runs = (),
    *,
    theme: Theme | str = "light",
    words: Mapping[str, str] | None = None,
    start: Point | None = None,
    minima: Iterable[Point] = (),
    saddles: Iterable[Point] = (),
    metric: str = "loss",
) -> go.Figure:
    """Draw a surface from above, or a plane of many parameters, with the paths of runs on it.

    In a plane paths are projected onto it; pointing at them tells how far off it they are. Solutions that
    it was laid through are marked A, B, C.

    Args:
        grid: losses at (a[i], b[j]).
        paths: runs of two parameters, or of the plane's: a dictionary or list of trajectories, fits, lists
            of checkpoints or trees of (rows, ...) parameters, or a single one.
        theme: a theme or its name.
        words: translated text for "step", "loss", "start", "minimum", "saddle", "constant" and "left_at"
            (with {name} and {step}); in a plane also "direction_1", "direction_2" and "off".
        start: where the runs begin, (x, y).
        minima: known minima, (x, y) or (x, y, loss).
        saddles: known saddles, (x, y) or (x, y, loss); with a loss, the line through it is drawn.
        metric: "loss", or "accuracy" where the grid holds shares from 0 to 1: deep is dark is good.

    Raises:
        ValueError: when the grid is of one parameter, or a path not of two, nor of the plane's.
    """
    runs = runs_of(paths, parameters_of(grid))
    return figure(*drawing(grid, runs, theme_of(theme), words, start, minima, list(saddles), metric))


def drawing(
    grid: Grid, runs: Sequence[Run] = (), theme: Theme = LIGHT, words: Mapping[str, str] | None = None,
    start: Point | None = None, minima: Iterable[Point] = (), saddles: Sequence[Point] = (),
    metric: str = "loss",
) -> Drawing:  # fmt: skip
    """Return the traces and the layout of `contour`, for pictures that add to them."""
    if grid.loss.shape[1] < 2:
        raise ValueError("a contour picture needs a grid of two parameters; this one is a curve")
    scale = loss_scale(grid.loss, [point[2] for point in saddles if len(point) > 2], metric)
    window, routes = window_of(grid), [route_of(run, grid.plane) for run in runs]
    lines, labels = _lines(grid, scale, window, [route.points for route in routes], theme)
    traces = [*_ground(grid, scale, window, theme, words), *lines]
    for point in minima:
        traces += _landmark(point, "circle-cross-open", 16, say(words, "minimum"), theme, words)
    for point in saddles:
        traces += _landmark(point, "x-thin", 11, say(words, "saddle"), theme, words)
    for run, route in zip(runs, routes, strict=True):
        traces += draw_route(run, route, window, theme, words)
    for name, point in marks_of(grid.plane):
        traces += _landmark(point, "diamond-open", 13, name, theme, words)
        labels.append(_letter(name, point, theme))
    if start is not None:
        traces += _landmark(start, "circle-open-dot", 14, say(words, "start"), theme, words)
    if scale.kind == "constant":
        place = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False}
        labels.append({"text": say(words, "constant"), **place})
    across, up = axis_titles(grid.plane, words)
    x = axis(theme, title=across, range=window[0], ticks="outside", showgrid=False)
    y = axis(theme, title=up, range=window[1], ticks="outside", showgrid=False)
    return traces, frame(theme, 460, xaxis=x, yaxis=y, annotations=labels)


def _ground(
    grid: Grid, scale: LossScale, window: Frame, theme: Theme, words: Mapping[str, str] | None
) -> list[dict[str, Any]]:
    """The coloured bands, seven parts in twenty of them following the height within the band."""
    t = np.asarray(scale.t(grid.loss), np.float32)
    told = ground_hover(scale, grid, words)
    traces = [hatched(*window, theme.hole, theme.hatch)] if np.isnan(t).any() else []
    traces.append(
        {
            "type": "heatmap", "x": grid.a, "y": grid.b, "z": t.T, "customdata": grid.loss.T,
            "zmin": 0, "zmax": 1, "zsmooth": "fast", "colorscale": colour_scale(theme), "showscale": False,
            "hoverongaps": False, "hovertemplate": told,
        }
    )  # fmt: skip
    if count := len(scale.levels):
        # On this scale the levels are 1, 2, 3 ..., which Plotly can follow.
        rank = np.interp(t, scale.edges, np.arange(count + 2)).astype(np.float32)
        bands = [[k / count, colour(theme, middle)] for k, middle in enumerate(scale.centres)]
        traces.append(
            {
                "type": "contour", "x": grid.a, "y": grid.b, "z": rank.T, "colorscale": bands,
                "contours": {"start": 1, "end": count, "size": 1, "coloring": "fill"}, "line": {"width": 0},
                "opacity": PLANE, "autocontour": False, "showscale": False, "hoverinfo": "skip",
            }
        )  # fmt: skip
    return traces


def _lines(
    grid: Grid, scale: LossScale, window: Frame, routes: list[np.ndarray], theme: Theme
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The contour lines of each kind as one trace, and the values beside the marked ones."""
    t = np.asarray(scale.t(grid.loss))
    lines = {level: isolines(grid.a, grid.b, t, level.t) for level in scale.levels}
    traces = []
    for kind, stroke in ISOLINES.items():
        drawn = [line for level, lines in lines.items() if level.kind == kind for line in lines]
        if drawn:
            x, y = np.concatenate([piece for line in drawn for piece in (line, BREAK)]).astype(np.float32).T
            look = {"color": theme.isoline, "width": stroke.width, "dash": stroke.dash}
            traces.append(
                {
                    "type": "scatter", "x": x, "y": y, "mode": "lines", "line": look,
                    "opacity": stroke.opacity, "hoverinfo": "skip", "showlegend": False, "zorder": 1,
                }
            )  # fmt: skip
    taken = [_in_heights(points, window) for points in routes]
    marked = [(level, lines[level]) for level in scale.levels if level.kind != "normal" and lines[level]]
    labels = [_label(level, pieces, window, taken, theme) for level, pieces in marked]
    return traces, [label for label in labels if label is not None]


def _label(
    level: Level, lines: list[np.ndarray], window: Frame, taken: list[np.ndarray], theme: Theme
) -> dict[str, Any] | None:
    """A level's value on its longest line, farthest from all else; nothing where all is full."""
    line = max(lines, key=lambda line: np.hypot(*np.diff(_in_heights(line, window), axis=0).T).sum())
    spots = _in_heights(line, window)
    room = np.min(np.stack([spots, [WIDE, 1.0] - spots]), axis=(0, 2))
    for other in taken:
        distance = np.hypot(*(spots[:, None] - other[None]).transpose(2, 0, 1))
        room = np.minimum(room, distance.min(axis=1, initial=np.inf))
    best = int(np.argmax(room))
    if room[best] < CLEAR:
        return None
    taken.append(spots[best : best + 1])
    return {
        "x": float(line[best, 0]), "y": float(line[best, 1]), "text": level.label, "showarrow": False,
        "borderpad": 0, "bgcolor": colour(theme, level.t), "opacity": 0.85,
        "font": {"size": 12.5, "weight": 600, "color": theme.isoline},
    }  # fmt: skip


def _in_heights(points: np.ndarray, window: Frame) -> np.ndarray:
    """Points in units of the picture's height."""
    low, high = np.array(window).T
    return (points - low) / (high - low) * [WIDE, 1.0]


def _landmark(
    point: Point, symbol: str, size: float, name: str, theme: Theme, words: Mapping[str, str] | None
) -> list[dict[str, Any]]:
    """A marker in ink on a casing, named when pointed at."""
    shape = {"symbol": symbol, "size": size}
    told = f"{name}<br>{hover(words, ('x', '%{x}'), ('y', '%{y}'))}"
    return [
        {
            "type": "scatter", "x": [float(point[0])], "y": [float(point[1])], "mode": "markers",
            "marker": shape | {"color": tint, "line": {"width": width, "color": tint}},
            "hovertemplate": told, "showlegend": False, "zorder": 4,
        }
        for width, tint in ((6, theme.casing), (2.25, theme.ink))
    ]  # fmt: skip


def _letter(name: str, point: Point, theme: Theme) -> dict[str, Any]:
    """The name beside a marked solution."""
    font = {"size": 14, "weight": 600, "color": theme.ink}
    at = {"x": float(point[0]), "y": float(point[1]), "xanchor": "left", "xshift": 11, "borderpad": 1}
    return {"text": name, "showarrow": False, "font": font, "bgcolor": theme.casing, "opacity": 0.9, **at}
