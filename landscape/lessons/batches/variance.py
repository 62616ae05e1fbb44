"""Which batch estimates the gradient best, and what does that buy? Variance, cosine, the floor of a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.series import Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, read, seed, settings, whole
from landscape.study.batches.sgd_noise import Drop, descend, floor
from landscape.study.common.least_squares import Scatter, samples, scatter

BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
SHOWN = (1, 4, 16, 64, 256)
STEPS, TAIL, LATE = 800, 200, 300  # of a run; of its roughness; from where it has settled at any rate offered
WEIGHTS, ONE, BATCH = 10, 3, 2


@settings
class Settings:
    batch: int = whole(10, 1, 2, 4, 10, 16, 32, 64, 128, 256)
    rate: float = number(0.1, 0.03, 1.0, log=True)
    noise: float = number(0.5, 0.0, 2.0)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Run:
    """Many runs with the gradients of one batch size.

    Attributes:
        loss: (runs, steps), of each.
        settled: their mean loss once settled.
        floor: what theory says it is.
        rough: the standard deviation of the loss's change from step to step, at the end.
    """

    loss: np.ndarray
    settled: float
    floor: float
    rough: float


@dataclass(frozen=True, eq=False)
class Result:
    """How batches of every size scatter, and the runs with one sample and with the chosen batch."""

    sizes: Scatter
    chosen: Scatter
    one: Run
    many: Run


def measure(s: Settings) -> Result:
    """Draw batches of every size on least squares, and descend a parabola with such noise."""
    return Result(
        _sizes(BATCHES, s.noise, s.draw),
        _sizes((s.batch,), s.noise, s.draw),
        _run(1, s.rate, s.draw),
        _run(s.batch, s.rate, s.draw),
    )


@lru_cache(maxsize=64)
def _sizes(batches: tuple[int, ...], noise: float, draw: int) -> Scatter:
    data = samples(d=WEIGHTS, noise=noise, seed=draw)
    return scatter(data, np.zeros(WEIGHTS), batches, draws=1000, seed=draw)


@lru_cache(maxsize=64)
def _run(batch: int, rate: float, draw: int) -> Run:
    """The mean of a batch has the noise of one sample divided by the root of its size."""
    noise = batch**-0.5
    loss = descend(Drop(rate, 1.0, STEPS), STEPS, noise=noise, start=1.0, seed=draw).loss
    rough = float(np.diff(loss[:, -TAIL:], axis=1).std())
    return Run(loss, float(loss[:, LATE:].mean()), floor(rate, noise), rough)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    sizes, here = r.sizes, r.chosen
    name = f"B = {s.batch}"
    variance = [
        Series(look("measured"), 1, sizes.batches, sizes.variance),
        Series(look("theory"), 0, sizes.batches, sizes.theory, "theory"),
        Series(name, BATCH, here.batches, here.variance, "points"),
    ]
    cosine = [
        Series(look("measured"), 1, sizes.batches, sizes.cosine),
        Series(name, BATCH, here.batches, here.cosine, "points"),
    ]
    panels = [
        Panel(look("variance"), variance, True),
        Panel(look("cosine"), cosine, span=(0.0, 1.05)),
    ]
    steps = np.arange(r.one.loss.shape[1])
    losses = [
        Series("B = 1", ONE, steps, r.one.loss[0]),
        Series(name, BATCH, steps, r.many.loss[0]),
        Series(look("floors"), 0, steps, np.full(len(steps), r.one.floor), "theory"),
        Series(look("floors"), 0, steps, np.full(len(steps), r.many.floor), "theory"),
    ]
    runs = Panel(look("loss"), losses, span=(0.0, 8 * r.one.floor))  # the start lies far above
    return [
        Chart(series(panels, look("size"), look.theme, log=True, height=400), look("alt"), look("title")),
        Chart(series([runs], look("step"), look.theme, height=280), look("alt_runs"), look("runs_title")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    here = r.chosen
    return {
        "batch": s.batch, "rate": s.rate, "slope": r.sizes.slope, "single": float(r.sizes.theory[0]),
        "variance": float(here.variance[0]), "theory": float(here.theory[0]),
        "cosine": float(here.cosine[0]), "cosine_one": float(r.sizes.cosine[0]),
        "cosine_most": float(r.sizes.cosine[-1]), "most": BATCHES[-1],
        "settled_one": r.one.settled, "settled": r.many.settled, "floor": r.many.floor,
        "ratio": r.one.settled / r.many.settled, "rough_one": r.one.rough, "rough": r.many.rough,
        "smoother": r.one.rough / r.many.rough,
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    rows = [
        [
            f"B = {batch}",
            int(batch),
            float(f"{variance:.3g}"),
            round(float(cosine), 2),
        ]
        for batch, variance, cosine in zip(r.sizes.batches, r.sizes.variance, r.sizes.cosine, strict=True)
        if batch in SHOWN
    ]
    return {"S1-22": Table([look("estimate"), look("cost"), look("variance"), look("cosine_short")], rows)}


def answer() -> int:
    """By what the error of a gradient shrinks with 100 samples: the root of what its variance does."""
    found = _sizes((1, 100), read(Settings, {}).noise, 0)
    shrunk = float(np.sqrt(found.variance[0] / found.variance[1]))
    return int(np.argmin(np.abs(np.log(np.array([100.0, 10.0, 2.0]) / shrunk))))


EXPERIMENT = Experiment(
    "variance",
    Settings,
    measure,
    show,
    rows=("S1-22", "S1-24"),
    numbers=numbers,
    tables=tables,
    answer=answer,
)
