"""When to lower the rate? Train without a decay, wait until the loss stands still, then cut."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, read, seed, settings, whole
from landscape.study.batches.sgd_noise import SHARE, WINDOW, Descents, Drop, descend, stands_still

STEPS, END = 2_000, 500
SMOOTH = 20
PLAIN, CUT = 1, 3
SEEDS = 5
START = 5.0
EARLY = 0.25  # of the steps until the plateau is noticed


@settings
class Settings:
    rate: float = number(0.2, 0.005, 0.5, log=True)
    cut: int = whole(10, 2, 5, 10, 20, 100)
    noise: float = number(1.0, 0.1, 3.0, log=True)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """One run without a cut, the step at which its loss stood still, and the same run cut there."""

    plain: Descents
    still: int | None
    lowered: Descents

    @property
    def ends(self) -> tuple[float, float]:
        """The mean of the last losses, without and with the cut."""
        return float(self.plain.loss[0, -END:].mean()), float(self.lowered.loss[0, -END:].mean())


def one(rate: float, cut: int, noise: float, draw: int) -> Result:
    """Run, watch, cut where the loss stands still, and compare."""
    plain = descend(Drop(rate, 1.0, STEPS), STEPS, noise=noise, start=START, seed=draw, runs=1)
    still = stands_still(plain.loss[0])
    at = STEPS + 1 if still is None else still
    lowered = descend(Drop(rate, 1 / cut, at), STEPS, noise=noise, start=START, seed=draw, runs=1)
    return Result(plain, still, lowered)


def measure(s: Settings) -> tuple[Result, ...]:
    """The chosen draw and the next four."""
    return tuple(one(s.rate, s.cut, s.noise, s.draw + k) for k in range(SEEDS))


def show(s: Settings, r: tuple[Result, ...], look: RenderContext) -> list[Piece]:
    first = r[0]
    middle = np.arange(STEPS).reshape(-1, SMOOTH).mean(axis=1)
    curves = [
        Series(look(name), slot, middle, found.loss[0, :-1].reshape(-1, SMOOTH).mean(axis=1))
        for name, slot, found in (("plain", PLAIN, first.plain), ("lowered", CUT, first.lowered))
    ]
    marks = [] if first.still is None else [Mark(first.still, look("still"))]
    panels = [Panel(look("loss"), curves, True, marks)]
    rows = [[str(s.draw + k), one.still, *one.ends, one.ends[1] / one.ends[0]] for k, one in enumerate(r)]
    heads = [look("draw"), look("at"), look("plain"), look("lowered"), look("share")]
    return [
        Chart(series(panels, look("step"), look.theme, height=340), look("alt")),
        Table(heads, rows, title=look("table")),
    ]


def numbers(s: Settings, r: tuple[Result, ...]) -> Mapping[str, float | str]:
    plain, lowered = r[0].ends
    found = [one.still for one in r if one.still is not None]
    return {
        "rate": s.rate, "cut": s.cut, "window": WINDOW, "share": SHARE, "plain": plain, "lowered": lowered,
        "at": r[0].still if r[0].still is not None else "—", "gain": plain / lowered, "found": len(found),
        "seeds": SEEDS, "earliest": min(found) if found else "—", "latest": max(found) if found else "—",
    }  # fmt: skip


@lru_cache(maxsize=1)
def answer() -> int:
    """Which cut ends lower at a slow rate: 0 a quarter of the way to the plateau, 1 there."""
    s = read(Settings, {"rate": 0.005})
    still = one(s.rate, s.cut, s.noise, s.draw).still or STEPS
    ends = [
        descend(Drop(s.rate, 1 / s.cut, at), STEPS, noise=s.noise, start=START, seed=s.draw)
        .loss[:, -END:]
        .mean()
        for at in (EARLY * still, still)
    ]
    return int(np.argmin(ends))


EXPERIMENT = Experiment("when", Settings, measure, show, rows=("S3-36",), numbers=numbers, answer=answer)
