"""Click a point: its gradient, its two curvatures, and what it is."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

import landscape as ls
from landscape.descent.rules.presets import presets
from landscape.descent.trajectory import Trajectory
from landscape.figures.charts.series import Panel, Series, series
from landscape.geometry.grids.grid import Grid, evaluate
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, settings, switch
from landscape.lessons.stage import Run, stage
from landscape.study.common.critical_points import PROBED, Probe, classify, cut, probe, settled

NEAR = 0.08  # how far a critical point may be to be slid to, as a share of the window's height
CUT = 0.25  # how far the cuts reach, as a share of the window's height
STEPS = 100  # of the descent that is played
WINDOWS = {"hill": ((-3.2, 3.2), (-2.0, 2.0))}
RATES = {"hill": 0.05}
OFFERED = ("minimum", "saddle", "degenerate")


@settings
class Settings:
    surface: str = choice(*PROBED)
    x: float = number(0.0, -6.0, 6.0)
    y: float = number(0.0, -6.0, 6.0)
    snap: bool = switch(True)


@dataclass(frozen=True, eq=False)
class Result:
    """The probed point, the surface around it, and gradient descent from it."""

    found: Probe
    grid: Grid
    cuts: tuple[np.ndarray, np.ndarray]
    run: Trajectory


def window(name: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """The rectangle of a surface that is shown."""
    (left, right), (low, high) = WINDOWS.get(name) or PROBED[name].domain
    return (left, right), (low, high)


def measure(s: Settings) -> Result:
    """Probe the point, or the critical point beside it; cut through it; let gradient descent go on."""
    surface, frame = PROBED[s.surface], window(s.surface)
    height = frame[1][1] - frame[1][0]
    at = np.array([np.clip(value, *span) for value, span in zip((s.x, s.y), frame, strict=True)])
    found = settled(surface, at, NEAR * height) if s.snap else probe(surface, at)
    rate = RATES.get(s.surface) or presets(surface)["sgd"]["learning_rate"]
    return Result(
        found=found,
        grid=_ground(s.surface),
        cuts=cut(surface, found, CUT * height),
        run=ls.run(ls.SGD(rate), surface, found.point, STEPS),
    )


@lru_cache(maxsize=8)
def _ground(name: str) -> Grid:
    """A surface as it is drawn."""
    return evaluate(PROBED[name], points=80, domain=window(name))


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    (low, high), (t, heights) = r.found.eigenvalues, r.cuts
    lines = [
        Series(f"λ₁ = {look.n(_tidy(low))}", 2, t, heights[0]),
        Series(f"λ₂ = {look.n(_tidy(high))}", 4, t, heights[1]),
        Series(look("parabola"), 0, t, 0.5 * low * t**2 + _slope(r.found, 0) * t, "theory"),
        Series(look("parabola"), 0, t, 0.5 * high * t**2 + _slope(r.found, 1) * t, "theory"),
    ]
    figure = series([Panel(look("rise"), lines)], look("away"), look.theme, height=280)
    row = [look(r.found.kind), float(np.linalg.norm(r.found.gradient)), _tidy(low), _tidy(high)]
    return [
        Table([look("kind"), "|∇f|", "λ₁", "λ₂"], [[row[0], *(_tidy(value) for value in row[1:])]]),
        stage(
            look,
            r.grid,
            look(r.found.kind),
            r.found.point,
            {"descent": Run.of(1, r.run)},
            draggable=True,
        ),
        Chart(figure, look("alt"), look("title")),
    ]


def _slope(found: Probe, i: int) -> float:
    """How steep the surface is along an eigenvector."""
    return float(found.gradient @ found.directions[:, i])


def _tidy(value: float) -> float:
    """A number without the last digits' noise around zero."""
    return float(np.round(value, 6)) + 0.0


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    (x, y), (low, high) = r.found.point, r.found.eigenvalues
    return {
        "x": f"{_tidy(x):.3f}".replace("-", "−"), "y": f"{_tidy(y):.3f}".replace("-", "−"),
        "slope": _tidy(float(np.linalg.norm(r.found.gradient))), "low": _tidy(low), "high": _tidy(high),
        "moved": float(np.linalg.norm(np.asarray(r.run.params)[r.run.last] - r.found.point)), "steps": STEPS,
    }  # fmt: skip


def answer() -> int:
    """What the second-derivative test says of a flat point with curvatures of 5 and 0."""
    return OFFERED.index(classify(0.0, np.array([0.0, 5.0])))


EXPERIMENT = Experiment("probe", Settings, measure, show, rows=("S3-07",), numbers=numbers, answer=answer)
