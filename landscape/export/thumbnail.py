"""A race as a small SVG: the ground from above, every path to its end, start, minima and saddles."""

from collections.abc import Mapping

import numpy as np

from landscape.descent.trajectory import Trajectory
from landscape.export.ground import Plane, contours, ground, line
from landscape.geometry.grids.grid import evaluate, losses_at
from landscape.geometry.projected_path import live, window_of
from landscape.look.palette import MARKERS, Slot, Theme, theme_of
from landscape.look.scale import loss_scale
from landscape.look.strokes import CASING, INSET, PATH, SOLID
from landscape.scenario import Scenario

POINTS = 80
UNITS = 1.5  # px of the stage in one px of the picture: lines and markers keep their proportions

# Signs around (0, 0), in px.
START = "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0ZM-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0Z"
MINIMUM = "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0ZM-12 0H-4M4 0H12M0-12V-4M0 4V12"
SADDLE = "M-5-5L5 5M-5 5L5-5"
OUTWARD = "M-4.5 0H4M0-4L4 0L0 4"


def thumbnail(
    scenario: Scenario,
    theme: Theme | str = "light",
    width: int = 320,
    height: int = 200,
    *,
    paths: Mapping[str, Trajectory] | None = None,
) -> str:
    """Draw a race at its end.

    Args:
        scenario: a race on a surface of two parameters.
        theme: a theme or its name.
        width: of the picture, in px.
        height: of the picture, in px.
        paths: each runner's path by the runner's id; computed when not given.

    Returns:
        An SVG that stands alone and holds no text.

    Raises:
        ValueError: when the surface is not one of two parameters, or the theme is not known.

    >>> import landscape as ls
    >>> bowl = ls.Scenario(problem={"name": "bowl"}, start=(1, 1), steps=20, runners=[
    ...     {"id": "a", "rule": "sgd", "fields": {"learning_rate": 0.1}, "slot": 1}])
    >>> picture = thumbnail(bowl, width=160, height=100)
    >>> picture[:4], "viewBox='0 0 240 150' width='160' height='100'" in picture
    ('<svg', True)
    """
    surface, theme = scenario.surface(), theme_of(theme)
    if surface.dimension != 2:
        raise ValueError(f"a thumbnail needs a surface of two parameters; this one has {surface.dimension}")
    paths = scenario.paths() if paths is None else paths
    grid = evaluate(surface, points=POINTS)
    scale = loss_scale(grid.loss, losses_at(surface, surface.saddles).tolist())
    plane = Plane(window_of(grid), round(UNITS * width), round(UNITS * height))

    below, above = [], []
    for entry in scenario.runners:
        slot = theme.slot(entry.slot)
        points, left = _track(paths[entry.id], plane)
        below.append(_path(slot, points, theme))
        above.append(_disc(slot, points, plane, theme) if left else _head(slot, points[-1], theme))
    parts = [
        ground(grid, scale, plane, theme),
        contours(grid, scale, plane, theme),
        *(_sign(SADDLE, plane.place(point), theme) for point in surface.saddles),
        *(_sign(MINIMUM, plane.place(point), theme) for point in surface.minima),
        *below,
        _sign(START, plane.place(np.array(scenario.start)), theme),
        *above,
    ]
    box = f"viewBox='0 0 {plane.width} {plane.height}' width='{width}' height='{height}'"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' {box} fill='none' stroke-linejoin='round'>"
        f"{''.join(parts)}</svg>"
    )


def _track(path: Trajectory, plane: Plane) -> tuple[np.ndarray, bool]:
    """A path's points in px, up to the edge where it left for good, and whether it left."""
    route = live(path)
    left = route.exit(plane.frame)
    if left is None:
        return plane.place(route.points), False
    step, crossing = left
    return plane.place(np.vstack([route.points[route.steps < step], crossing])), True


def _path(slot: Slot, points: np.ndarray, theme: Theme) -> str:
    """A dashed line on an unbroken casing: gaps show the casing, never the ground."""
    d = line(points)
    dash = "" if slot.dash == SOLID else f" stroke-dasharray='{slot.dash}'"
    return (
        f"<path d='{d}' stroke='{theme.casing}' stroke-width='{CASING}' stroke-linecap='round'/>"
        f"<path d='{d}' stroke='{slot.line}' stroke-width='{PATH}'{dash}/>"
    )


def _head(slot: Slot, at: np.ndarray, theme: Theme) -> str:
    """The marker where a path ends."""
    look = f"fill='{slot.line}' stroke='{theme.casing}' stroke-width='4' paint-order='stroke'"
    box = f"{_moved(at)} scale(1.2) translate(-8 -8)"
    return f"<path d='{MARKERS[slot.marker]}' {look} transform='{box}'/>"


def _disc(slot: Slot, points: np.ndarray, plane: Plane, theme: Theme) -> str:
    """The disc just inside the edge where a path left, its arrow pointing outward."""
    way = points[-1] - points[-2] if len(points) > 1 else np.zeros(2)
    size = np.array([plane.width, plane.height])
    at = np.clip(points[-1], INSET, size - INSET)
    turn = f"rotate({np.degrees(np.arctan2(way[1], way[0])):.0f})"
    return (
        f"<g transform='{_moved(at)} {turn}' stroke='{slot.line}' stroke-width='2.25'>"
        f"<circle r='10' fill='{theme.background}'/><path d='{OUTWARD}'/></g>"
    )


def _sign(d: str, at: np.ndarray, theme: Theme) -> str:
    """A sign in ink on a casing."""
    strokes = ((theme.casing, CASING), (theme.ink, 2))
    both = "".join(f"<path d='{d}' stroke='{colour}' stroke-width='{width}'/>" for colour, width in strokes)
    return f"<g transform='{_moved(at)}'>{both}</g>"


def _moved(at: np.ndarray) -> str:
    return f"translate({at[0]:.1f} {at[1]:.1f})"
