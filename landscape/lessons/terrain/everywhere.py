"""Nearly all critical points are saddles; nearly no point is critical."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.geometry.grids.grid import Grid
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, read, seed, settings, whole
from landscape.lessons.stage import stage
from landscape.study.terrain.random_landscape import (
    TURN,
    Critical,
    Waves,
    critical_points,
    flat_share,
    random_slopes,
    waves,
)
from landscape.study.terrain.random_symmetric import shares

DRAWS = 10_000
ZERO = 1e-6
TOLERANCES = np.geomspace(ZERO, 10.0, 29)
POINTS = 90  # of the picture, along each axis
OFFERED = (5_000.0, 50.0, 0.0)  # random points of zero gradient, in the question


@settings
class Settings:
    roughness: int = whole(3, 2, 3, 4, 5)
    seed: int = seed(0)
    tolerance: float = number(1e-6, ZERO, 1.0, log=True)


@dataclass(frozen=True, eq=False)
class Result:
    """The landscape, its critical points, and the gradient at random points."""

    surface: Waves
    grid: Grid
    critical: Critical
    slopes: np.ndarray
    share: float
    expected: float


def measure(s: Settings) -> Result:
    """Find every critical point, and the gradient at ten thousand random points."""
    surface = waves(2, s.roughness, s.seed)
    critical, slopes = critical_points(surface), random_slopes(surface, DRAWS, s.seed)
    line = np.linspace(0, TURN, POINTS)
    every = np.stack(np.meshgrid(line, line, indexing="ij"), axis=-1).reshape(-1, 2)
    return Result(
        surface=surface,
        grid=Grid(line, line, surface(every).reshape(POINTS, POINTS)),
        critical=critical,
        slopes=slopes,
        share=float(np.mean(slopes < s.tolerance)),
        expected=float(flat_share(surface, critical, np.array([s.tolerance]))[0]),
    )


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    points = np.column_stack([r.critical.points, r.surface(r.critical.points)])
    low, middle, high = (points[r.critical.index == index] for index in range(3))
    found = np.array([np.mean(r.slopes < tolerance) for tolerance in TOLERANCES])
    lines = [
        Series(look("expected"), 0, TOLERANCES, flat_share(r.surface, r.critical, TOLERANCES), "theory"),
        Series(look("found"), 1, TOLERANCES, found, "points"),
    ]
    panel = Panel(
        look("share"), lines, True, [Mark(1 / DRAWS, look("one"), "y"), Mark(s.tolerance, "ε")], (1e-16, 3.0)
    )
    figure = series([panel], look("tolerance"), look.theme, log=True, height=340)
    marks = [("", float(x), float(y)) for x, y, _ in high]
    return [
        stage(look, r.grid, look("surface"), None, {}, minima=list(low), saddles=list(middle), marks=marks),
        Chart(figure, look("alt"), look("title")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    low, saddles, high = r.critical.counts
    return {
        "draws": DRAWS, "critical": low + saddles + high, "minima": low, "saddles": saddles, "maxima": high,
        "share": f"{100 * saddles / (low + saddles + high):.3g}", "tolerance": _power(s.tolerance),
        "flat": int(np.sum(r.slopes < s.tolerance)), "zero": int(np.sum(r.slopes < ZERO)),
        "expected": _power(r.expected), "needed": f"10^{{{-np.log10(r.expected):.0f}}}",
        "least": float(r.slopes.min()), "four": f"{100 * shares(4).saddle:.3g}",
    }  # fmt: skip


def _power(value: float) -> str:
    """A number in TeX, as a power of ten where it is small."""
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    return f"{mantissa}\\cdot 10^{{{int(exponent)}}}" if value < 1e-2 else f"{value:.2g}"


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    low, saddles, high = r.critical.counts
    every = low + saddles + high
    flat = int(np.sum(r.slopes < ZERO))
    rows = [
        [look("of_critical"), f"{look.n(saddles)} / {look.n(every)}"],
        [look("of_points"), f"{look.n(flat)} / {look.n(DRAWS)}"],
    ]
    return {"S3-08": Table([look("what"), look("how_many")], rows)}


def answer() -> int:
    """Which of the offered counts is nearest to that of random points with zero gradient."""
    slopes = measure(read(Settings, {})).slopes
    return int(np.argmin(np.abs(np.array(OFFERED) - np.sum(slopes < ZERO))))


EXPERIMENT = Experiment(
    "everywhere", Settings, measure, show, rows=("S3-08",), numbers=numbers, tables=tables, answer=answer
)
