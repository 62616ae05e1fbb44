"""Paths on a contour picture: a dashed line on an unbroken casing, its head, and where it left the frame."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np

from landscape.descent.training.fit import rows_of
from landscape.figures.notation import hover, plain, say
from landscape.figures.races.runs import Run, thin
from landscape.geometry.planes.plane import Plane
from landscape.geometry.projected_path import Frame, Route, live
from landscape.look.palette import Theme
from landscape.look.strokes import CASING, PATH


@dataclass(frozen=True)
class Projected(Route):
    """A route in a plane of more parameters: `off` (rows,) is how far off the plane each true point is."""

    off: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def __getitem__(self, rows: Any) -> Self:
        """The route through some of its points."""
        return replace(super().__getitem__(rows), off=self.off[rows])


def route_of(run: Run, plane: Plane | None = None) -> Route:
    """Return a run's live points, few enough to draw, its turns kept; projected onto a plane.

    Raises:
        ValueError: when the parameters are not a vector of two numbers, nor built like the plane's centre.
    """
    route = live(run.trajectory) if plane is None else _projected(run, plane)
    return route[np.union1d(thin(route.points[:, 0]), thin(route.points[:, 1]))]


def _projected(run: Run, plane: Plane) -> Projected:
    path = run.trajectory
    points, off = plane.project(rows_of(path))
    steps = path.steps_recorded[: len(points)]
    return Projected(steps, points, np.asarray(path.loss_recorded, np.float64)[: len(points)], off)


def told_of(route: Route) -> np.ndarray:
    """(rows, 2 or 3), what pointing at a route tells: step, loss, and the distance off a plane."""
    off = [route.off] if isinstance(route, Projected) else []
    return np.stack([route.steps, route.loss, *off], axis=1)


def draw_route(
    run: Run, route: Route, frame: Frame, theme: Theme, words: Mapping[str, str] | None
) -> list[dict[str, Any]]:
    """Return a run's path, its head and, where it left the frame, a disc at the edge it crossed."""
    slot = theme.slot(run.slot)
    x, y = route.points.T
    same = {
        "type": "scatter", "name": plain(run.name), "legendgroup": f"slot {run.slot}", "zorder": 5,
        "line": {"color": slot.line, "width": PATH, "dash": slot.dash},
        "hovertemplate": route_hover(words, route),
    }  # fmt: skip
    told = told_of(route)
    casing = {"color": theme.casing, "width": CASING}
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


def route_hover(words: Mapping[str, str] | None, route: Route) -> str:
    """Return the hover text of a route with its `told_of` as custom data."""
    across, up = ("direction_1", "direction_2") if isinstance(route, Projected) else ("x", "y")
    places = [("step", "%{customdata[0]}"), (across, "%{x}"), (up, "%{y}")]
    if not np.isnan(route.loss).all():  # checkpoints may come without
        places.append(("loss", "%{customdata[1]:.4~g}"))
    if isinstance(route, Projected):
        places.append(("off", "%{customdata[2]:.3~g}"))
    return hover(words, *places, name=True)


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
