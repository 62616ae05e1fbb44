"""A flat and a sharp minimum: what a shifted test loss costs in each, and in which noise leaves one."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import number, read, settings, whole
from landscape.study.sharpness.flat_and_sharp import (
    FLAT_AT,
    NOISE,
    RATE,
    SHARP_AT,
    TwoWells,
    escapes,
    fled,
    rise,
)

BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
FLAT = 1.0
TRAIN, TEST, PARTICLES = 1, 2, 3
LOW, HIGH = -2.5, 4.0
FACTORS = (7.0, 50.0, 2500.0)  # the answers of the question


@settings
class Settings:
    shift: float = number(0.1, 0.0, 0.3)
    sharp: float = number(50.0, 5.0, 90.0, log=True)
    batch: int = whole(4, *BATCHES)


@dataclass(frozen=True, eq=False)
class Result:
    """The curve, what the shift costs in either minimum, where the particles end, and how many flee."""

    wells: TwoWells
    rises: tuple[float, float]
    ends: np.ndarray
    fled: np.ndarray


def measure(s: Settings) -> Result:
    """Shift the curve under both minima, and let particles loose in the sharp one, for every batch."""
    wells = TwoWells(s.sharp, FLAT)
    ends = _ends(s.sharp)
    rises = (rise(s.sharp, s.shift), rise(FLAT, s.shift))
    return Result(wells, rises, ends[BATCHES.index(s.batch)], fled(ends, wells))


@lru_cache(maxsize=16)
def _ends(sharp: float) -> np.ndarray:
    """(batches, particles), where the particles end; the shift and the chosen batch do not move them."""
    return escapes(TwoWells(sharp, FLAT), BATCHES)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    x = np.linspace(LOW, HIGH, 651)
    minima = np.array([SHARP_AT, FLAT_AT])
    shifted = np.asarray(r.wells(minima - s.shift))
    count, edges = np.histogram(np.clip(r.ends, LOW, HIGH), bins=65, range=(LOW, HIGH))
    centres = (edges[1:] + edges[:-1]) / 2
    curves = [
        Series(look("train"), TRAIN, x, np.asarray(r.wells(x))),
        Series(look("test"), TEST, x, np.asarray(r.wells(x - s.shift))),
        Series(look("found"), TEST, minima, shifted, "points"),
    ]
    ends = [Series(f"{look('particles')} {s.batch}", PARTICLES, centres, count / count.sum(), "bars")]
    wells = series(
        [Panel(look("loss"), curves, span=(-0.05, 2.6)), Panel(look("share"), ends)],
        look("x"),
        look.theme,
        height=430,
    )
    lines = [
        Series(look("fled"), PARTICLES, BATCHES, r.fled),
        Series(look("now"), PARTICLES, [s.batch], [r.fled[BATCHES.index(s.batch)]], "points"),
    ]
    marks = [Mark(s.batch, f"B = {s.batch}")]
    share = series(
        [Panel(look("fled"), lines, marks=marks, span=(-0.03, 1.05))],
        look("batch"),
        look.theme,
        log=True,
        height=260,
    )
    return [
        Chart(wells, look("wells_alt"), look("wells_title")),
        Chart(share, look("share_alt"), look("share_title")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    sharp, flat = r.rises
    return {
        "shift": s.shift, "curvature": s.sharp, "flat_curvature": FLAT, "sharp": sharp, "flat": flat,
        "ratio": s.sharp / FLAT, "batch": s.batch, "fled": 100 * float(r.fled[BATCHES.index(s.batch)]),
        "rate": RATE, "noise": NOISE,
    }  # fmt: skip


def answer() -> int:
    """How many times more the same shift costs where the curvature is 50 times as large."""
    sharp, flat = measure(read(Settings, {})).rises
    return int(np.argmin([abs(sharp / flat - factor) for factor in FACTORS]))


EXPERIMENT = Experiment(
    "wells", Settings, measure, show, rows=("S2-25", "S2-26"), numbers=numbers, answer=answer
)
