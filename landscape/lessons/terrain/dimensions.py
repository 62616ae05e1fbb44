"""Slide the dimension: among random critical points minima vanish, and saddles take over."""

from dataclasses import dataclass

import numpy as np

from landscape.figures.surfaces.critical import indices, shares
from landscape.i18n.numbers import formatted
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import seed, settings, whole
from landscape.study.terrain.minima import exact, law
from landscape.study.terrain.random_landscape import TURN, Critical, Waves, critical_points, waves
from landscape.study.terrain.random_symmetric import DRAWS, LARGEST, Shares, index_shares
from landscape.study.terrain.random_symmetric import shares as kinds

ROUGHNESS = 8  # of the curve: its shortest wave
OFFERED = (16.0, 400.0, 2_500_000.0)  # by how much minima are rarer in eight dimensions than in four


@settings
class Settings:
    dimension: int = whole(4, *range(1, LARGEST + 1))
    seed: int = seed(0)


@dataclass(frozen=True, eq=False)
class Result:
    """The kinds of random Hessians in every dimension, their index in this one, and a curve."""

    shares: list[Shares]
    index: np.ndarray
    curve: Waves
    critical: Critical


def measure(s: Settings) -> Result:
    """Draw the Hessians, and find every critical point of a random curve."""
    curve = waves(1, ROUGHNESS, s.seed)
    return Result(
        shares=[kinds(n, s.seed) for n in range(1, LARGEST + 1)],
        index=index_shares(s.dimension, s.seed),
        curve=curve,
        critical=critical_points(curve),
    )


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    words = look.prose.words
    laws = [law(n) for n in range(1, LARGEST + 1)]
    known = {n: exact(n) for n in range(1, LARGEST + 1)}
    x = np.linspace(0, TURN, 400)
    at = r.critical.points[:, 0]
    points = {
        kind: (at[r.critical.index == i], r.curve(r.critical.points[r.critical.index == i]))
        for i, kind in enumerate(("minimum", "maximum"))
    }
    beside = indices((x, r.curve(x[:, None])), points, r.index.tolist(), look.theme, words)
    return [
        Chart(shares(r.shares, s.dimension, laws, known, look.theme, words), look("alt"), look("title")),
        Chart(beside, look("alt_index"), look("title_index").format(n=s.dimension)),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    here = r.shares[s.dimension - 1]
    minima = round(here.minimum * DRAWS)
    return {
        "n": s.dimension, "draws": DRAWS, "minima": minima, "law": law(s.dimension),
        "exact": _percent(exact(s.dimension)), "minimum": _percent(here.minimum),
        "saddle": _percent(here.saddle),
        "one": _percent(r.shares[0].minimum), "four": _percent(r.shares[3].minimum),
        "coins": _percent(0.5**4), "rarer": f"{rarer():,.0f}", "law_rarer": law(4) / law(8),
        "below": r.critical.counts[0],
    }  # fmt: skip


def _percent(share: float) -> str:
    return formatted(100 * share, ".3g")


def answer() -> int:
    """Which of the offered factors is nearest to that between four dimensions and eight."""
    return int(np.argmin(np.abs(np.log(np.array(OFFERED) / rarer()))))


def rarer() -> float:
    """By how much minima are rarer in eight dimensions than in four."""
    return exact(4) / exact(8)


EXPERIMENT = Experiment(
    "dimensions",
    Settings,
    measure,
    show,
    rows=("S3-06", "S3-11"),
    numbers=numbers,
    answer=answer,
)
