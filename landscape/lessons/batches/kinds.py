"""Which way should the rate fall? Every schedule of the library, and the loss it gets on one problem."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.multiples import Cell, multiples
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, read, seed, settings
from landscape.study.batches.schedules import STAIR, STEPS, TENTH, compared

NAMES = (
    "constant", "step", "exponential", "inverse_time", "polynomial", "cosine", "warmup", "cosine_restarts",
    "triangular", "one_cycle", "plateau",
)  # fmt: skip
OFFERED = ("constant", "inverse_time", "cosine", "triangular")
LAST = 200  # steps over which the loss at the end is averaged
SMOOTH = 20
SPAN = (2e-4, 20.0)  # of losses and rates; some schedules go on falling far below
LOSS, RATE, PLAIN = 1, 3, 7


@settings
class Settings:
    schedule: str = choice("all", *NAMES)
    rate: float = number(0.2, 0.02, 1.5, log=True)
    pace: float = number(0.002, 0.0003, 0.1, log=True)
    at: float = number(1_500.0, 0.0, float(STEPS))
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """By schedule: the rate and the mean loss at every step, and the mean of the last losses."""

    runs: Mapping[str, tuple[np.ndarray, np.ndarray]]
    end: Mapping[str, float]
    at: int


def measure(s: Settings) -> Result:
    """Run every schedule with the same noise."""
    runs = compared(s.rate, s.pace, seed=s.draw)
    return Result(runs, {name: float(loss[-LAST:].mean()) for name, (_, loss) in runs.items()}, round(s.at))


def _lines(run: tuple[np.ndarray, np.ndarray], look: RenderContext) -> list[Series]:
    """The rate, and the loss averaged over a few steps."""
    rate, loss = run
    steps = np.arange(len(rate))
    middle, mean = (each[:-1].reshape(-1, SMOOTH).mean(axis=1) for each in (steps, loss))
    return [Series(look("rate"), RATE, steps[:-1:5], rate[:-1:5]), Series(look("loss"), LOSS, middle, mean)]


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    names = look.section("schedule")
    if s.schedule == "all":
        cells = [Cell(names[f"{name}.name"], _lines(r.runs[name], look)) for name in NAMES]
        figure = multiples(cells, (look("step"), look("both")), look.theme, log=True, span=SPAN)
    else:
        _, plain = _lines(r.runs["constant"], look)
        lines = [Series(look("without"), PLAIN, plain.x, plain.y)] if s.schedule != "constant" else []
        lines += _lines(r.runs[s.schedule], look)
        mark = Mark(r.at, f"t = {r.at:,}")
        figure = series([Panel(look("both"), lines, True, [mark])], look("step"), look.theme, height=420)
    rows = [[names[f"{name}.name"], float(r.runs[name][0][r.at]), r.end[name]] for name in NAMES]
    heads = [look("schedule"), look("rate_at").format(step=f"{r.at:,}"), look("end")]
    return [Chart(figure, look("alt")), Table(heads, rows)]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    left = {name: float(rate[r.at]) for name, (rate, _) in r.runs.items()}
    return {
        "rate": s.rate, "pace": s.pace, "at": r.at, "every": TENTH / s.pace, "stair": STAIR,
        "step": left["step"], "exponential": left["exponential"], "inverse": left["inverse_time"],
        "step_share": left["step"] / s.rate, "exponential_share": left["exponential"] / s.rate,
        "inverse_share": left["inverse_time"] / s.rate, "stairs": int(r.at / (TENTH / s.pace)),
    }  # fmt: skip


@lru_cache(maxsize=1)
def answer() -> int:
    """Which of the offered schedules ends lowest."""
    end = measure(read(Settings, {})).end
    return int(np.argmin([end[name] for name in OFFERED]))


EXPERIMENT = Experiment("kinds", Settings, measure, show, rows=("S3-32",), numbers=numbers, answer=answer)
