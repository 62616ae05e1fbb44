"""Multiply the loss by c: gradient descent changes wildly, the paths of adaptive rules do not move."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

import landscape as ls
from landscape.descent.rules.rule import Rule
from landscape.descent.trajectory import Trajectory
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.geometry.grids.grid import Grid, evaluate
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS, rule
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, read, settings
from landscape.lessons.stage import Run, stage
from landscape.study.optimizers.loss_scaling import Scaled, deviation, scaled_paths
from landscape.study.optimizers.trust_ratio import Update, digit_layers, updates

STEPS = 200
SHARE = 0.01  # of its weights, that a step with a trust ratio moves a layer
FACTORS = tuple(float(f"{10**power:.4g}") for power in np.linspace(-3, 3, 25))
SURFACE = ls.SURFACES["ravine"]  # curvatures 1 and 20
RATE = 0.03  # of gradient descent
RATES = {"sgd": RATE, "adagrad": 0.4, "rmsprop": 0.02, "adam": 0.05, "adadelta": 1.0}
RULES: Mapping[str, Rule] = {name: rule(name, learning_rate=rate) for name, rate in RATES.items()}


@settings
class Settings:
    factor: float = number(3.0, 1e-3, 1e3, log=True)
    x: float = number(-2.6, -3.2, 3.2)
    y: float = number(1.2, -2.0, 2.0)


@dataclass(frozen=True, eq=False)
class Result:
    """The runs on c f, and how far each rule's path is from its path on f, for this c and for many."""

    runs: Mapping[str, Trajectory]
    here: Mapping[str, float]
    sweep: Mapping[str, np.ndarray]
    trust: tuple[Update, ...]


def measure(s: Settings) -> Result:
    """Run every rule on c f, and compare its path with the one on f."""
    start = (s.x, s.y)
    runs = ls.race(RULES, Scaled(SURFACE, s.factor), np.array(start), STEPS)
    here = {}
    for name, it in RULES.items():
        plain, now = scaled_paths(it, SURFACE, start, (1.0, s.factor), STEPS)
        here[name] = float(deviation(now[None], plain)[0])
    return Result(runs, here, _sweep(start), _trust(s.factor))


@lru_cache(maxsize=32)
def _sweep(start: tuple[float, float]) -> Mapping[str, np.ndarray]:
    found = {}
    for name, it in RULES.items():
        paths = scaled_paths(it, SURFACE, start, FACTORS, STEPS)
        found[name] = deviation(paths, paths[FACTORS.index(1.0)])
    return found


def _trust(factor: float) -> tuple[Update, ...]:
    """One step of each layer of a network on c f."""
    weights, gradient = digit_layers()
    return updates(weights, [factor * g for g in gradient], 0.1, SHARE)


@lru_cache(maxsize=1)
def _grid() -> Grid:
    return evaluate(SURFACE, points=80)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    runs = {name: Run.of(SLOTS[name], run, RULES[name], name) for name, run in r.runs.items()}
    unscaled = _grid()
    grid = Grid(unscaled.a, unscaled.b, s.factor * unscaled.loss)
    names = look.section("rule")
    lines = [Series(names[f"{n}.short"], SLOTS[n], FACTORS, _shown(r.sweep[n])) for n in RULES]
    lines += [
        Series(names[f"{n}.short"], SLOTS[n], [s.factor], _shown(np.array([apart])), "points")
        for n, apart in r.here.items()
    ]
    marks = [Mark(s.factor, f"c = {look.n(s.factor)}")]
    figure = series(
        [Panel(look("apart"), lines, True, marks, (1e-10, 1e3))],
        look("factor"),
        look.theme,
        log=True,
        height=300,
    )
    rows = [[f"{look('layer')} {u.layer}", u.gradient, u.descent, u.ratio, u.trusted] for u in r.trust]
    heads = [look("layer"), look("gradient"), look("descent"), look("ratio"), look("trusted")]
    return [
        stage(
            look, grid, f"c = {look.n(s.factor)}", (s.x, s.y), runs, minima=[(0.0, 0.0, 0.0)], draggable=True
        ),
        Chart(figure, look("alt"), look("apart_title")),
        Table(heads, rows, title=look("trust_title")),
    ]


def _shown(apart: np.ndarray) -> np.ndarray:
    """Distances as a logarithmic axis shows them: rounding at its foot, what was lost at its top."""
    return np.clip(apart, 1e-10, 1e3)


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    adaptive = max(value for name, value in r.here.items() if name not in ("sgd", "adadelta"))
    return {
        "factor": s.factor, "rate": RATE * s.factor, "plain": RATE, "border": 0.1, "descent": r.here["sgd"],
        "adaptive": adaptive, "adadelta": r.here["adadelta"],
        "share": SHARE, "trusted": max(abs(u.trusted - SHARE) for u in r.trust),
    }  # fmt: skip


def answer() -> int:
    """Which rule's path changes when the loss is multiplied by 100: the first of those offered."""
    apart = measure(read(Settings, {"factor": 100.0})).here
    offered = ("adagrad", "sgd", "adam")
    return offered.index(max(offered, key=lambda name: apart[name]))


EXPERIMENT = Experiment(
    "rescale",
    Settings,
    measure,
    show,
    rows=("S1-13", "S1-16"),
    numbers=numbers,
    answer=answer,
    on_stage=("x", "y"),
)
