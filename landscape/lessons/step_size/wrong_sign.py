"""Minus, plus, or times the cost? Three readings of the update, run side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from landscape.figures.charts.series import Panel, Series, series
from landscape.lessons import curve as stage
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, read, settings
from landscape.player.curve import Control, CurveRun
from landscape.scenario import Problem, Runner, Scenario
from landscape.study.step_size.basins import slopes, values, walks
from landscape.study.step_size.wrong_updates import Lifted, by_cost, uphill

RATES = (0.01, 0.3)
STARTS = (-1.5, 1.5)
STEPS = 50
CURVATURE = 10.0
READINGS: Mapping[str, tuple[int, Callable[..., np.ndarray]]] = {
    "minus": (1, walks), "plus": (3, uphill), "printed": (2, by_cost),
}  # fmt: skip
OFFSETS = (0.0, 5.0, 10.0)


@settings
class Settings:
    offset: float = number(8.0, 0.0, 10.0)
    rate: float = number(0.05, *RATES, log=True)
    start: float = number(1.0, *STARTS)


@dataclass(frozen=True, eq=False)
class Result:
    """By reading, the run on the lifted cost and the one without the constant; slope and cost at first."""

    lifted: Mapping[str, np.ndarray]
    plain: Mapping[str, np.ndarray]
    slope: float
    cost: float


def measure(s: Settings) -> Result:
    """Run every reading from the start, with the constant and without."""
    start = np.array([s.start])
    ground = Lifted(CURVATURE, s.offset)
    return Result(
        _runs(s, s.offset), _runs(s, 0.0), float(slopes(ground, start)[0]), float(values(ground, start)[0])
    )


def _runs(s: Settings, offset: float) -> dict[str, np.ndarray]:
    ground, rate, start = Lifted(CURVATURE, offset), np.array([s.rate]), np.array([s.start])
    return {name: run(ground, rate, start, STEPS)[0] for name, (_, run) in READINGS.items()}


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    scene = stage.Scene(Lifted(CURVATURE, s.offset), (-2.2, 2.2), (-1.5, 20.0), [(0.0, look("minimum"))])
    balls = [CurveRun(slot, look(name), r.lifted[name]) for name, (slot, _) in READINGS.items()]
    played = stage.stage(
        look,
        scene,
        balls,
        title=look("title"),
        rate=Control("rate", s.rate, *RATES),
        start=Control("start", s.start, *STARTS),
    )
    steps = np.arange(STEPS + 1)
    lines = [Series(look(name), slot, steps, np.abs(r.lifted[name])) for name, (slot, _) in READINGS.items()]
    figure = series([Panel(look("distance"), lines, log=True)], look("step"), look.theme, height=320)
    return [played, Chart(figure, look("alt"), look("distance_title"))]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    return {
        "start": s.start, "rate": s.rate, "offset": s.offset, "slope": r.slope, "cost": r.cost,
        "sign": "+1" if r.slope > 0 else "−1" if r.slope < 0 else "0", "steps": STEPS,
        **{f"{name}_next": float(path[1]) for name, path in r.lifted.items()},
        **{f"{name}_end": abs(float(path[-1])) for name, path in r.lifted.items()},
        "growth": 1 + s.rate * CURVATURE,
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    """Where the first step leads with other constants, and where the two signs are in the end."""
    first = {offset: _runs(s, offset) for offset in OFFSETS}
    lifted = [
        [look(name), *(round(float(first[offset][name][1]), 3) for offset in OFFSETS)]
        for name in ("minus", "printed")
    ]
    ends = [
        [look(name), float(r.lifted[name][1]), abs(float(r.lifted[name][-1]))] for name in ("minus", "plus")
    ]
    return {
        "S3-02": Table([look("reading"), look("first"), look("last")], ends, [1, 3]),
        "S5-06": Table([look("reading"), *(f"+ {offset:g}" for offset in OFFSETS)], lifted, [1, 2]),
    }


def answer() -> int:
    """Which reading takes another path once 5 is added to the cost."""
    asked = read(Settings, {})
    before, after = _runs(asked, 0.0), _runs(asked, 5.0)
    return [not np.array_equal(before[name], after[name]) for name in READINGS].index(True)


def opens(s: Settings) -> Scenario:
    """The run with the minus in the race."""
    runner = Runner(id="gd", rule="sgd", fields={"learning_rate": s.rate}, slot=1)
    problem = Problem(name="parabola", fields={"curvature": CURVATURE})
    return Scenario(problem=problem, start=(s.start,), steps=STEPS, runners=(runner,))


EXPERIMENT = Experiment(
    "wrong_sign",
    Settings,
    measure,
    show,
    rows=("S3-02", "S5-06"),
    numbers=numbers,
    tables=tables,
    answer=answer,
    opens=opens,
    on_stage=("rate", "start"),
)
