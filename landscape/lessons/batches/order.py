"""Rate first, decay second: how much each matters, and what tuning them one after the other saves."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from landscape.figures.charts.heatmap import rate_momentum
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import number, read, seed, settings
from landscape.study.batches.decay_search import STEPS, Search, mapped, searched

RATES = np.geomspace(1e-4, 3e-2, 13)
DECAYS = 9
FEW = 4  # rates, and decays, that are tried
FACTORS = np.array([3.0, 30.0, 3000.0])
SEQUENTIAL, JOINT = 2, 3


@settings
class Settings:
    strongest: float = number(1e-3, 1e-4, 3e-2, log=True)
    noise: float = number(1.0, 0.1, 3.0, log=True)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """The map of losses, by how many powers of ten they spread along each axis, and the two searches."""

    loss: np.ndarray
    decays: np.ndarray
    along_rate: float
    along_decay: np.ndarray
    search: Search
    tried: Mapping[str, tuple[float, float]]


def _spread(losses: np.ndarray) -> Any:
    """Powers of ten between the least and the largest loss, along the last axis."""
    return np.ptp(np.log10(losses), axis=-1)


def measure(s: Settings) -> Result:
    """Run the map, then search for its best with few runs in two ways."""
    decays = np.linspace(0.0, s.strongest, DECAYS)
    loss = mapped(RATES, decays, s.noise, s.draw)
    rates, few = np.geomspace(RATES[0], RATES[-1], FEW), np.linspace(0.0, s.strongest, FEW)
    coarse = mapped(rates, few, s.noise, s.draw)
    search = searched(coarse)
    first = int(np.argmin(search.one_by_one[:FEW]))
    second = int(np.argmin(search.one_by_one[FEW:]))
    best = divmod(int(np.argmin(search.jointly)), FEW)
    tried = {
        "one": (float(rates[first]), float(few[second])),
        "joint": (float(rates[best[0]]), float(few[best[1]])),
    }
    return Result(loss, decays, float(_spread(loss[:, 0])), _spread(loss), search, tried)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    words = look.section("chart") | {
        "learning_rate": look("rate"), "momentum": look("decay"),
        "loss": look("loss"), "chosen": look("found"),
    }  # fmt: skip
    heat = rate_momentum(r.loss, RATES, r.decays, chosen=r.tried["one"], theme=look.theme, words=words)
    lines = []
    for name, slot, losses in (
        (look("sequential"), SEQUENTIAL, r.search.one_by_one),
        (look("joint"), JOINT, r.search.jointly),
    ):
        lines.append(Series(name, slot, np.arange(1, len(losses) + 1), np.fmin.accumulate(losses)))
        lines.append(Series(name, slot, [len(losses)], [np.nanmin(losses)], "points"))
    panel = Panel(look("best"), lines, True, [Mark(FEW + 0.5, look("now_decay"))])
    race = series([panel], look("runs"), look.theme, height=280)
    return [
        Chart(heat, look("alt"), look("title")),
        Chart(race, look("alt_race"), look("race_title")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    one, joint = (float(np.nanmin(losses)) for losses in (r.search.one_by_one, r.search.jointly))
    return {
        "steps": STEPS, "strongest": s.strongest, "rate_factor": 10**r.along_rate,
        "decay_least": 10 ** float(r.along_decay.min()), "decay_most": 10 ** float(r.along_decay.max()),
        "last": 1 / (1 + s.strongest * STEPS), "one": one, "joint": joint, "times": one / joint,
        "one_runs": len(r.search.one_by_one), "joint_runs": len(r.search.jointly), "few": FEW,
        "one_rate": r.tried["one"][0], "one_decay": r.tried["one"][1],
        "joint_rate": r.tried["joint"][0], "joint_decay": r.tried["joint"][1],
    }  # fmt: skip


@lru_cache(maxsize=1)
def answer() -> int:
    """The offered factor that is nearest to the spread along the rate."""
    spread = measure(read(Settings, {})).along_rate
    return int(np.argmin(np.abs(np.log10(FACTORS) - spread)))


EXPERIMENT = Experiment(
    "order", Settings, measure, show, rows=("S3-34", "S3-35"), numbers=numbers, answer=answer
)
