"""When does it blow up? Gradient descent on a parabola: the border is 2 / curvature."""

from dataclasses import dataclass

import landscape as ls
from landscape import figures
from landscape.descent.trajectory import Trajectory
from landscape.lessons.experiment import Experiment, Look
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import number, settings

STEPS = 300


@settings
class Settings:
    rate: float = number(0.201, 0.001, 1.0, log=True)
    curvature: float = number(10.0, 1.0, 100.0, log=True)


@dataclass(frozen=True, eq=False)
class Result:
    path: Trajectory
    factor: float
    border: float


def measure(s: Settings) -> Result:
    """Run gradient descent from 1."""
    surface = ls.SURFACES["parabola"]
    path = ls.run(ls.SGD(s.rate), type(surface)(s.curvature), [1.0], steps=STEPS)
    return Result(path, 1 - s.rate * s.curvature, 2 / s.curvature)


def show(s: Settings, r: Result, look: Look) -> list[Piece]:
    run = figures.Run(look("run"), 1, r.path)
    figure = figures.losses([run], look.theme, look.section("chart"))
    return [Chart(figure, look("alt"))]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    return {"rate": s.rate, "curvature": s.curvature, "factor": r.factor, "border": r.border}


EXPERIMENT = Experiment("blow_up", Settings, measure, show, rows=("S1-09", "S1-10"), numbers=numbers)
