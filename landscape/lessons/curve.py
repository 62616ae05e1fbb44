"""A curve on the one-dimensional stage: the runs on it, and how every rate would end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from landscape.lessons.experiment import RenderContext
from landscape.lessons.pieces import Stage
from landscape.player import curve
from landscape.player.curve import OUTCOMES, Control, CurveRun, Rates
from landscape.problems.surfaces.surface import Surface
from landscape.study.step_size.basins import basins, slopes, values, walks

POINTS = 601
TRACK = 1600  # rates of the slider's track, one per half pixel
KEPT = 161  # rates whose whole path is sent, to be shown while the slider moves
GRID = (400, 184)


@dataclass(frozen=True, eq=False)
class Track:
    """How every rate ends from one start, and the paths of some of them."""

    rates: np.ndarray
    outcomes: np.ndarray
    paths: np.ndarray


@dataclass(frozen=True, eq=False)
class Scene:
    """What a curve's stage shows beside the runs.

    Attributes:
        surface: the curve.
        x, y: the window.
        places: names on the curve.
        zones, marks: words at the slider's track.
        outcomes: the legend, by the kind of end.
    """

    surface: Surface
    x: tuple[float, float]
    y: tuple[float, float]
    places: Sequence[tuple[float, str]] = ()
    zones: Sequence[tuple[float, float, str]] = ()
    marks: Sequence[tuple[float, str]] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)


def told_slopes(surface: Surface, x: np.ndarray) -> np.ndarray:
    """The slope at places as a reader is told it: what is below 1e-12 is the rounding of numbers, so zero."""
    return np.round(slopes(surface, np.asarray(x, np.float64)), 12)


@lru_cache(maxsize=64)
def track(surface: Surface, low: float, high: float, start: float, steps: int) -> Track:
    """Run every rate of the slider from one start."""
    rates = np.geomspace(low, high, TRACK)
    paths = walks(surface, np.geomspace(low, high, KEPT), np.full(KEPT, start), steps)
    return Track(rates, basins(surface, rates, np.array([start]))[:, 0], paths)


@lru_cache(maxsize=8)
def grid(surface: Surface, low: float, high: float, starts: tuple[float, float]) -> np.ndarray:
    """Run every rate from every start."""
    rates, many = np.geomspace(low, high, GRID[0]), np.linspace(*starts, GRID[1])
    return basins(surface, rates, many)


def stage(
    look: RenderContext,
    scene: Scene,
    balls: Sequence[CurveRun],
    *,
    title: str,
    rate: Control | None = None,
    start: Control | None = None,
    found: Track | None = None,
    every: np.ndarray | None = None,
    code: Sequence[tuple[str, str]] = (),
) -> Stage:
    """The stage with these runs; what it says of their slopes is computed, not read off the drawn curve."""
    balls = [replace(ball, slopes=told_slopes(scene.surface, ball.path)) for ball in balls]
    x = np.linspace(*scene.x, POINTS).astype(np.float32)
    height, slope = values(scene.surface, x), slopes(scene.surface, x)
    rates = found and Rates(found.outcomes, scene.zones, scene.marks, found.paths)
    message = curve.pack(
        x=scene.x, y=scene.y, height=height, slope=slope, balls=balls, title=title,
        text=look.section("stage") | look.section("curve"), language=look.language, places=scene.places,
        rate=rate, rates=rates, start=start, grid=every, outcomes=scene.outcomes,
        code=code,
    )  # fmt: skip
    drawn: dict[str, np.ndarray] = {"step": np.arange(len(balls[0].path))}
    drawn |= {f"x {ball.name}".strip(): np.asarray(ball.path) for ball in balls}
    return Stage("curve", message, drawn)


def legend(look: RenderContext, names: Sequence[str] = OUTCOMES) -> dict[str, str]:
    """The names of the kinds of end."""
    words = look.section("curve")
    return {name: words[name] for name in names}
