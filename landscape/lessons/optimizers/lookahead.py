"""Nesterov's step in frames: jump with the velocity, measure there, correct; heavy ball beside it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

import landscape as ls
from landscape.figures.surfaces.vectors import Arrow, Spot, vectors
from landscape.geometry.grids.grid import Grid, evaluate
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, read, settings, whole
from landscape.study.optimizers.lookahead import Jump, jump
from landscape.study.optimizers.momentum import settle

SURFACE = ls.SURFACES["ravine"]  # curvatures 1 and 20
START = (-2.6, 1.2)
WIDE = 1.9  # the picture's usual width, in its heights
BALL, NAG = SLOTS["momentum"], SLOTS["nesterov"]


@settings
class Settings:
    frame: int = whole(4, 1, 2, 3, 4)
    step: int = whole(3, *range(21))
    rate: float = number(0.03, 0.002, 0.06, log=True)
    momentum: float = number(0.9, 0.0, 0.95)
    turned: float = number(0.0, -180.0, 180.0)


@lru_cache(maxsize=1)
def overshoots() -> tuple[float, float]:
    """How far heavy ball and Nesterov swing out at a rate that is too bold for curvature 10."""
    rules = (ls.Momentum(0.05, 0.9), ls.Nesterov(0.05, 0.9))
    ball, nesterov = (settle(it, [10.0], 300).overshoot for it in rules)
    return ball, nesterov


@dataclass(frozen=True, eq=False)
class Result:
    """The step taken apart, the surface around it, and the lengths that the claims are about."""

    jump: Jump
    grid: Grid
    missed: float
    corrected: float
    apart: float
    slopes: float


def measure(s: Settings) -> Result:
    """Take one step apart."""
    found = jump(ls.Nesterov(s.rate, s.momentum), SURFACE, START, s.step, turned=s.turned)
    return Result(
        jump=found,
        grid=evaluate(SURFACE, points=70, domain=_window(found, s.rate)),
        missed=float(np.linalg.norm(found.landing - found.ahead)),
        corrected=s.rate * float(np.linalg.norm(found.slope_ahead)),
        apart=float(np.linalg.norm(found.landing - found.ball)),
        slopes=s.rate * float(np.linalg.norm(found.slope_here - found.slope_ahead)),
    )


def _window(found: Jump, rate: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """A frame around everything that one step consists of, as wide as the picture is."""
    points = np.stack(
        [found.here, found.ahead, found.landing, found.ball, found.here - rate * found.slope_here]
    )
    middle, reach = (points.max(axis=0) + points.min(axis=0)) / 2, np.ptp(points, axis=0) / 2
    up = 1.35 * max(reach[1], reach[0] / WIDE, 0.01)
    half = np.array([WIDE * up, up])
    (a, b), (c, d) = (middle - half), (middle + half)
    return (float(a), float(c)), (float(b), float(d))


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    j = r.jump
    arrows = [Arrow(j.here, j.ahead, look("arrow_jump"), 1)]
    spots = [Spot(j.here, "w", 0), Spot(j.ahead, "w − ηρv", 0, hollow=True)]
    if s.frame >= 2:
        arrows.append(Arrow(j.ahead, j.landing, look("arrow_measured"), NAG, dashed=s.frame == 2))
    if s.frame >= 3:
        spots.append(Spot(j.landing, look("nesterov"), NAG))
    if s.frame == 4:
        here = j.here - s.rate * j.slope_here
        arrows += [
            Arrow(j.here, here, look("arrow_here"), BALL),
            Arrow(here, j.ball, look("arrow_then"), BALL, dashed=True),
        ]
        spots.append(Spot(j.ball, look("ball"), BALL))
    inside = j.path[-6:]
    figure = vectors(r.grid, inside, arrows, spots, look.theme, minima=[(0.0, 0.0)])
    rows = [
        [look("row_guess"), *_pair(j.ahead)],
        [look("row_nesterov"), *_pair(j.landing)],
        [look("row_ball"), *_pair(j.ball)],
    ]
    return [
        Chart(figure, look("alt"), look(f"frame_{s.frame}")),
        Table([look("point"), "x", "y"], rows, [1, NAG, BALL]),
    ]


def _pair(point: np.ndarray) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    ball, nesterov = overshoots()
    return {
        "ball_swing": ball, "nesterov_swing": nesterov,
        "step": s.step, "rate": s.rate, "momentum": s.momentum, "missed": r.missed, "corrected": r.corrected,
        "apart": r.apart, "slopes": r.slopes, "steep_here": float(np.linalg.norm(r.jump.slope_here)),
        "steep_ahead": float(np.linalg.norm(r.jump.slope_ahead)),
    }  # fmt: skip


def answer() -> int:
    """Which step ends nearer to the valley's floor at the opening: Nesterov's, heavy ball's, or the same."""
    found = measure(read(Settings, {})).jump
    heights = abs(float(found.landing[1])), abs(float(found.ball[1]))
    return 2 if heights[0] == heights[1] else int(heights[1] < heights[0])


EXPERIMENT = Experiment(
    "lookahead",
    Settings,
    measure,
    show,
    rows=("S2-31", "S2-32", "S2-33", "S2-36", "S3-18", "S3-19"),
    numbers=numbers,
    answer=answer,
)
