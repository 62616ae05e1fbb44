"""Paths on a contour picture: a dashed line on an unbroken casing, its head, and where it left the frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from landscape.figures.notation import hover, plain, say
from landscape.figures.runs import Run, thin
from landscape.figures.theme import Theme
from landscape.geometry.grid import Grid

Frame = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Route:
    """A run's live points: steps (rows,), points (rows, 2) and losses (rows,)."""

    steps: np.ndarray
    points: np.ndarray
    loss: np.ndarray

    def inside(self, frame: Frame) -> np.ndarray:
        """(rows,), which points lie in the frame."""
        low, high = np.array(frame).T
        return np.all((self.points >= low) & (self.points <= high), axis=1)

    def exit(self, frame: Frame) -> tuple[int, np.ndarray] | None:
        """The first step of the last stay outside, and the point crossed at the edge; None if inside."""
        inside = self.inside(frame)
        if not len(inside) or inside[-1]:
            return None
        first = int(np.max(np.flatnonzero(inside), initial=-1)) + 1
        if first == 0:
            return int(self.steps[0]), np.clip(self.points[0], *np.array(frame).T)
        here, there = self.points[first - 1], self.points[first]
        low, high = np.array(frame).T
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = np.where(there > high, (high - here) / (there - here), (low - here) / (there - here))
        share = np.min(shares[(there > high) | (there < low)])
        return int(self.steps[first]), np.clip(here + share * (there - here), low, high)


def window_of(grid: Grid) -> Frame:
    """Return the rectangle that a grid covers."""
    return (float(grid.a[0]), float(grid.a[-1])), (float(grid.b[0]), float(grid.b[-1]))


def route_of(run: Run) -> Route:
    """Return a run's live points, few enough to draw, its turns kept.

    Raises:
        ValueError: when the parameters are not a vector of two numbers.
    """
    path = run.trajectory
    if np.ndim(path.params) != 2 or np.shape(path.params)[1] != 2:
        raise ValueError(f"a path on a surface needs two parameters; given {np.shape(path.params)}")
    alive = path.steps_recorded <= path.last
    points, steps = np.asarray(path.params, np.float64)[alive], path.steps_recorded[alive]
    kept = np.union1d(thin(points[:, 0]), thin(points[:, 1]))
    return Route(steps[kept], points[kept], np.asarray(path.loss, np.float64)[steps[kept]])


def draw_route(run: Run, frame: Frame, theme: Theme, words: Mapping[str, str] | None) -> list[dict[str, Any]]:
    """Return a run's path, its head and, where it left the frame, a disc at the edge it crossed."""
    slot, route = theme.slot(run.slot), route_of(run)
    x, y = route.points.T
    same = {
        "type": "scatter", "name": plain(run.name), "legendgroup": f"slot {run.slot}", "zorder": 5,
        "line": {"color": slot.line, "width": 2.75, "dash": slot.dash}, "hovertemplate": route_hover(words),
    }  # fmt: skip
    told = np.stack([route.steps, route.loss], axis=1)
    casing = {"color": theme.casing, "width": 5.5}
    head = {"symbol": slot.marker, "size": slot.size, "color": slot.line}
    head["line"] = {"color": theme.casing, "width": 2}
    ends = {"mode": "lines+markers", "marker": head, "customdata": told[-1:]}
    path = {"x": x, "y": y, "mode": "lines", "showlegend": False}
    traces = [
        {**same, **path, "line": casing, "hovertemplate": None, "hoverinfo": "skip"},
        {**same, **path, "customdata": told},
        {**same, **ends, "x": x[-1:], "y": y[-1:]},
    ]
    if (left := route.exit(frame)) is not None:
        traces.append({**same, **_left(run, left, frame, theme, words)})
    return traces


def route_hover(words: Mapping[str, str] | None) -> str:
    """Return the hover text of a path whose custom data are (step, loss)."""
    places = [("step", "%{customdata[0]}"), ("x", "%{x}"), ("y", "%{y}")]
    return hover(words, *places, ("loss", "%{customdata[1]:.4~g}"), name=True)


def _left(
    run: Run, left: tuple[int, np.ndarray], frame: Frame, theme: Theme, words: Mapping[str, str] | None
) -> dict[str, Any]:
    """The disc just inside the edge where a path left for good, saying so when pointed at."""
    low, high = np.array(frame).T
    inset = np.array([0.015, 0.03]) * (high - low)
    x, y = np.clip(left[1], low + inset, high - inset)
    ring = {
        "symbol": "circle-open-dot",
        "size": 16,
        "color": theme.slot(run.slot).line,
        "line": {"width": 2.5},
    }
    return {
        "x": [x], "y": [y], "mode": "markers", "marker": ring, "showlegend": False, "hovertemplate": None,
        "hovertext": [say(words, "left_at").format(name=plain(run.name), step=left[0])], "hoverinfo": "text",
    }  # fmt: skip
