"""How much of the landscape does a picture show? Two of as many dimensions as there are parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import choice, read, seed, settings, whole
from landscape.problems.data.datasets import DATASETS
from landscape.problems.data.splits import Dataset
from landscape.problems.networks.network import Network
from landscape.scenario.document import Document
from landscape.scenario.training import Training
from landscape.scenario.view import View
from landscape.study.common.noisy_cosine import wave
from landscape.study.sharpness.random_directions import cosines, density, histogram, parameters

FEW = (3, 30)
"""Dimensions beside the network's."""
COUNTS = (2, 3, 10, 30, 100, 1_000, 10_000, 100_000, 1_000_000)
NETWORK, OTHERS = 1, (2, 3)
GUESSED = (45.0, 60.0, 90.0)
PAIRS, BINS = 100_000, 50
VALUES = 11  # along each parameter, of a search of the whole landscape


@settings
class Settings:
    task: str = choice("curve", "digits")
    width: int = whole(32, 2, 4, 8, 16, 32, 64, 128, 256, 512)
    depth: int = whole(2, 1, 2, 3, 4, 6, 8)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """How many parameters there are, and cosines between random directions by number of dimensions."""

    size: int
    cosines: Mapping[int, np.ndarray]

    @cached_property
    def spread(self) -> dict[int, float]:
        """The root mean square of the cosines, by number of dimensions."""
        return {n: float(np.sqrt(np.mean(found**2))) for n, found in self.cosines.items()}

    def angles(self, dimensions: int) -> np.ndarray:
        """The angles in degrees."""
        return np.degrees(np.arccos(self.cosines[dimensions]))


@lru_cache(maxsize=2)
def data(task: str) -> Dataset:
    """What the network learns; only the shape of its inputs and outputs counts here."""
    return wave() if task == "curve" else DATASETS["digits"]()


def network(width: int, depth: int) -> Network:
    """A dense network with hidden layers of one width."""
    fields: dict[str, Any] = {"hidden": (width,) * depth}
    return Network(**fields)


def measure(s: Settings) -> Result:
    """Count the parameters, and draw pairs of directions in so many dimensions."""
    size = parameters(network(s.width, s.depth), data(s.task))
    return Result(size, {n: _cosines(n, s.draw) for n in sorted({*COUNTS, size})})


@lru_cache(maxsize=32)
def _cosines(dimensions: int, draw: int) -> np.ndarray:
    return cosines(dimensions, PAIRS, draw)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    lines = []
    for slot, n in zip((*OTHERS, NETWORK), (*FEW, r.size), strict=True):
        middle, found = histogram(r.angles(n), n, BINS)
        lines.append(Series(f"n = {look.n(n)}", slot, middle, found))
        lines.append(Series(look("law"), 0, middle, density(middle, n), "theory"))
    angle = series([Panel(look("share"), lines, span=(0, 1.08))], look("angle"), look.theme, height=300)
    n = np.array(list(r.spread))
    measured = Series(look("measured"), OTHERS[0], n, list(r.spread.values()), "points")
    here = Series(look("here"), NETWORK, [r.size], [r.spread[r.size]], "points")
    law = Series("1/√n", 0, n, 1 / np.sqrt(n), "theory")
    mark = Mark(r.size, f"n = {look.n(r.size)}")
    panel = Panel(look("cosine"), [law, measured, here], True, [mark])
    fall = series([panel], look("dimensions"), look.theme, log=True, height=280)
    return [
        Chart(angle, look("alt_angle"), look("angle_title")),
        Chart(fall, look("alt_fall"), look("fall_title")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    angles = r.angles(r.size)
    return {
        "n": r.size, "left": r.size - 2, "rms": r.spread[r.size], "law": r.size**-0.5,
        "mean": float(angles.mean()), "spread": float(angles.std()), "held": 100 * (2 / r.size) ** 0.5,
        "digits": int(r.size * np.log10(VALUES)), "values": VALUES, "layers": s.depth, "width": s.width,
    }  # fmt: skip


def answer() -> int:
    """Which of the offered angles two random directions of the default network make on average."""
    found = measure(read(Settings, {}))
    return int(np.argmin(np.abs(np.array(GUESSED) - found.angles(found.size).mean())))


def opens(s: Settings) -> Document:
    """The network, trained, in a plane of two random directions."""
    learnt: dict[str, Any] = {"name": "sine", "samples": 320} if s.task == "curve" else {"name": "digits"}
    runner = {"id": "a", "rule": "adam", "fields": {"learning_rate": 0.003}, "slot": NETWORK}
    training = Training.model_validate(
        {"data": learnt, "network": {"hidden": [s.width] * s.depth}, "runners": [runner], "epochs": 20}
    )
    return View(training=training, plane="random", seed=s.draw)


EXPERIMENT = Experiment(
    "directions", Settings, measure, show, rows=("S1-01",), numbers=numbers, answer=answer, opens=opens
)
