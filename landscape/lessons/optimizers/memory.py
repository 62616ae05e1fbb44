"""How long does an average remember? An exact window beside a fading average, and what each must store."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS, rule
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import settings, whole
from landscape.study.optimizers.rmsprop_window import Fading, Windowed, fading, followed, memory_size

EXACT, AVERAGE = 8, SLOTS["rmsprop"]
BYTES = 4  # of a number in single precision


@settings
class Settings:
    window: int = whole(100, 10, 20, 50, 100, 200, 500, 1000)
    weights: int = whole(1_000_000, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)


@dataclass(frozen=True, eq=False)
class Result:
    """The two profiles, both means along random gradients, and what each rule carries."""

    fading: Fading
    squares: np.ndarray
    exact: np.ndarray
    average: np.ndarray
    kept: Mapping[str, int]


def measure(s: Settings) -> Result:
    """Read off how both forget, and count what both carry."""
    squares, exact, average = _followed(s.window)
    windowed = Windowed(window=s.window, learning_rate=0.01, eps=1e-8)
    plain = rule("rmsprop", decay=1 - 1 / s.window)
    # What holds the squares alone: each rule also carries one entry more, the mean and the velocity.
    kept = {
        "exact": memory_size(windowed, s.weights) - s.weights,
        "average": memory_size(plain, s.weights) - s.weights,
    }
    return Result(_fading(s.window), squares, exact, average, kept)


@lru_cache(maxsize=16)
def _fading(window: int) -> Fading:
    return fading(window)


@lru_cache(maxsize=16)
def _followed(window: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return followed(window)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    f = r.fading
    profile = Panel(
        look("weight"),
        [Series(look("exact"), EXACT, f.ages, f.window), Series(look("average"), AVERAGE, f.ages, f.average)],
        marks=[
            Mark(s.window, look("inside").format(share=f"{100 * f.inside:.1f}")),
            Mark(3 * s.window, look("inside").format(share=f"{100 * f.thrice:.1f}")),
        ],
        span=(0.0, 1.15 / s.window),
    )
    steps = np.arange(1, len(r.exact) + 1)
    along = Panel(
        look("mean"),
        [Series(look("exact"), EXACT, steps, r.exact), Series(look("average"), AVERAGE, steps, r.average)],
    )
    rows = [
        [look("exact"), r.kept["exact"], _size(r.kept["exact"])],
        [look("average"), r.kept["average"], _size(r.kept["average"])],
    ]
    return [
        Chart(series([profile], look("age"), look.theme, height=300), look("alt"), look("profile_title")),
        Chart(series([along], look("step"), look.theme, height=230), look("alt_along"), look("along_title")),
        Table(
            [look("version"), look("numbers"), look("memory")],
            rows,
            [EXACT, AVERAGE],
            title=look("memory_title").format(weights=look.n(s.weights)),
        ),
    ]


def _size(numbers: int) -> str:
    """So many numbers in single precision."""
    size = float(BYTES * numbers)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} TB"


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    f = r.fading
    return {
        "window": s.window, "thrice_window": 3 * s.window, "decay": f.decay, "inside": 100 * f.inside,
        "thrice": 100 * f.thrice, "age": f.age, "exact": float(r.kept["exact"]),
        "average": float(r.kept["average"]), "times": r.kept["exact"] / r.kept["average"],
    }  # fmt: skip


def answer() -> int:
    """The share of an average's weight on its last hundred steps at gamma 0.99, of those offered."""
    return int(np.argmin(np.abs(np.array([0.99, 0.634, 0.5, 1.0]) - _fading(100).inside)))


EXPERIMENT = Experiment(
    "memory",
    Settings,
    measure,
    show,
    rows=("S2-42", "S2-43", "S2-44", "S2-45"),
    numbers=numbers,
    answer=answer,
)
