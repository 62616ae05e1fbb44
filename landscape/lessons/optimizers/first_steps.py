"""How long is the first step? RMSProp, Adam with and without bias correction, and Adadelta's hidden rate."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.series import INK, Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, settings, switch
from landscape.study.optimizers.first_steps import STEADY, TURNED, Steps, steps

BEFORE = 20  # steps shown before the slope turns round
RHO = 0.95  # Adadelta's memory


@settings
class Settings:
    gradient: float = number(1000.0, 1e-3, 1e3, log=True)
    b1: float = number(0.9, 0.0, 0.99)
    b2: float = number(0.999, 0.0, 0.9999)
    corrected: bool = switch(False)
    eps: float = number(1e-6, 1e-8, 1e-4, log=True)


@dataclass(frozen=True, eq=False)
class Result:
    """The steps of every rule; `chosen` is Adam as the switch has it, `other` without or with."""

    steps: Steps
    chosen: np.ndarray
    other: np.ndarray


def measure(s: Settings) -> Result:
    """Feed the rules a constant slope that turns round."""
    found = steps(s.gradient, s.b1, s.b2, (s.eps, 100 * s.eps))
    pair = (found.adam, found.plain) if s.corrected else (found.plain, found.adam)
    return Result(found, *pair)


@lru_cache(maxsize=1)
def _hidden() -> Mapping[float, float]:
    """Adadelta's first step on a slope of 1000, by its eps."""
    found = steps(1000.0, 0.9, 0.999, (1e-8, 1e-6, 1e-4)).adadelta
    return {eps: float(lengths[0]) for eps, lengths in found.items()}


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    t = np.arange(1, STEADY + 1)
    adam = look("adam_corrected" if s.corrected else "adam_plain")
    other = look("adam_plain" if s.corrected else "adam_corrected")

    def early(name: str, slot: int, lengths: np.ndarray, kind: str = "line") -> Series:
        return Series(name, slot, t, lengths[:STEADY], kind)

    lengths = [
        early(adam, SLOTS["adam"], r.chosen),
        early(other, INK, r.other, "theory"),
        early("RMSProp, γ = β₂", SLOTS["rmsprop"], r.steps.rmsprop),
    ]
    own = [
        early(f"AdaDelta, ε = {look.n(eps)}", slot, found)
        for slot, (eps, found) in zip((SLOTS["adadelta"], 8), r.steps.adadelta.items(), strict=True)
    ]
    first = series(
        [
            Panel(look("length"), lengths, True, [Mark(1.0, "η", "y")]),
            Panel(look("adadelta"), own, True),
        ],
        look("step"),
        look.theme,
        log=True,
        height=430,
    )
    around, shown = np.arange(1 - BEFORE, TURNED + 1), slice(STEADY - BEFORE, None)
    turned = [
        Series(adam, SLOTS["adam"], around, r.chosen[shown]),
        Series("RMSProp, γ = β₂", SLOTS["rmsprop"], around, r.steps.rmsprop[shown]),
    ]
    marks = [Mark(0.5, look("turns"))]
    turn = series([Panel(look("signed"), turned, marks=marks)], look("since"), look.theme, height=240)
    return [
        Chart(first, look("alt"), look("first_title")),
        Chart(turn, look("alt_turn"), look("turn_title")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    after = r.chosen[STEADY:]
    return {
        "gradient": s.gradient, "b1": s.b1, "b2": s.b2, "eps": s.eps, "adam": float(r.steps.adam[0]),
        "plain": float(r.steps.plain[0]), "rmsprop": float(r.steps.rmsprop[0]),
        "settled": float(r.steps.rmsprop[STEADY - 1]), "adadelta": float(r.steps.adadelta[s.eps][0]),
        "predicted": float(np.sqrt(s.eps / (1 - RHO))),
        "apart": float(np.abs(r.steps.plain - r.steps.rmsprop).max()),
        "turns": float(np.argmax(after < 0) + 1) if (after < 0).any() else np.nan,
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    rows = [[look.n(eps), first] for eps, first in _hidden().items()]
    return {"S2-46": Table(["ε", look("first")], rows)}


def answer() -> int:
    """How many times longer a hundredfold eps makes Adadelta's first step, of those offered."""
    small, large = _hidden()[1e-6], _hidden()[1e-4]
    return int(np.argmin(np.abs(np.array([1.0, 10.0, 100.0]) - large / small)))


EXPERIMENT = Experiment(
    "first_steps",
    Settings,
    measure,
    show,
    rows=("S2-46", "S2-47", "S2-48", "S2-49"),
    numbers=numbers,
    tables=tables,
    answer=answer,
)
