"""Which rate is right? Twenty-one at once, and how the good ones move with the curvature."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.zones import Strip, zones
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, settings, whole
from landscape.problems.surfaces.curves import TiltedWell
from landscape.problems.surfaces.quadratics import Parabola, Ravine
from landscape.scenario import Problem, Runner, Scenario
from landscape.study.step_size.rate_sweep import RATES, Sweep, Verdict, edge, swept

CURVATURES = (1.0, 10.0, 100.0)
STEPS = 30
WELL = TiltedWell()
WELL_START = 1.8
VALLEY = 3 * float(WELL.minima[1][0]) ** 2 - 1  # the curvature of the valley that run begins in
OFFERED = (1.0, 10.0, 100.0)  # times smaller, in the question


@settings
class Settings:
    surface: str = choice("parabola", "ravine", "well")
    curvature: float = number(10.0, 1.0, 100.0, log=True)
    steps: int = whole(STEPS, 5, 10, 30, 100, 300)


@dataclass(frozen=True, eq=False)
class Result:
    """The sweep at the chosen curvature, and those at the curvatures beside it."""

    own: Sweep
    others: Mapping[float, Sweep]


def measure(s: Settings) -> Result:
    """Run all rates on the surface at its own curvature and at three others."""
    others = {curvature: _sweep(s.surface, curvature, s.steps) for curvature in CURVATURES}
    return Result(_sweep(s.surface, s.curvature, s.steps), others)


@lru_cache(maxsize=256)
def _sweep(surface: str, curvature: float, steps: int) -> Sweep:
    """Twenty-one runs on a surface whose steepest curvature at the minimum is this one."""
    if surface == "parabola":
        return swept(Parabola(curvature), np.ones(1), steps)
    if surface == "ravine":
        return swept(Ravine(condition=curvature), np.ones(2), steps)
    return swept(WELL, np.array([WELL_START]), steps, curvature / VALLEY)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    def strip(curvature: float, sweep: Sweep, name: str) -> Strip:
        return Strip(name, sweep.loss, sweep.verdicts, 2 / curvature)

    others = [strip(c, sweep, f"λ = {look.n(c)}") for c, sweep in r.others.items()]
    own = strip(s.curvature, r.own, look("own"))
    words = {key: look(key) for key in ("slow", "good", "diverged", "rate", "loss")}
    words["border"] = f"2/λ = {look.n(2 / s.curvature)}"
    figure = zones(RATES, own, others, look.theme, words)
    return [Chart(figure, look("alt"), look("title"))]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    good = edge(RATES, r.own.verdicts)
    counts = {verdict.name.lower(): float((r.own.verdicts == verdict).sum()) for verdict in Verdict}
    beyond = 2 / s.curvature < RATES
    return counts | {
        "curvature": s.curvature, "border": 2 / s.curvature, "one": 1 / s.curvature, "steps": s.steps,
        "best": float(RATES[r.own.best]), "low": good[0] if good else "–", "high": good[1] if good else "–",
        "beyond": float(beyond.sum()),
        "agree": float(((r.own.verdicts == Verdict.DIVERGED) == beyond).sum()),
        "shift": _shift(), "linear": float((np.linspace(RATES[0], RATES[-1], len(RATES)) > 0.1).sum()),
    }  # fmt: skip


def _shift() -> float:
    """How many times smaller the best rate is on a parabola a hundred times as curved."""
    best = [RATES[_sweep("parabola", curvature, STEPS).best] for curvature in (1.0, 100.0)]
    return float(best[0] / best[1])


def answer() -> int:
    """By which of the offered factors the best rate falls when the curvature grows a hundredfold."""
    return int(np.argmin(np.abs(np.log(OFFERED) - np.log(_shift()))))


def opens(s: Settings) -> Scenario:
    """The best rate of the sweep in the race, beside one below and one above."""
    problem, start = {
        "parabola": (Problem(name="parabola", fields={"curvature": s.curvature}), (1.0,)),
        "ravine": (Problem(name="ravine", fields={"condition": s.curvature}), (1.0, 1.0)),
        "well": (Problem(name="tilted_well"), (WELL_START,)),
    }[s.surface]
    scale = s.curvature / VALLEY if s.surface == "well" else 1.0
    best = _sweep(s.surface, s.curvature, s.steps).best
    runners = tuple(
        Runner(id=f"gd{k}", rule="sgd", fields={"learning_rate": float(scale * RATES[place])}, slot=k + 1)
        for k, place in enumerate(sorted({max(best - 5, 0), best}))
    )
    return Scenario(problem=problem, start=start, steps=s.steps, runners=runners)


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    """The best rate and the good ones at each curvature."""
    rows = []
    for curvature, sweep in r.others.items():
        good = edge(RATES, sweep.verdicts)
        best = round(float(RATES[sweep.best]), 4)
        zone = f"{good[0]:.3g} … {good[1]:.3g}" if good else None
        rows.append([f"{curvature:g}", best, zone, 2 / curvature])
    return {"S2-27": Table(["λ", look("best"), look("good"), "2/λ"], rows)}


EXPERIMENT = Experiment(
    "sweep",
    Settings,
    measure,
    show,
    rows=("S1-12", "S2-27", "S5-10"),
    numbers=numbers,
    tables=tables,
    answer=answer,
    opens=opens,
)
