"""More parameters, more unequal curvatures: in random least squares, and far more so in a network."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import seed, settings, whole
from landscape.study.sharpness.hessian_index import descents, moon_targets
from landscape.study.terrain.wishart import (
    SAMPLES,
    condition,
    conditions,
    density,
    edges,
    eigenvalues,
    spread,
)

DIMENSIONS = (2, 5, 10, 20, 50, 100, 150, 180)
BINS = 40
RATE, STEPS = 0.25, 600  # of the network's training
SMALLEST = 1e-5  # share of the largest curvature, the least that is drawn
OFFERED = (2.0, 8.0, 30.0)
ASKED = 100
RANDOM, NETWORK, HERE = 4, 1, 2


@settings
class Settings:
    dimension: int = whole(ASKED, *DIMENSIONS)
    hidden: int = whole(8, 3, 5, 8)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """Random curvatures and their condition numbers, and a network's curvatures beside random ones."""

    values: np.ndarray
    medians: np.ndarray
    network: np.ndarray
    beside: np.ndarray

    @property
    def here(self) -> float:
        """The median condition number of the matrices whose curvatures are shown."""
        return float(np.median(self.values[:, -1] / self.values[:, 0]))


@lru_cache(maxsize=16)
def trained(hidden: int) -> np.ndarray:
    """The curvatures of a small network at the end of its training."""
    return descents(hidden, 1.0, RATE, runs=1, steps=STEPS, records=1).eigenvalues[0, -1]


def measure(s: Settings) -> Result:
    """Draw the matrices, train the network, and take the eigenvalues of both."""
    network = trained(s.hidden)
    samples = len(moon_targets().train.y)
    return Result(
        values=eigenvalues(s.dimension, seed=s.draw),
        medians=np.array([np.median(conditions(d, seed=s.draw)) for d in DIMENSIONS]),
        network=network,
        beside=eigenvalues(len(network), samples, draws=1, seed=s.draw)[0],
    )


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    ratio = s.dimension / SAMPLES
    low, high = edges(ratio)
    borders = np.linspace(0, max(1.1 * high, float(r.values.max())), BINS + 1)
    found, _ = np.histogram(r.values, borders, density=True)
    grid = np.linspace(low, high, 200)
    bars = Series(look("random"), RANDOM, (borders[1:] + borders[:-1]) / 2, found, "bars")
    law = Series(look("law"), 0, grid, density(grid, ratio), "theory")
    curvatures = series([Panel(look("density"), [bars, law])], look("curvature"), look.theme, height=280)
    d = np.linspace(DIMENSIONS[0], DIMENSIONS[-1], 120)
    lines = [
        Series(look("law"), 0, d, [condition(float(v) / SAMPLES) for v in d], "theory"),
        Series(look("random"), RANDOM, DIMENSIONS, r.medians, "points"),
        Series(look("here"), HERE, [s.dimension], [r.here], "points"),
    ]
    mark = Mark(s.dimension, f"κ = {look.n(float(f'{r.here:.3g}'))}")
    panel = Panel(look("condition"), lines, True, [mark])
    growth = series([panel], look("dimension"), look.theme, height=280)
    ranks = [
        Series(look(name), slot, np.arange(1, len(values) + 1), _ordered(values), "points")
        for name, slot, values in (("random_beside", RANDOM, r.beside), ("network", NETWORK, r.network))
    ]
    shares = Panel(look("share"), ranks, True, span=(SMALLEST, 2.0))
    beside = series([shares], look("rank"), look.theme, height=300)
    return [
        Chart(curvatures, look("alt_curvatures"), look("title_curvatures").format(d=s.dimension)),
        Chart(growth, look("alt_growth"), look("title_growth")),
        Chart(beside, look("alt_beside"), look("title_beside")),
    ]


def _ordered(values: np.ndarray) -> np.ndarray:
    """Sizes of curvatures from the largest, as shares of it."""
    sizes = np.sort(np.abs(values))[::-1]
    return sizes / sizes[0]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    low, high = edges(s.dimension / SAMPLES)
    return {
        "d": s.dimension, "n": SAMPLES, "kappa": r.here,
        "law": condition(s.dimension / SAMPLES),
        "low": low, "high": high, "size": len(r.network), "rows": len(moon_targets().train.y),
        "network": float(f"{spread(r.network):.2g}"),
        "beside": float(f"{spread(r.beside):.2g}"),
        "two": f"{r.medians[0]:.2g}", "asked": ASKED, "then": f"{r.medians[DIMENSIONS.index(ASKED)]:.2g}",
        "down": int((r.network < 0).sum()), "draws": len(r.values),
    }  # fmt: skip


def answer() -> int:
    """Which of the offered condition numbers is nearest to the median at 100 parameters."""
    found = float(np.median(conditions(ASKED)))
    return int(np.argmin(np.abs(np.log(np.array(OFFERED) / found))))


EXPERIMENT = Experiment("spectrum", Settings, measure, show, rows=("S3-04",), numbers=numbers, answer=answer)
