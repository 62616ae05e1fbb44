"""What is a loss, and what is free? One weight, its residuals, and the parabola of its loss."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

import landscape as ls
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, seed, settings, whole
from landscape.study.step_size.one_weight import (
    Data,
    LineLoss,
    best_weight,
    cross_entropy,
    points,
    signed_mean,
    squared_error,
)

WEIGHTS = (-2.0, 4.0)
DATA, BALL, SIGNED = 2, 1, 3
CLASSES = 10


@settings
class Settings:
    weight: float = number(-0.5, *WEIGHTS)
    rate: float = number(0.3, 0.01, 3.0, log=True)
    steps: int = whole(20, 0, 1, 2, 3, 5, 10, 20, 50, 100)
    noise: float = number(0.3, 0.0, 1.0)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """The points, the weights passed on the way down with their squared errors, and the signed mean."""

    data: Data
    weights: np.ndarray
    errors: np.ndarray
    signed: float


def measure(s: Settings) -> Result:
    """Walk down from the weight."""
    data = points(s.noise, s.draw)
    path = ls.run(ls.SGD(s.rate), LineLoss(data.x, data.y), np.array([s.weight]), steps=max(s.steps, 1))
    weights = np.asarray(path.params[: s.steps + 1, 0], np.float64)
    errors = np.array([squared_error(w * data.x, data.y) for w in weights])
    return Result(data, weights, errors, signed_mean(s.weight * data.x, data.y))


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    x, y = r.data
    ends = np.array([-1.1, 1.1])
    gaps = np.full(len(x), np.nan)
    residuals = np.stack([s.weight * x, y, gaps], axis=1).ravel()
    fit = [
        Series(look("residuals"), SIGNED, np.repeat(x, 3), residuals),
        Series(look("line").format(w=look.n(round(s.weight, 2))), BALL, ends, s.weight * ends),
        Series(
            look("end").format(w=look.n(round(float(r.weights[-1]), 2))),
            0,
            ends,
            r.weights[-1] * ends,
            "theory",
        ),
        Series(look("points"), DATA, x, y, "points"),
    ]
    grid = np.linspace(*WEIGHTS, 121)
    seen = (r.weights > WEIGHTS[0]) & (r.weights < WEIGHTS[1])
    curves = [
        Series(look("squared"), DATA, grid, [squared_error(w * x, y) for w in grid]),
        Series(look("signed"), SIGNED, grid, [signed_mean(w * x, y) for w in grid]),
        Series(look("walk"), BALL, r.weights[seen], r.errors[seen], "points"),
    ]
    best = Mark(best_weight(r.data), f"w* = {look.n(round(best_weight(r.data), 3))}")
    span = max(float(np.max(curves[0].y)), 0.1)
    return [
        Chart(series([Panel("y", fit)], "x", look.theme, height=300), look("alt_fit"), look("fit_title")),
        Chart(
            series(
                [Panel("J(w)", curves, marks=[best], span=(-0.08 * span, span))], "w", look.theme, height=300
            ),
            look("alt_loss"),
            look("loss_title"),
        ),
    ]


def numbers(s: Settings, r: Result) -> Mapping[str, float | str]:
    return {
        "weight": s.weight, "signed": abs(r.signed), "squared": float(r.errors[0]), "steps": s.steps,
        "end": float(r.weights[-1]), "final": float(r.errors[-1]), "best": best_weight(r.data),
        "apart": abs(float(r.weights[-1]) - best_weight(r.data)),
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    wrong, truth = np.array([1.0, -1.0]), np.zeros(2)
    equal = cross_entropy(np.zeros((1, CLASSES)), np.array([0]))
    rows = [
        [look("signed"), look("two"), signed_mean(wrong, truth)],
        [look("squared"), look("two"), squared_error(wrong, truth)],
        [look("entropy"), look("ten"), equal],
    ]
    return {"S1-03": Table([look("measure"), look("of"), look("reads")], rows)}


@lru_cache(maxsize=1)
def answer() -> int:
    """What the signed mean does while the weight is moved: 0 it is least at the best, 1 it stays at zero."""
    data = points()
    read = [abs(signed_mean(w * data.x, data.y)) for w in np.linspace(*WEIGHTS, 7)]
    return int(max(read) < 1e-6)


EXPERIMENT = Experiment(
    "one_weight",
    Settings,
    measure,
    show,
    rows=("S1-03", "S1-04"),
    numbers=numbers,
    tables=tables,
    answer=answer,
)
