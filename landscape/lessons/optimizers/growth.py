"""Does AdaGrad stop? Its sum only grows, its steps only shrink, and it travels without end."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.series import INK, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS, rule
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, settings, switch, whole
from landscape.study.optimizers.adagrad_accumulator import EVERY, Growth, growth
from landscape.study.optimizers.momentum import settle


@settings
class Settings:
    feature: str = choice("frequent", "rare")
    horizon: int = whole(10_000, 100, 1000, 10_000, 100_000)
    rate: float = number(1.0, 0.0, 1.0)
    reciprocal: bool = switch(True)


@dataclass(frozen=True, eq=False)
class Result:
    """What each rule does with the gradients, and AdaGrad on a bowl."""

    rules: Mapping[str, Growth]
    arrives: int | None


def measure(s: Settings) -> Result:
    """Feed the rules; a new rate scales what was measured at 1, for the gradients do not depend on it."""
    return Result(_fed(s.rate, s.horizon), _bowl())


@lru_cache(maxsize=32)
def _fed(rate: float, steps: int) -> Mapping[str, Growth]:
    return growth(rate, steps)


@lru_cache(maxsize=1)
def _bowl() -> int | None:
    """The steps AdaGrad needs to be within a millionth of a parabola's minimum."""
    return settle(rule("adagrad", learning_rate=0.1), [1.0], 5000).steps


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    names, column = look.section("rule"), int(s.feature == "rare")
    seen = slice(EVERY - 1, None, EVERY) if column else slice(None)
    steps = np.arange(1, s.horizon + 1)
    pick = np.unique(np.geomspace(1, len(steps[seen]), 400).round().astype(int)) - 1
    at = steps[seen][pick]

    def line(name: str, what: str, slot: int, label: str = "") -> Series:
        values = getattr(r.rules[name], what)[seen, column][pick]
        return Series(label or names[f"{name}.short"], slot, at, values, "line")

    moved = ["adagrad", "rmsprop"]
    length = [line(name, "steps", SLOTS[name]) for name in moved]
    travel = [line(name, "travel", SLOTS[name]) for name in moved]
    if column:
        usual = r.rules["adagrad"].steps[seen, 0][pick]
        length.append(Series(look("usual"), INK, at, usual, "theory"))
    if s.reciprocal:
        length.append(line("reciprocal", "steps", 8, look("reciprocal")))
        travel.append(line("reciprocal", "travel", 8, look("reciprocal")))
    memory = [line("adagrad", "memory", SLOTS["adagrad"]), line("adadelta", "memory", SLOTS["adadelta"])]
    panels = [
        Panel(look("length"), length, True),
        Panel(look("travel"), travel, True),
        Panel(look("memory"), memory, True),
    ]
    return [Chart(series(panels, look("step"), look.theme, log=True, height=520), look("alt"))]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    column = int(s.feature == "rare")
    last = -1 if not column else (s.horizon // EVERY) * EVERY - 1
    adagrad, steady = r.rules["adagrad"], _fed(1.0, 1000)
    frequent = float(adagrad.steps[last, 0])
    return {
        "horizon": s.horizon, "rate": s.rate, "last": float(adagrad.steps[last, column]),
        "travel": float(adagrad.travel[-1, column]), "sum": float(adagrad.memory[-1, column]),
        "average": float(r.rules["adadelta"].memory[:, column].max()),
        "ratio": float(adagrad.steps[(s.horizon // EVERY) * EVERY - 1, 1]) / frequent if frequent else np.nan,
        "arrives": float(r.arrives or np.nan), "every": EVERY,
        "travelled": float(steady["adagrad"].travel[-1, 0]),
        "slope": _slope(s.horizon),
        "noted": float(steady["reciprocal"].travel[-1, 0]),
    }  # fmt: skip


def _slope(horizon: int) -> float:
    """The slope of AdaGrad's step lengths on logarithmic axes."""
    lengths = _fed(1.0, horizon)["adagrad"].steps[:, 0]
    return float(np.polyfit(np.log(np.arange(1, horizon + 1)), np.log(lengths), 1)[0])


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    steady, still = _fed(1.0, 1000), _fed(0.0, 1000)
    root, plain = steady["adagrad"], steady["reciprocal"]
    rows = [[look.n(t), plain.steps[t - 1, 0], root.steps[t - 1, 0]] for t in (4, 100, 1000)]
    resting = [
        [look.n(rate), found["adagrad"].travel[-1, 0], found["adagrad"].memory[-1, 0]]
        for rate, found in ((1.0, steady), (0.0, still))
    ]
    travel = [[look.n(t), root.steps[t - 1, 0], root.travel[t - 1, 0]] for t in (10, 100, 1000)]
    return {
        "S2-37": Table([look("rate"), look("moved"), "G"], resting),
        "S2-39": Table(["t", "η / G", "η / √G"], rows),
        "S2-40": Table(["T", look("length"), look("travel")], travel),
    }


def answer() -> int:
    """How far it has gone after 1000 steps, of the lengths offered: 10, 63 or 1000 first steps."""
    offered = np.array([10.0, 63.0, 1000.0])
    return int(np.argmin(np.abs(offered - _fed(1.0, 1000)["adagrad"].travel[-1, 0])))


EXPERIMENT = Experiment(
    "growth",
    Settings,
    measure,
    show,
    rows=("S2-37", "S2-38", "S2-39", "S2-40", "S2-41", "S3-24"),
    numbers=numbers,
    tables=tables,
    answer=answer,
)
