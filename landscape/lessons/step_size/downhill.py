"""Does downhill point at the minimum? A path on a contour, each step square to it, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

import landscape as ls
from landscape.descent.trajectory import Trajectory
from landscape.figures.charts.series import Panel, Series, series
from landscape.geometry.grids.grid import Grid, evaluate
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import number, settings
from landscape.lessons.stage import Run, stage
from landscape.problems.surfaces.quadratics import Parabola, Ravine
from landscape.scenario import Problem, Runner, Scenario
from landscape.scenario.fields import Value
from landscape.study.step_size.basins import values
from landscape.study.step_size.downhill import gradients, off_course, scattered

STEPS, MANY = 60, 200
WINDOW = ((-3.2, 3.2), (-2.0, 2.0))
GUESSED = (0.0, 15.0, 45.0)
PATH, SECTION = 1, 3
POINTS = 71  # odd, so that y = 0 is one of the rows


@settings
class Settings:
    condition: float = number(20.0, 1.0, 100.0, log=True)
    share: float = number(1.6, 0.05, 2.1)
    x: float = number(-2.6, *WINDOW[0])
    y: float = number(1.2, *WINDOW[1])


@dataclass(frozen=True, eq=False)
class Result:
    """The path, how far off each step points, the same at random places, and the curve of one weight."""

    path: Trajectory
    grid: Grid
    angles: np.ndarray
    everywhere: float
    slope: np.ndarray
    curve: np.ndarray


def measure(s: Settings) -> Result:
    """Run gradient descent; compare each step with the straight way."""
    surface, start = Ravine(condition=s.condition), np.array([s.x, s.y])
    path = ls.run(ls.SGD(s.share / s.condition), surface, start, STEPS)
    places = np.asarray(path.params, np.float64)
    moving = np.linalg.norm(places, axis=1) > 1e-4
    angles = np.full(len(places), np.nan)
    angles[moving] = off_course(surface, places[moving], np.zeros(2))
    grid = evaluate(surface, points=POINTS, domain=WINDOW)
    return Result(
        path=path,
        grid=grid,
        angles=angles,
        everywhere=float(off_course(surface, scattered(MANY), np.zeros(2)).mean()),
        slope=gradients(surface, start[None])[0],
        curve=values(Parabola(1.0), np.asarray(grid.a, np.float32)),
    )


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    steps = np.arange(len(r.angles))
    angle = Panel(look("angle"), [Series(look("here"), PATH, steps, r.angles)], span=(0, 180))
    section = [
        Series(look("section"), SECTION, r.grid.a, r.grid.loss[:, POINTS // 2]),
        Series(look("curve"), 0, r.grid.a, r.curve, "theory"),
    ]
    title = f"κ = {look.n(s.condition)}"
    return [
        stage(
            look,
            r.grid,
            title,
            (s.x, s.y),
            {"sgd": Run.of(PATH, r.path, name="sgd")},
            minima=[(0.0, 0.0, 0.0)],
            draggable=True,
        ),
        Chart(series([angle], look("step"), look.theme, height=230), look("alt_angle"), look("angle_title")),
        Chart(
            series([Panel("f(x, 0)", section)], "x", look.theme, height=230),
            look("alt_section"),
            look("section_title"),
        ),
    ]


def numbers(s: Settings, r: Result) -> Mapping[str, float | str]:
    rate = s.share / s.condition
    step = -rate * r.slope
    square = float(np.hypot(*r.slope))
    return {
        "condition": s.condition, "rate": rate, "x": s.x, "y": s.y, "gx": r.slope[0], "gy": r.slope[1],
        "slope": square, "length": rate * square, "sx": step[0], "sy": step[1],
        "nx": s.x + step[0], "ny": s.y + step[1],
        "angle": float(r.angles[0]) if np.isfinite(r.angles[0]) else 0.0,
        "everywhere": r.everywhere, "many": MANY,
    }  # fmt: skip


def answer() -> int:
    """Which of the offered angles is nearest to the mean one in a ravine of condition 20."""
    mean = off_course(Ravine(condition=20.0), scattered(MANY), np.zeros(2)).mean()
    return int(np.argmin(np.abs(np.array(GUESSED) - mean)))


def opens(s: Settings) -> Scenario:
    """The same run in the race."""
    fields: dict[str, Value] = {"learning_rate": s.share / s.condition}
    runner = Runner(id="gd", rule="sgd", fields=fields, slot=PATH)
    problem = Problem(name="ravine", fields={"condition": s.condition})
    return Scenario(problem=problem, start=(s.x, s.y), steps=STEPS, runners=(runner,))


EXPERIMENT = Experiment(
    "downhill",
    Settings,
    measure,
    show,
    rows=("S1-05", "S1-06", "S5-04"),
    numbers=numbers,
    answer=answer,
    opens=opens,
    on_stage=("x", "y"),
)
