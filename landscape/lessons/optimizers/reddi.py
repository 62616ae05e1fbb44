"""Can Adam end at the worst point? A rare large slope that its average forgets too soon."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

import landscape as ls
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import number, read, settings, switch
from landscape.study.optimizers.momentum import fed
from landscape.study.optimizers.reddi import STEPS, constrained_path

KEPT = 8  # the colour of AMSGrad
EPS = 1e-8


@settings
class Settings:
    large: float = number(3.0, 2.1, 10.0)
    b2: float = number(0.1, 0.0, 0.999)
    rate: float = number(0.05, 0.005, 0.1, log=True)
    corrected: bool = switch(False)


@dataclass(frozen=True, eq=False)
class Result:
    """The three runs, and the length of Adam's first step in units of its rate."""

    adam: np.ndarray
    amsgrad: np.ndarray
    descent: np.ndarray
    first: float


def measure(s: Settings) -> Result:
    """Run Adam, AMSGrad and gradient descent at one rate."""
    adam = ls.Adam(s.rate, 0.0, s.b2, EPS, bias_correction=s.corrected)
    return Result(
        constrained_path(adam, s.large),
        constrained_path(ls.AMSGrad(s.rate, 0.0, s.b2, EPS), s.large),
        constrained_path(ls.SGD(s.rate), s.large),
        _first(s.large, s.b2, s.corrected),
    )


@lru_cache(maxsize=64)
def _first(gradient: float, b2: float, corrected: bool) -> float:
    rule = ls.Adam(1.0, 0.9, b2, EPS, bias_correction=corrected)
    return -float(fed(rule, np.array([gradient]))[0][0])


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    names = look.section("rule")
    steps = np.arange(STEPS + 1)
    lines = [
        Series(names["adam.short"], SLOTS["adam"], steps, r.adam),
        Series("AMSGrad", KEPT, steps, r.amsgrad),
        Series(names["sgd.short"], SLOTS["sgd"], steps, r.descent),
    ]
    marks = [Mark(-1.0, look("best"), "y"), Mark(1.0, look("worst"), "y")]
    long = Panel("x", lines, marks=marks, span=(-1.3, 1.3))
    early = [Series(line.name, line.slot, line.x[:31], line.y[:31]) for line in lines]
    return [
        Chart(series([long], look("step"), look.theme, height=340), look("alt"), look("title")),
        Chart(
            series([Panel("x", early)], look("step"), look.theme, height=240),
            look("alt_early"),
            look("early"),
        ),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    return {
        "large": s.large, "adam": float(r.adam[-1]), "amsgrad": float(r.amsgrad[-1]),
        "descent": float(r.descent[-1]), "mean": (s.large - 2) / 3, "first": r.first, "b2": s.b2,
    }  # fmt: skip


def answer() -> int:
    """Where Adam ends: at the best point, in the middle, or at the worst."""
    end = measure(read(Settings, {})).adam[-1]
    return int(np.argmin(np.abs(np.array([-1.0, 0.0, 1.0]) - end)))


EXPERIMENT = Experiment("reddi", Settings, measure, show, rows=("S3-29",), numbers=numbers, answer=answer)
