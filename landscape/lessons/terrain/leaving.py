"""Start on the ridge of a saddle, or hardly beside it: the loss waits on a plateau before it falls."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from landscape.descent.rules.first_order import SGD
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.geometry.grids.grid import Grid, evaluate
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import number, read, settings
from landscape.lessons.stage import Run, stage
from landscape.scenario import Problem, Runner, Scenario
from landscape.study.terrain.saddle_exit import UP, Descent, descend, exit_steps, predicted, saddle

STEPS = 1000  # of the race this opens, and of the run on the ridge
NUDGES = np.geomspace(1e-12, 1e-1, 12)
WINDOW = ((-2.4, 2.4), (-1.6, 1.6))
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

    runs: Mapping[str, Descent]
    grid: Grid
    steps: float
    theory: float
    exact: float
    curve: np.ndarray


@lru_cache(maxsize=16)
def _ground(curvature: float) -> Grid:
    """The saddle as it is drawn."""
    return evaluate(saddle(curvature), points=70, domain=WINDOW)


def measure(s: Settings) -> Result:
    """Run gradient descent from beside the ridge and from the ridge itself, and count until it leaves."""
    found = exit_steps(SGD(s.rate), [s.aside, 0.0, *NUDGES], s.curvature)
    starts = {"nudged": s.aside, "exact": 0.0}
    return Result(
        runs={name: descend(y, s.rate, s.curvature, STEPS) for name, y in starts.items()},
        grid=_ground(s.curvature),
        steps=float(found[0]),
        theory=float(predicted(np.array([s.aside]), s.rate, s.curvature)[0]),
        exact=float(found[1]),
        curve=found[2:],
    )


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    shown = len(r.runs["nudged"].path)
    runs = {
        name: Run(SLOTS[name], run.path[:shown], run.loss[:shown], run.gradient[:shown])
        for name, run in r.runs.items()
    }
    step = np.arange(shown)
    lines = [Series(look(name), runs[name].slot, step, runs[name].loss) for name in ("exact", "nudged")]
    leaves = Mark(r.steps, look("leaves").format(step=look.n(r.steps)))
    slopes = [
        Series(look(name), runs[name].slot, step, r.runs[name].slope[:shown]) for name in ("exact", "nudged")
    ]
    panels = [Panel(look("loss"), lines, marks=[leaves]), Panel(look("gradient"), slopes, True)]
    curves = series(panels, look("step"), look.theme, height=380)
    law = predicted(NUDGES, s.rate, s.curvature)
    theory = Series(look("theory"), 0, NUDGES, law, "theory")
    points = Series(look("counted"), 4, NUDGES, r.curve, "points")
    here = Series(look("here"), SLOTS["nudged"], [s.aside], [r.steps], "points")
    panel = Panel(look("steps"), [theory, points, here])
    exits = series([panel], look("aside"), look.theme, log=True, height=280)
    return [
        stage(look, r.grid, "(x² − λy²)/2", np.array([UP, s.aside]), runs, saddles=[(0.0, 0.0, 0.0)]),
        Chart(curves, look("alt_loss"), look("title_loss")),
        Chart(exits, look("alt_exits"), look("title_exits")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    smallest, tenfold = r.runs["nudged"].slope.min(), predicted(np.array([0.1]), s.rate, s.curvature)
    return {
        "aside": s.aside, "rate": s.rate, "curvature": s.curvature, "steps": r.steps,
        "theory": r.theory, "limit": STEPS, "smallest": float(smallest),
        "factor": 1 + s.rate * s.curvature, "tenfold": float(tenfold[0]),
        "sooner": _default(SOONER), "later": _default(LATER),
    }  # fmt: skip


def _default(aside: float) -> float:
    """The steps from some distance at the default learning rate and curvature."""
    start = read(Settings, {"aside": aside})
    return float(exit_steps(SGD(start.rate), aside, start.curvature)[0])


def answer() -> int:
    """By which of the offered factors it takes longer from 1e-8 than from 1e-4."""
    return int(np.argmin(np.abs(np.log(np.array(OFFERED) / (_default(LATER) / _default(SOONER))))))


def opens(s: Settings) -> Scenario:
    """The same start in the race, without and with momentum."""
    fields: dict[str, Any] = {"learning_rate": s.rate}
    return Scenario(
        problem=Problem(name="saddle", fields={"rise": 1.0, "descent": s.curvature, "angle": 0.0}),
        start=(UP, s.aside),
        steps=STEPS,
        runners=(
            Runner(id="descent", rule="sgd", fields=fields, slot=1),
            Runner(id="ball", rule="momentum", fields=fields, slot=2),
        ),
    )


EXPERIMENT = Experiment(
    "leaving", Settings, measure, show, rows=("S3-05", "S3-10"), numbers=numbers, answer=answer, opens=opens
)
