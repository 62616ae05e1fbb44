"""The same function with other weights: raw slices change with them, filter-normalised ones do not."""

from dataclasses import dataclass
from functools import lru_cache

from landscape.figures.planes.beside import beside
from landscape.figures.surfaces.contour import drawing
from landscape.geometry.curvature.eigenpairs import hessian_eigenpairs
from landscape.geometry.grids.grid import Grid
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import number, read, seed, settings
from landscape.scenario.document import Document
from landscape.scenario.training import Training
from landscape.scenario.view import View
from landscape.study.sharpness.weight_rescaling import change, rescale, slice_of, solved

POINTS = 31
KINDS = {"raw": "none", "filter": "filter"}


@settings
class Settings:
    factor: float = number(10.0, 0.1, 10.0, log=True)
    span: float = number(0.3, 0.05, 1.0, log=True)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """Slices by kind, before and after rescaling; the sharpness and the loss before and after."""

    slices: dict[str, tuple[Grid, Grid]]
    sharpness: tuple[float, float]
    loss: tuple[float, float]


def measure(s: Settings) -> Result:
    """Cut both networks along the same random numbers."""
    slices = {
        kind: (_cut(1.0, normalization, s.draw, s.span), _cut(s.factor, normalization, s.draw, s.span))
        for kind, normalization in KINDS.items()
    }
    (before, loss), (after, again) = _found(1.0), _found(s.factor)
    return Result(slices, (before, after), (loss, again))


@lru_cache(maxsize=32)
def _cut(factor: float, normalization: str, draw: int, span: float) -> Grid:
    """A slice through the network after rescaling."""
    loss, params = solved()
    return slice_of(loss, rescale(params, factor), normalization, draw, span, POINTS)


@lru_cache(maxsize=64)
def _found(factor: float) -> tuple[float, float]:
    """The sharpness and the loss after rescaling."""
    loss, params = solved()
    params = rescale(params, factor)
    return float(hessian_eigenpairs(loss, params, 1, tolerance=1e-3).values[0]), float(loss(params))


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    names = (look("before"), look("after").replace("{c}", look.n(s.factor)))
    pieces: list[Piece] = []
    for kind, grids in r.slices.items():
        pictures = [
            (name, drawing(grid, theme=look.theme, words=look.section("chart")))
            for name, grid in zip(names, grids, strict=True)
        ]
        pieces.append(Chart(beside(pictures, look.theme, height=320), look(f"{kind}_alt"), look(kind)))
    return pieces


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    return {
        "factor": s.factor, "raw": change(*r.slices["raw"]),
        "filter": max(0.0, change(*r.slices["filter"]) - 1),
        "before": r.sharpness[0], "after": r.sharpness[1],
        "loss": r.loss[0], "again": r.loss[1],
    }  # fmt: skip


def answer() -> int:
    """Which of the pictures stays as it is when the network is rescaled."""
    slices = measure(read(Settings, {"factor": 10.0})).slices
    changes = [change(*slices[kind]) for kind in ("raw", "filter")]
    return changes.index(min(changes))


def opens(s: Settings) -> Document:
    """A trained ReLU network in a random plane, where every other plane can be chosen."""
    runner = {"id": "a", "rule": "adam", "fields": {"learning_rate": 0.01}, "slot": 1}
    training = Training.model_validate(
        {"data": {"name": "moons"}, "network": {"hidden": [32, 32]}, "runners": [runner], "epochs": 30}
    )
    return View(training=training, plane="random", normalization="none", seed=s.draw)


EXPERIMENT = Experiment(
    "planes", Settings, measure, show, rows=("S1-02",), numbers=numbers, answer=answer, opens=opens
)
