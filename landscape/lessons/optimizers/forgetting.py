"""Is it good to forget? RMSProp recovers from a steep past where AdaGrad does not, and never rests."""

from dataclasses import dataclass

import numpy as np

from landscape.figures.charts.series import INK, Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, read, settings
from landscape.study.optimizers.adagrad_vs_rmsprop import AFTER, BOWL, STEEP, Drop, bowl, drop, first_factors


@settings
class Settings:
    decay: float = number(0.9, 0.0, 1.0)
    rate: float = number(0.1, 0.01, 1.0, log=True)
    slope: float = number(0.01, 1e-8, 10.0, log=True)
    eps: float = number(1e-7, 1e-10, 1e-2, log=True)


@dataclass(frozen=True, eq=False)
class Result:
    """Steps after the drop, distances in a bowl, and AdaGrad's first step with eps at both places."""

    drop: Drop
    settled: np.ndarray
    buzzing: np.ndarray
    outside: tuple[float, ...]
    inside: tuple[float, ...]


def measure(s: Settings) -> Result:
    """Feed the drop, run the bowl, and take two first steps."""
    return Result(
        drop(s.rate, s.decay, s.slope, s.eps),
        *bowl(s.rate, s.decay, s.eps),
        *zip(*(first_factors(slope, s.eps) for slope in _slopes(s)), strict=True),
    )


def _slopes(s: Settings) -> tuple[float, ...]:
    """The slopes of the first steps: some tiny ones, and the chosen one."""
    return tuple(sorted({1e-8, 1e-6, 1e-4, s.slope}))


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    after, steps = np.arange(1, AFTER + 1), np.arange(1, BOWL + 1)
    chosen = f"RMSProp, γ = {look.n(round(s.decay, 3))}"
    lanes = [
        Series("AdaGrad", SLOTS["adagrad"], after, r.drop.adagrad),
        Series(chosen, SLOTS["rmsprop"], after, r.drop.rmsprop),
        Series("RMSProp, γ = 0.99", INK, after, r.drop.longer, "theory"),
    ]
    rest = [
        Series("AdaGrad", SLOTS["adagrad"], steps, np.clip(r.settled[1:], 1e-9, 1e9)),
        Series(chosen, SLOTS["rmsprop"], steps, np.clip(r.buzzing[1:], 1e-9, 1e9)),
    ]
    dropped = series(
        [Panel(look("length"), lanes, True, [Mark(s.rate, "η", "y")])], look("after"), look.theme, height=300
    )
    settled = series([Panel(look("distance"), rest, True)], look("step"), look.theme, log=True, height=280)
    return [
        Chart(dropped, look("alt_drop"), look("drop_title").format(slope=look.n(s.slope))),
        Chart(settled, look("alt_bowl"), look("bowl_title")),
        Table(
            [look("place"), *(f"g = {look.n(slope)}" for slope in _slopes(s))],
            [["g / (√G + ε)", *r.outside], ["g / √(G + ε)", *r.inside]],
            title=look("eps_title").format(eps=look.n(s.eps)),
        ),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    tail = r.buzzing[-50:]
    return {
        "steep": STEEP, "slope": s.slope, "rate": s.rate, "decay": s.decay, "after": AFTER,
        "adagrad": float(r.drop.adagrad[-1]), "rmsprop": float(r.drop.rmsprop[-1]),
        "settled": float(r.settled[-1]), "buzz": float(tail.max()), "half": s.rate / 2,
        "first": r.drop.first, "times": r.drop.first / s.rate,
    }  # fmt: skip


def answer() -> int:
    """Who ends nearer to the minimum of the bowl: AdaGrad, RMSProp, or both alike."""
    settled, buzzing = bowl(0.1, 0.9, read(Settings, {}).eps)
    return int(np.argmin([settled[-1], buzzing[-1]]))


EXPERIMENT = Experiment(
    "forgetting",
    Settings,
    measure,
    show,
    rows=("S3-21", "S3-25", "S3-27", "S3-28"),
    numbers=numbers,
    answer=answer,
)
