"""Why begin at random? The same network from random weights, and from zeros, which never learn."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.series import Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, seed, settings, whole
from landscape.study.step_size.random_starts import KINDS, RANDOM, USUAL, ZERO, learnt, parts, start

STEPS, STARTS = 1_000, 6
MANY = 100
SLOTS = {USUAL: 1, RANDOM: 2, ZERO: 3}
BINS = np.linspace(-3, 3, 25)
STUCK = 0.5  # of the loss at zero, for a training that has learnt something


@settings
class Settings:
    kind: str = choice(USUAL, RANDOM)
    hidden: int = whole(8, 2, 4, 8, 16, 32)
    rate: float = number(0.1, 0.01, 0.3, log=True)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """Losses of six draws and of the start at zero, and the biases and weights that the draws begin with."""

    losses: np.ndarray
    zero: np.ndarray
    biases: np.ndarray
    weights: np.ndarray


def measure(s: Settings) -> Result:
    """Train from this draw and the next five, and from zero."""
    draws = range(s.draw, s.draw + STARTS)
    begun = [parts(start(s.kind, draw, s.hidden)) for draw in draws]
    return Result(
        losses=np.stack([learnt(s.kind, draw, s.rate, STEPS, s.hidden) for draw in draws]),
        zero=learnt(ZERO, 0, s.rate, STEPS, s.hidden),
        biases=np.concatenate([biases for biases, _ in begun]),
        weights=np.concatenate([weights for _, weights in begun]),
    )


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    steps = np.arange(STEPS + 1)
    lines = [Series(look(s.kind), SLOTS[s.kind], steps, loss) for loss in r.losses]
    lines.append(Series(look(ZERO), SLOTS[ZERO], steps, r.zero))
    middle = (BINS[1:] + BINS[:-1]) / 2
    bars = [
        Series(look(name), slot, middle, 100 * np.histogram(values, BINS)[0] / len(values), "bars")
        for name, slot, values in (("weights", 1, r.weights), ("biases", 3, r.biases))
    ]
    return [
        Chart(
            series([Panel(look("loss"), lines, True)], look("step"), look.theme, height=320),
            look("alt_loss"),
            look("loss_title"),
        ),
        Chart(
            series([Panel(look("share"), bars)], look("value"), look.theme, height=250),
            look("alt_start"),
            look("start_title"),
        ),
    ]


@lru_cache(maxsize=2)
def different(kind: str) -> int:
    """How many different starts a hundred seeds give."""
    return len({parts(start(kind, seed))[1].tobytes() for seed in range(MANY)})


def numbers(s: Settings, r: Result) -> Mapping[str, float | str]:
    ends = r.losses[:, -1]
    return {
        "starts": STARTS, "steps": STEPS, "lowest": float(ends.min()), "highest": float(ends.max()),
        "zero": float(r.zero[-1]), "many": MANY, "different": different(s.kind),
        "biases": len(r.biases) // STARTS, "weights": len(r.weights) // STARTS,
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    rows = []
    for kind in KINDS:
        draws = [0] if kind == ZERO else range(s.draw, s.draw + STARTS)  # zero is the same for all
        ends = [learnt(kind, draw, s.rate, STEPS, s.hidden)[-1] for draw in draws]
        rows.append([look(kind), float(np.min(ends)), float(np.max(ends))])
    heads = [look("start"), look("least"), look("most")]
    return {"S5-02": Table(heads, rows, [SLOTS[kind] for kind in KINDS])}


@lru_cache(maxsize=1)
def answer() -> int:
    """What a start at zero learns: 0 as much as others, 1 hardly anything, 2 it diverges."""
    zero, usual = learnt(ZERO, 0, 0.1, STEPS), learnt(USUAL, 0, 0.1, STEPS)
    if not np.isfinite(zero[-1]):
        return 2
    return int(zero[-1] > STUCK * zero[0] > usual[-1])


EXPERIMENT = Experiment(
    "random_start",
    Settings,
    measure,
    show,
    rows=("S5-02",),
    numbers=numbers,
    tables=tables,
    answer=answer,
)
