"""Does the full batch cure it? On the ridge of a saddle it stays for ever, and in a ravine it is as slow."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.descent.rules.first_order import SGD, Momentum
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, read, seed, settings, switch
from landscape.study.batches.saddle_exit_noise import HALF, LIMIT, RUNS, Leaving, leaving, predicted
from landscape.study.terrain.ravines import CONDITIONS, tuned

SHOWN = 6  # runs with noise that are drawn
FULL, NOISY = 1, 3
BEYOND = 2.5  # the axis across the ridge ends there
WEAKER = 1e-3
FACTORS = np.array([1.0, 1.8, 1000.0])


@settings
class Settings:
    noisy: bool = switch(True)
    noise: float = number(1e-3, 1e-8, 0.1, log=True)
    rate: float = number(0.1, 0.02, 0.5, log=True)
    descent: float = number(1.0, 0.2, 2.0, log=True)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """The runs on the saddle without and with noise, and by rule the steps in every ravine."""

    full: Leaving
    noisy: Leaving
    ravines: Mapping[str, np.ndarray]

    @property
    def left(self) -> np.ndarray:
        """The leaving times of the noisy runs that left."""
        return self.noisy.steps[np.isfinite(self.noisy.steps)]


def measure(s: Settings) -> Result:
    """A hundred runs from the ridge with noise, as many without, and gradient descent in the ravines."""
    noise = s.noise if s.noisy else 0.0
    ravines = {"sgd": tuned(SGD)[1], "momentum": tuned(Momentum)[1]}
    return Result(leaving(s.rate, s.descent, 0.0, s.draw), leaving(s.rate, s.descent, noise, s.draw), ravines)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    last = int(min(LIMIT, 1.3 * r.left.max())) if len(r.left) else LIMIT
    steps = np.arange(last + 1)
    noisy = np.clip(r.noisy.across[:SHOWN, : last + 1], -2 * BEYOND, 2 * BEYOND)
    lines = [Series(look("noisy"), NOISY, steps, run) for run in noisy] if s.noisy else []
    lines.append(Series(look("full"), FULL, steps, r.full.across[0, : last + 1]))
    marks = [Mark(side, look("left") if side > 0 else "", "y") for side in (-1.0, 1.0)]
    panels = [Panel(look("across"), lines, marks=marks, span=(-BEYOND, BEYOND))]
    if s.noisy:
        count, edges = np.histogram(r.left, bins=24, range=(0, last))
        bars = Series(look("leaving"), NOISY, (edges[:-1] + edges[1:]) / 2, count, "bars")
        half = predicted(s.rate, s.descent, s.noise)
        border = [Mark(half, look("half"))] if half < last else []
        panels.append(Panel(look("count"), [bars], marks=border))
    figure = series(panels, look("step"), look.theme, height=420 if s.noisy else 280)
    chosen = [int(np.argmin(np.abs(CONDITIONS - 10.0**power))) for power in range(4)]
    rows = [[f"{CONDITIONS[k]:,.0f}", *(float(r.ravines[n][k]) for n in ("sgd", "momentum"))] for k in chosen]
    heads = [look("condition"), look("descent_steps"), look("momentum_steps")]
    return [Chart(figure, look("alt"), look("title")), Table(heads, rows, title=look("ravine_title"))]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    ravine = r.ravines["sgd"]
    return {
        "runs": RUNS, "limit": LIMIT, "noise": s.noise if s.noisy else 0.0, "left": len(r.left),
        "growth": 1 + s.rate * s.descent, "full_left": int(np.isfinite(r.full.steps).sum()),
        "median": float(np.median(r.left)) if len(r.left) else "∞",
        "most": float(r.left.max()) if len(r.left) else "∞",
        "theory": predicted(s.rate, s.descent, s.noise) if s.noisy else r"\infty",
        "steepest": float(CONDITIONS[-1]), "ravine": float(ravine[-1]), "half": HALF,
        "ravine_momentum": float(r.ravines["momentum"][-1]),
    }  # fmt: skip


@lru_cache(maxsize=1)
def answer() -> int:
    """How much longer the runs stay with a thousandth of the noise."""
    s = read(Settings, {})
    long, short = (
        np.median(leaving(s.rate, s.descent, noise).steps) for noise in (s.noise * WEAKER, s.noise)
    )
    return int(np.argmin(np.abs(np.log(FACTORS / (long / short)))))


EXPERIMENT = Experiment("cure", Settings, measure, show, rows=("S3-13",), numbers=numbers, answer=answer)
