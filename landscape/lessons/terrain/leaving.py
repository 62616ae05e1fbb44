"""Start on the ridge of a saddle, or hardly beside it: the loss waits on a plateau before it falls."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

import landscape as ls
from landscape.descent.trajectory import Trajectory
from landscape.figures.series import Mark, Panel, Series, series
from landscape.geometry.grid import Grid, evaluate
from landscape.lessons.experiment import Experiment, Look
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import number, read, settings
from landscape.lessons.terrain.stage import stage
from landscape.problems.saddles import Saddle
from landscape.scenario import Problem, Runner, Scenario
from landscape.study.ridges import RISE, counted, predicted

STEPS = 1000  # of the runs that are played
AFTER = 4  # steps that the curves still show once the nudged run has left
NUDGES = np.geomspace(1e-12, 1e-1, 12)
WINDOW = ((-1.6, 1.6), (-1.4, 1.4))
SLOTS = {"nudged": 1, "exact": 5}
SOONER, LATER = 1e-4, 1e-8  # the question's starts
OFFERED = (2.0, 100.0, 10_000.0)


@settings
class Settings:
    aside: float = number(1e-8, 1e-12, 1e-1, log=True)
    rate: float = number(0.1, 0.05, 0.5, log=True)
    curvature: float = number(1.0, 0.6, 3.0, log=True)


@dataclass(frozen=True, eq=False)
class Result:
    """The runs that are played, the steps until they leave, and those from every distance."""

    runs: Mapping[str, Trajectory]
    grid: Grid
    steps: float
    theory: float
    exact: float
    curve: np.ndarray

    @property
    def slopes(self) -> np.ndarray:
        """The length of the gradient along the nudged run, until just after it leaves."""
        return np.asarray(self.runs["nudged"].grad_norm, np.float64)[: int(self.steps) + AFTER]


@lru_cache(maxsize=16)
def _ground(curvature: float) -> Grid:
    """The saddle as it is drawn."""
    return evaluate(Saddle(RISE, curvature, 0.0), points=70, domain=WINDOW)


def measure(s: Settings) -> Result:
    """Run gradient descent from beside the ridge and from the ridge itself; count the steps until it leaves."""
    surface, rule = Saddle(RISE, s.curvature, 0.0), ls.SGD(s.rate)
    starts = {"nudged": s.aside, "exact": 0.0}
    found = counted(s.rate, s.curvature, [s.aside, 0.0, *NUDGES])
    return Result(
        runs={name: ls.run(rule, surface, np.array([1.0, y]), STEPS) for name, y in starts.items()},
        grid=_ground(s.curvature),
        steps=float(found[0]),
        theory=float(predicted(s.rate, s.curvature, s.aside)),
        exact=float(found[1]),
        curve=found[2:],
    )


def show(s: Settings, r: Result, look: Look) -> list[Piece]:
    runs = {name: (SLOTS[name], run) for name, run in r.runs.items()}
    shown = len(r.slopes)
    step = np.arange(shown)
    lines = [
        Series(look(name), slot, step, np.asarray(r.runs[name].loss)[:shown])
        for name, slot in reversed(SLOTS.items())
    ]
    leaves = Mark(r.steps, look("leaves").format(step=look.n(r.steps)))
    loss = Panel(look("loss"), lines, marks=[leaves], span=(-1.6, 0.6))
    curves = series([loss], look("step"), look.theme, height=280)
    theory = Series(look("theory"), 0, NUDGES, predicted(s.rate, s.curvature, NUDGES), "theory")
    points = Series(look("counted"), 4, NUDGES, r.curve, "points")
    here = Series(look("here"), SLOTS["nudged"], [s.aside], [r.steps], "points")
    exits = series(
        [Panel(look("steps"), [theory, points, here])], look("aside"), look.theme, log=True, height=280
    )
    return [
        stage(look, r.grid, "x² − λy²", np.array([1.0, s.aside]), runs, saddles=[(0.0, 0.0, 0.0)]),
        Chart(curves, look("alt_loss"), look("title_loss")),
        Chart(exits, look("alt_exits"), look("title_exits")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    return {
        "aside": f"{s.aside:.2g}", "rate": s.rate, "curvature": s.curvature, "steps": r.steps,
        "theory": r.theory, "limit": STEPS, "smallest": f"{r.slopes.min():.1e}",
        "factor": 1 + s.rate * s.curvature, "tenfold": float(predicted(s.rate, s.curvature, 0.1)),
        "sooner": _default(SOONER), "later": _default(LATER),
    }  # fmt: skip


def _default(aside: float) -> float:
    """The steps from some distance at the default learning rate and curvature."""
    start = read(Settings, {"aside": aside})
    return float(counted(start.rate, start.curvature, [aside])[0])


def answer() -> int:
    """By which of the offered factors it takes longer from 1e-8 than from 1e-4."""
    return int(np.argmin(np.abs(np.log(np.array(OFFERED) / (_default(LATER) / _default(SOONER))))))


def opens(s: Settings) -> Scenario:
    """The same start in the race, without and with momentum."""
    fields: dict[str, Any] = {"learning_rate": s.rate}
    return Scenario(
        problem=Problem(name="saddle", fields={"rise": RISE, "descent": s.curvature, "angle": 0.0}),
        start=(1.0, s.aside),
        steps=STEPS,
        runners=(
            Runner(id="descent", rule="sgd", fields=fields, slot=1),
            Runner(id="ball", rule="momentum", fields=fields, slot=2),
        ),
    )


EXPERIMENT = Experiment(
    "leaving", Settings, measure, show, rows=("S3-05", "S3-10"), numbers=numbers, answer=answer, opens=opens
)
