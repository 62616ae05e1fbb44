"""What sets my step? Everything a rule remembers, coordinate by coordinate, at every step."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

import landscape as ls
from landscape.descent.trajectory import Trajectory
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.formulas import FORMULAS
from landscape.lessons.optimizers.rules import rule
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, read, settings, whole
from landscape.scenario import Problem, Runner, Scenario

STEPS = 200
FIELDS = {
    "adagrad": {"learning_rate": 0.1},
    "sgd": {"learning_rate": 0.01},
    "momentum": {"learning_rate": 0.002, "momentum": 0.9},
    "nesterov": {"learning_rate": 0.002, "momentum": 0.9},
    "adadelta": {"learning_rate": 1.0},
    "rmsprop": {"learning_rate": 0.01},
    "adam": {"learning_rate": 0.05},
}
PRESETS = FIELDS | {
    "adagrad": {"learning_rate": 0.5},
    "sgd": {"learning_rate": 1e-3},
    "momentum": {"learning_rate": 1e-3, "momentum": 0.9},
    "nesterov": {"learning_rate": 1e-3, "momentum": 0.9},
}
SQUARES = ("square_sum", "square_average", "delta_average", "second_moment")
GENTLE, STEEP = 2, 3  # colours of the two coordinates


@settings
class Settings:
    rule: str = choice("adagrad", "sgd", "momentum", "nesterov", "adadelta", "rmsprop", "adam")
    condition: float = number(100.0, 1.0, 150.0, log=True)
    step: int = whole(0, *range(11), 15, 20, 30, 50, 75, 100, 150, 200)


@dataclass(frozen=True, eq=False)
class Result:
    """The run from (1, 1) and each coordinate's first step, how far x is from its path without steepness.

    `rates` are AdaGrad's effective rates there, whatever rule is shown.
    """

    path: Trajectory
    first: np.ndarray
    losses: tuple[float, float]
    alone: float
    rates: np.ndarray

    @property
    def entries(self) -> tuple[str, ...]:
        """The names of what the rule carries from step to step."""
        return tuple(self.path.state)


def measure(s: Settings) -> Result:
    """Run the rule on curvatures 1 and `condition`, from (1, 1)."""
    surface = _ravine(s.condition)
    path = ls.run(rule(s.rule, **FIELDS[s.rule]), surface, np.ones(2), STEPS)
    level = ls.run(rule(s.rule, **FIELDS[s.rule]), _ravine(1.0), np.ones(2), STEPS)
    alone = float(np.abs(np.asarray(path.params)[:, 0] - np.asarray(level.params)[:, 0]).max())
    rates = np.asarray(
        ls.run(rule("adagrad", **FIELDS["adagrad"]), surface, np.ones(2), STEPS).effective_step
    )
    return Result(path, np.abs(path.update[0]), rosenbrock(s.rule), alone, rates)


def _ravine(condition: float) -> Any:
    return Problem(name="ravine", fields={"condition": condition}).surface()


@lru_cache(maxsize=16)
def rosenbrock(name: str) -> tuple[float, float]:
    """The loss of a rule on Rosenbrock at its start and after 2000 steps."""
    path = ls.run(rule(name, **PRESETS[name]), ls.SURFACES["rosenbrock"], np.array([-1.5, 2.0]), 2000)
    return float(path.loss[0]), float(path.loss[-1])


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    panels = [_panel(look("effective"), r.path.effective_step, look, s, log=True)]
    for entry in r.entries:
        values = np.asarray(r.path.state[entry])
        if values.ndim == 2:
            panels.append(_panel(look(f"short_{entry}"), values, look, s, log=entry in SQUARES))
    height = 150 + 110 * len(panels)
    figure = series(panels, look("step"), look.theme, height=height)
    return [
        Table([look("quantity"), look("symbol"), look("gentle"), look("steep")], _rows(s, r, look)),
        Chart(figure, look("alt"), look("chart_title")),
    ]


def _panel(title: str, values: np.ndarray, look: RenderContext, s: Settings, log: bool) -> Panel:
    """Both coordinates of one quantity."""
    steps = np.arange(len(values))
    lines = [
        Series(look("gentle"), GENTLE, steps, values[:, 0]),
        Series(look("steep"), STEEP, steps, values[:, 1]),
    ]
    return Panel(title, lines, log, [Mark(s.step, "")])


def _rows(s: Settings, r: Result, look: RenderContext) -> list[list[str | float | None]]:
    """What goes into the step that is taken now, and what comes out."""
    k = min(s.step, STEPS - 1)
    rows: list[list[str | float | None]] = [[look("gradient"), "g", *_two(r.path.gradient[k])]]
    for entry in r.entries:
        rows.append([look(f"long_{entry}"), look(f"sign_{entry}"), *_two(r.path.state[entry][k + 1])])
    rows.append([look("effective"), "−Δ / g", *_two(r.path.effective_step[k])])
    rows.append([look("update"), "Δ", *_two(r.path.update[k])])
    return rows


def _two(values: Any) -> tuple[float, float]:
    """A value for each coordinate; a count belongs to both."""
    pair = np.broadcast_to(np.asarray(values, float), 2)
    return float(pair[0]), float(pair[1])


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    return {
        "alone": r.alone, "condition": s.condition,
        "first_gentle": float(r.first[0]), "first_steep": float(r.first[1]),
        "formula": FORMULAS[s.rule], "entries": float(len(r.entries)), "start_loss": r.losses[0],
        "end_loss": r.losses[1], "rate": FIELDS[s.rule]["learning_rate"],
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    rows = [[str(t), float(r.rates[t - 1, 0]), float(r.rates[t - 1, 1])] for t in (1, 10, STEPS)]
    return {"S3-23": Table(["t", look("gentle"), look("steep")], rows)}


def answer() -> int:
    """AdaGrad's first step: the gentle coordinate's, the steep one's, or both the same length."""
    first = measure(read(Settings, {})).first
    return 2 if np.isclose(first[0], first[1], rtol=1e-3) else int(np.argmax(first))


def opens(s: Settings) -> Scenario:
    """The same run in the race."""
    return Scenario(
        problem=Problem(name="ravine", fields={"condition": s.condition}),
        start=(1.0, 1.0),
        steps=STEPS,
        runners=(Runner(id="chosen", rule=s.rule, fields={**FIELDS[s.rule]}, slot=1),),
    )


EXPERIMENT = Experiment(
    "inspector",
    Settings,
    measure,
    show,
    rows=("S1-14", "S1-17", "S1-18", "S3-22", "S3-23"),
    numbers=numbers,
    tables=tables,
    answer=answer,
    opens=opens,
)
