"""Why does the loss fall in a step when the rate is cut? The noise floor is proportional to the rate."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import number, read, seed, settings, whole
from landscape.study.batches.sgd_noise import Descents, Drop, descend, floor

STEPS = 4_000
REST = 4.0  # after so many times 1/(rate x curvature) steps the start is forgotten
ONE, MEAN = 3, 1
SMOOTH = 20  # steps that are averaged for one point of the curve
CUTS = (10**0.5, 10.0, 100.0)


@settings
class Settings:
    rate: float = number(0.2, 0.01, 1.9, log=True)
    noise: float = number(1.0, 0.0, 3.0)
    cut: int = whole(10, 1, 2, 5, 10, 20, 50, 100)
    at: int = whole(2_000, 500, 1_000, 1_500, 2_000, 2_500, 3_000)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """The runs, and for the rate before and after the cut the floor in theory and as measured."""

    found: Descents
    theory: tuple[float, float]
    measured: tuple[float, float]


def measure(s: Settings) -> Result:
    """Run 64 descents; average the loss where they have settled."""
    found = descend(Drop(s.rate, 1 / s.cut, s.at), STEPS, noise=s.noise, seed=s.draw)
    rates = (s.rate, s.rate / s.cut)
    ends = ((0, s.at), (s.at, STEPS + 1))
    means = []
    for rate, (begin, end) in zip(rates, ends, strict=True):
        settled = min(begin + int(REST / rate), (begin + end) // 2)
        means.append(float(found.loss[:, settled:end].mean()))
    before, after = (floor(rate, s.noise) for rate in rates)
    return Result(found, (before, after), (means[0], means[1]))


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    steps = np.arange(STEPS + 1)
    middle = steps[:-1].reshape(-1, SMOOTH).mean(axis=1)
    mean = r.found.loss.mean(axis=0)[:-1].reshape(-1, SMOOTH).mean(axis=1)
    losses = [
        Series(look("mean"), MEAN, middle, mean),
        Series(look("theory"), 0, steps, np.where(steps < s.at, *r.theory), "theory"),
    ]
    cut = Mark(s.at, f"η / {s.cut}")
    panels = [
        Panel(look("loss"), losses, True, [cut]),
        Panel(look("place"), [Series(look("one"), ONE, steps, r.found.x[0])], marks=[Mark(s.at, "")]),
    ]
    return [Chart(series(panels, look("step"), look.theme, height=430), look("alt"))]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    before, after = r.measured
    return {
        "rate": s.rate, "low": s.rate / s.cut, "noise": s.noise, "cut": s.cut, "at": s.at,
        "before": before, "after": after, "ratio": before / after if after else 1.0,
        "theory_before": r.theory[0], "theory_after": r.theory[1], "runs": len(r.found.loss),
    }  # fmt: skip


@lru_cache(maxsize=1)
def answer() -> int:
    """By which of the offered factors the floor falls when the rate is cut by ten."""
    before, after = measure(read(Settings, {})).measured
    return int(np.argmin(np.abs(np.log(np.array(CUTS) / (before / after)))))


EXPERIMENT = Experiment(
    "floor", Settings, measure, show, rows=("S3-12", "S3-31"), numbers=numbers, answer=answer
)
