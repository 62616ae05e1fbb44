"""Turn one saddle: rules that scale each axis alone leave it at another time, the others do not notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

import landscape as ls
from landscape.descent.trajectory import Trajectory
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.geometry.grids.grid import Grid, evaluate
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS, rule
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, read, settings
from landscape.lessons.stage import Run, stage
from landscape.scenario import Problem, Runner, Scenario
from landscape.study.terrain.saddle_exit import RISE, exit_steps, saddle, start

NAMES = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
OFFERED = ("sgd", "adagrad", "adam")
ANGLES = tuple(float(angle) for angle in range(46))
STEPS = 400  # of the runs that are played
FALL, LIMIT = 0.1, 40_000  # how the saddle bends down, and the most steps that are counted
WINDOW = ((-3.2, 3.2), (-2.2, 2.2))


@settings
class Settings:
    angle: float = number(45.0, 0.0, 45.0)
    rate: float = number(0.05, 0.02, 0.2, log=True)
    aside: float = number(1e-3, 1e-6, 0.1, log=True)


@dataclass(frozen=True, eq=False)
class Result:
    """The runs from this angle, and every rule's steps until it leaves, here and at every angle."""

    runs: Mapping[str, Trajectory]
    grid: Grid
    here: Mapping[str, float]
    curve: Mapping[str, np.ndarray]


def measure(s: Settings) -> Result:
    """Run every rule on the turned saddle, and find out when each leaves."""
    surface = saddle(FALL, s.angle)
    rules = {name: rule(name, learning_rate=s.rate) for name in NAMES}
    return Result(
        runs=ls.race(rules, surface, start(s.aside, s.angle), STEPS),
        grid=evaluate(surface, points=70, domain=WINDOW),
        here={name: float(exit_steps(it, s.aside, FALL, s.angle, LIMIT)[0]) for name, it in rules.items()},
        curve=_curve(s.rate, s.aside),
    )


@lru_cache(maxsize=64)
def _curve(rate: float, aside: float) -> Mapping[str, np.ndarray]:
    """Steps until each rule leaves, at every angle."""
    return {name: exit_steps(rule(name, learning_rate=rate), aside, FALL, ANGLES, LIMIT) for name in NAMES}


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    names = look.section("rule")
    runs = {name: Run.of(SLOTS[name], run, rule(name), name) for name, run in r.runs.items()}
    lines = [Series(names[f"{n}.short"], SLOTS[n], ANGLES, r.curve[n]) for n in NAMES]
    lines += [Series(names[f"{n}.short"], SLOTS[n], [s.angle], [r.here[n]], "points") for n in NAMES]
    panel = Panel(look("steps"), lines, True, [Mark(s.angle, f"{look.n(round(s.angle, 1))}°")])
    figure = series([panel], look("angle"), look.theme, height=360)
    return [
        stage(
            look,
            r.grid,
            f"{look.n(round(s.angle, 1))}°",
            start(s.aside, s.angle),
            runs,
            saddles=[(0.0, 0.0, 0.0)],
        ),
        Chart(figure, look("alt"), look("title")),
    ]


def _ends(s: Settings) -> dict[str, tuple[float, float]]:
    """Each rule's steps with the axes along the saddle, and turned by 45 degrees."""
    return {name: (float(found[0]), float(found[-1])) for name, found in _curve(s.rate, s.aside).items()}


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    ends = _ends(s)
    most = f"> {LIMIT:,}"
    told = {
        f"{name}_{at}": _told(ends[name][i], most)
        for name in NAMES
        for i, at in ((0, "along"), (1, "turned"))
    }
    here = {f"{name}_here": _told(r.here[name], most) for name in NAMES}
    descent = ends["sgd"][1]
    return told | here | {
        "rate": s.rate, "angle": round(s.angle, 1), "rise": RISE, "fall": FALL,
        "faster": _times(ends["sgd"][0], ends["adagrad"][0]), "slower": _times(ends["adagrad"][1], descent),
        "against": _times(ends["adagrad"][1], ends["rmsprop"][1]),
    }  # fmt: skip


def _told(steps: float, most: str) -> float | str:
    return most if np.isnan(steps) else steps


def _times(steps: float, others: float) -> float | str:
    """How many times as many steps: a bound where the first never left, none where the others never did."""
    return f"> {LIMIT / others:,.0f}" if np.isnan(steps) and np.isfinite(others) else steps / others


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    names = look.section("rule")
    rows = [
        [names[f"{n}.short"], None if np.isnan(along) else along, None if np.isnan(turned) else turned]
        for n, (along, turned) in _ends(s).items()
    ]
    return {"S3-26": Table([look("rule"), "0°", "45°"], rows, [SLOTS[n] for n in NAMES])}


def answer() -> int:
    """Which of the offered rules is slowed down most by the turn."""
    slowed = [turned / along for along, turned in (_ends(read(Settings, {}))[name] for name in OFFERED)]
    return int(np.argmax(slowed))


def opens(s: Settings) -> Scenario:
    """The same saddle in the race."""
    x, y = (float(v) for v in start(s.aside, s.angle))
    return Scenario(
        problem=Problem(name="saddle", fields={"rise": RISE, "descent": FALL, "angle": s.angle}),
        start=(x, y),
        steps=STEPS,
        runners=tuple(
            Runner(id=name, rule=name, fields={"learning_rate": s.rate}, slot=SLOTS[name]) for name in NAMES
        ),
    )


EXPERIMENT = Experiment(
    "turned",
    Settings,
    measure,
    show,
    rows=("S3-26",),
    numbers=numbers,
    tables=tables,
    answer=answer,
    opens=opens,
)
