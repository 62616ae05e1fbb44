"""Paths on a contour picture: a dashed line on an unbroken casing, its head, and where it left the frame."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from landscape.figures.notation import hover, plain, say
from landscape.figures.runs import Run, thin
from landscape.geometry.route import Frame, Route, live
from landscape.palette import Theme


def route_of(run: Run) -> Route:
    """Return a run's live points, few enough to draw, its turns kept.

    Raises:
        ValueError: when the parameters are not a vector of two numbers.
    """
    route = live(run.trajectory)
    return route[np.union1d(thin(route.points[:, 0]), thin(route.points[:, 1]))]


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
