"""One direction steeper than the other: the path jumps to and fro across, and hardly moves along."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

import landscape as ls
from landscape.descent.rules.rule import Rule
from landscape.descent.theory import best, convergence_rate
from landscape.descent.trajectory import Trajectory
from landscape.figures.charts.series import Panel, Series, series
from landscape.geometry.grids.grid import Grid, evaluate
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import number, settings, switch
from landscape.lessons.stage import Run, stage
from landscape.problems.surfaces.quadratics import Ravine
from landscape.scenario import Problem, Runner, Scenario
from landscape.study.terrain.ravines import CONDITIONS, counted, flips, predicted, tuned

STEPS = 120  # of the runs that are played
SEEN = 20  # steps in which changes of sign are counted
START = np.array([1.0, 1.0])
WINDOW = ((-1.5, 1.5), (-1.2, 1.2))
KINDS = {"descent": (1, ls.SGD), "ball": (2, ls.Momentum)}
OFFERED = (10.0, 100.0, 1000.0)  # times more steps at ten times the condition number, in the question


@settings
class Settings:
    condition: float = number(100.0, 1.0, 1000.0, log=True)
    share: float = number(1.9, 0.5, 2.1)
    momentum: bool = switch(False)


@dataclass(frozen=True, eq=False)
class Result:
    """The runs that are played; for each rule its steps as theory has them, and as counted."""

    rules: Mapping[str, Rule]
    runs: Mapping[str, Trajectory]
    grid: Grid
    theory: Mapping[str, float]
    steps: Mapping[str, float]
    curves: Mapping[str, tuple[np.ndarray, np.ndarray]]


def measure(s: Settings) -> Result:
    """Run gradient descent at this rate and, if wanted, heavy ball at its best."""
    surface = Ravine(condition=s.condition)
    tuned_ball: Any = best(ls.Momentum, [1.0, s.condition])
    rules: dict[str, Any] = {"descent": ls.SGD(s.share / s.condition), "ball": tuned_ball}
    found = counted(
        [rule.learning_rate for rule in rules.values()],
        [0.0, tuned_ball.momentum],
        [s.condition, s.condition],
    )
    played = rules if s.momentum else {"descent": rules["descent"]}
    return Result(
        rules=rules,
        runs=ls.race(played, surface, START, STEPS),
        grid=evaluate(surface, points=70, domain=WINDOW),
        theory={name: predicted(rule, s.condition) for name, rule in rules.items()},
        steps=dict(zip(rules, found.tolist(), strict=True)),
        curves={name: tuned(kind) for name, (_, kind) in KINDS.items()},
    )


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    runs = {name: Run.of(KINDS[name][0], run, r.rules[name]) for name, run in r.runs.items()}
    lines = []
    for name in r.runs:
        slot, (theory, steps) = KINDS[name][0], r.curves[name]
        lines.append(Series(look("theory"), 0, CONDITIONS, theory, "theory"))
        lines.append(Series(look(f"{name}_best"), slot, CONDITIONS, steps, "points"))
    lines.append(Series(look("here"), 7, [s.condition], [r.steps["descent"]], "points"))
    figure = series([Panel(look("steps"), lines, True)], look("condition"), look.theme, log=True, height=320)
    title = f"κ = {look.n(s.condition)}"
    return [
        stage(look, r.grid, title, START, runs, minima=[(0.0, 0.0, 0.0)]),
        Chart(figure, look("alt"), look("title")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    path = np.asarray(r.runs["descent"].params, np.float64)
    fastest: Any = best(ls.SGD, [1.0, s.condition])
    return {
        "condition": s.condition, "share": s.share, "rate": s.share / s.condition,
        "across": flips(path[:, 1], SEEN), "along": flips(path[:, 0], SEEN), "seen": SEEN,
        "theory": _told(r.theory["descent"]), "counted": _told(r.steps["descent"]),
        "factor": float(convergence_rate(r.rules["descent"], [1.0, s.condition]) or 0.0),
        "best": fastest.learning_rate, "best_share": fastest.learning_rate * s.condition,
        "best_factor": float(convergence_rate(fastest, [1.0, s.condition]) or 0.0),
        "best_steps": float(np.ceil(predicted(fastest, s.condition))),
        "ball": r.steps["ball"], "ten": float(_at(10.0)), "thousand": float(_at(1000.0)),
        "ball_thousand": float(tuned(ls.Momentum)[1][-1]),
    }  # fmt: skip


def _told(steps: float) -> float | str:
    return float(np.round(steps)) if np.isfinite(steps) else "∞"


def _at(condition: float) -> float:
    """Gradient descent's steps at its best rate for one of the curve's condition numbers."""
    return float(tuned(ls.SGD)[1][np.argmin(np.abs(CONDITIONS - condition))])


def answer() -> int:
    """By which of the offered factors the steps grow when the condition number grows from 10 to 1000."""
    return int(np.argmin(np.abs(np.array(OFFERED) - _at(1000.0) / _at(10.0))))


def opens(s: Settings) -> Scenario:
    """The same ravine in the race."""
    fields: dict[str, Any] = {"learning_rate": s.share / s.condition}
    ball: Any = best(ls.Momentum, [1.0, s.condition])
    tuned_fields: dict[str, Any] = {"learning_rate": ball.learning_rate, "momentum": ball.momentum}
    return Scenario(
        problem=Problem(name="ravine", fields={"condition": s.condition}),
        start=(1.0, 1.0),
        steps=STEPS,
        runners=(
            Runner(id="descent", rule="sgd", fields=fields, slot=1),
            Runner(id="ball", rule="momentum", fields=tuned_fields, slot=2),
        ),
    )


EXPERIMENT = Experiment(
    "zigzag",
    Settings,
    measure,
    show,
    rows=("S3-03",),
    numbers=numbers,
    answer=answer,
    opens=opens,
)
