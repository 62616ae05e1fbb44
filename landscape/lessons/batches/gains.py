"""Who gains from a decay? Every optimizer on one noisy ravine, at a constant rate and at one that falls."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.multiples import Cell, multiples
from landscape.figures.charts.series import Series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS, rule
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, read, seed, settings
from landscape.study.batches.decay_search import LAST, RUNS, falling, followed

STEPS = 4_000
RATES: Mapping[str, float] = {
    "sgd": 0.01, "momentum": 0.02, "nesterov": 0.02, "adagrad": 0.5, "rmsprop": 0.01, "adam": 0.01,
}  # fmt: skip
SMOOTH = 40
SPAN = (3e-5, 2_000.0)  # from the lowest floor to the start
CONSTANT, FALLEN = 7, 3
GAINS = (1.5, 5.0)  # between the offered answers


@settings
class Settings:
    schedule: str = choice("step", "cosine", "inverse_time")
    scale: float = number(1.0, 0.5, 1.25, log=True)
    noise: float = number(1.0, 0.1, 3.0, log=True)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """By optimizer: the loss after every step at the constant rate and at the falling one."""

    runs: Mapping[str, tuple[np.ndarray, np.ndarray]]

    def end(self, name: str) -> tuple[float, float]:
        """The means of the last losses."""
        constant, fallen = (float(loss[-LAST:].mean()) for loss in self.runs[name])
        return constant, fallen

    def gain(self, name: str) -> float:
        """By which factor the decay lowers the last losses."""
        constant, fallen = self.end(name)
        return constant / fallen


@lru_cache(maxsize=256)
def _runs(name: str, rate: float, schedule: str, noise: float, draw: int) -> np.ndarray:
    return followed(rule(name), falling(schedule, rate, STEPS), STEPS, noise=noise, seed=draw)


def measure(s: Settings) -> Result:
    """Run every optimizer at both rates, with the same noise."""
    return Result(
        {
            name: (
                _runs(name, rate * s.scale, "constant", s.noise, s.draw),
                _runs(name, rate * s.scale, s.schedule, s.noise, s.draw),
            )
            for name, rate in RATES.items()
        }
    )


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    names = look.section("rule")
    steps = np.arange(STEPS).reshape(-1, SMOOTH).mean(axis=1)
    cells = []
    for name, losses in r.runs.items():
        means = (loss.reshape(-1, SMOOTH).mean(axis=1) for loss in losses)
        drawn = zip((look("constant"), look("fallen")), (CONSTANT, FALLEN), means, strict=True)
        lines = [Series(label, slot, steps, mean) for label, slot, mean in drawn]
        cells.append(Cell(names[f"{name}.short"], lines, f"η = {look.n(RATES[name] * s.scale)}"))
    titles = (look("step"), look("loss"))
    figure = multiples(cells, titles, look.theme, log=True, span=SPAN, height=460)
    return [Chart(figure, look("alt"))]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    told = {f"{name}_gain": r.gain(name) for name in RATES}
    return told | {"steps": STEPS, "runs": RUNS, "half": STEPS // 2, "adam_rate": RATES["adam"] * s.scale}


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    names = look.section("rule")
    rows = [[names[f"{n}.short"], *(float(f"{v:.3g}") for v in (*r.end(n), r.gain(n)))] for n in RATES]
    heads = [look("optimizer"), look("constant_short"), look("fallen_short"), look("gain")]
    return {"S3-33": Table(heads, rows, [SLOTS[name] for name in RATES])}


@lru_cache(maxsize=1)
def answer() -> int:
    """Adam's gain at first: none to speak of, up to fivefold, or more."""
    return int(np.digitize(measure(read(Settings, {})).gain("adam"), GAINS))


EXPERIMENT = Experiment(
    "gains", Settings, measure, show, rows=("S3-33",), numbers=numbers, tables=tables, answer=answer
)
