"""The same function with other weights: raw slices change with them, filter-normalised ones do not."""

from dataclasses import dataclass

from landscape import figures
from landscape.figures.beside import beside
from landscape.geometry.curvature import hessian_eigenpairs
from landscape.geometry.grid import Grid
from landscape.lessons.experiment import Experiment, Look
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import number, read, seed, settings
from landscape.scenario.described import Described
from landscape.scenario.training import Training
from landscape.scenario.view import View
from landscape.study.rescaled import change, rescale, slice_of, solved

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
    loss, params = solved()
    both = (params, rescale(params, s.factor))
    slices = {
        kind: tuple(slice_of(loss, one, normalization, s.draw, s.span, POINTS) for one in both)
        for kind, normalization in KINDS.items()
    }
    tops = [float(hessian_eigenpairs(loss, one, 1, tolerance=1e-3).values[0]) for one in both]
    values = [float(loss(one)) for one in both]
    return Result(
        {kind: (one, other) for kind, (one, other) in slices.items()},
        (tops[0], tops[1]),
        (values[0], values[1]),
    )


def show(s: Settings, r: Result, look: Look) -> list[Piece]:
    names = (look("before"), look("after").replace("{c}", look.n(s.factor)))
    pieces: list[Piece] = []
    for kind, grids in r.slices.items():
        pictures = [
            (name, figures.contour(grid, theme=look.theme, words=look.section("chart")))
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


def opens(s: Settings) -> Described:
    """A trained ReLU network in a random plane, where every other plane can be chosen."""
    runner = {"id": "a", "rule": "adam", "fields": {"learning_rate": 0.01}, "slot": 1}
    training = Training.model_validate(
        {"data": {"name": "moons"}, "network": {"hidden": [32, 32]}, "runners": [runner], "epochs": 30}
    )
    return View(training=training, plane="random", normalization="none", seed=s.draw)


EXPERIMENT = Experiment(
    "planes", Settings, measure, show, rows=("S1-02",), numbers=numbers, answer=answer, opens=opens
)
