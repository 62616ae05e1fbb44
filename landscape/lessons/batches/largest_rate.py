"""How far does a better gradient raise the rate? The largest usable one by batch size, and its ceiling."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.batch_rate import batch_rate
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, read, seed, settings, whole
from landscape.study.batches.largest_rate import BATCHES, RATES, Usable, usable

NOISE, FULL = 0.1, 4096
CURVE = np.geomspace(0.5, 2 * FULL, 80)
SHOWN = (1, 4, 16, 64, 256, FULL)
RISES = np.array([1.0, 2.0, 256.0])


@settings
class Settings:
    weights: int = whole(20, 5, 10, 20)
    batch: int = whole(16, *BATCHES, FULL)
    rate: float = number(0.4, float(RATES[0]), float(RATES[-1]), log=True)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """The map, and where the chosen batch size and rate lie on it."""

    found: Usable
    size: int
    column: int


def measure(s: Settings) -> Result:
    """Every batch size at every rate in one call."""
    found = usable(s.weights, NOISE, s.draw)
    nearest = int(np.argmin(np.abs(np.log(found.rates / s.rate))))
    return Result(found, int(np.argmin(np.abs(found.batches - s.batch))), nearest)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    f = r.found
    words = look.section("chart") | {
        "momentum": look("size"), "loss": look("loss"), "boundary": look("predicted"),
        "measured": look("largest"),
    }  # fmt: skip
    heat = batch_rate(
        f.final.T, f.rates, f.batches, chosen=(s.rate, float(s.batch)), theme=look.theme, words=words,
        boundary=(f.predicted(CURVE), CURVE), measured=f.largest, ceiling=(f.ceiling, "2 / λ"),
    )  # fmt: skip
    steps = np.arange(f.loss.shape[-1])
    start = float(f.loss[0, 0, 0])
    low, high = 1e-7 * start, 1e3 * start  # what the panel holds
    lines = []
    for size, name, slot in ((0, "B = 1", 3), (r.size, _name(s.batch, look), 2), (-1, look("full"), 1)):
        if size == r.size and s.batch in (1, FULL) and slot == 2:
            continue
        losses = f.loss[size, r.column]
        lines.append(Series(name, slot, steps, np.where((losses > low) & (losses < high), losses, np.nan)))
    panel = Panel(look("loss"), lines, True, [Mark(start, look("start"), "y")], (low, high))
    title = look("runs_title").format(rate=look.n(float(f"{f.rates[r.column]:.3g}")))
    return [
        Chart(heat, look("alt"), look("title"), picks=("rate", "batch")),
        Chart(series([panel], look("step"), look.theme, height=260), look("alt_runs"), title),
    ]


def _name(batch: int, look: RenderContext) -> str:
    return look("full") if batch == FULL else f"B = {batch}"


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    f = r.found
    at = {int(batch): float(rate) for batch, rate in zip(f.batches, f.largest, strict=True)}
    return {
        "weights": s.weights, "batch": s.batch, "rate": s.rate, "ceiling": f.ceiling, "noise": f.noise,
        "largest": at[s.batch], "predicted": float(f.predicted(np.array(s.batch))), "one": at[1],
        "sixteen": at[16], "most": at[256], "full": at[FULL], "first": at[16] / at[1],
        "late": at[FULL] / at[256], "steps": f.loss.shape[-1] - 1,
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    f = r.found
    rows = [
        [_name(int(batch), look), float(f"{rate:.2g}"), float(f"{theory:.2g}")]
        for batch, rate, theory in zip(f.batches, f.largest, f.predicted(f.batches), strict=True)
        if batch in SHOWN
    ]
    return {"S1-25": Table([look("size"), look("measured_short"), look("predicted_short")], rows)}


@lru_cache(maxsize=1)
def answer() -> int:
    """By how much the largest rate rises from a batch of 16 to all samples, 256 times as many."""
    found = numbers(read(Settings, {}), measure(read(Settings, {})))
    rise = float(found["full"]) / float(found["sixteen"])
    return int(np.argmin(np.abs(np.log(RISES / rise))))


EXPERIMENT = Experiment(
    "largest_rate",
    Settings,
    measure,
    show,
    rows=("S1-25",),
    numbers=numbers,
    tables=tables,
    answer=answer,
)
