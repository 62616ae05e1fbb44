"""Can a longer step find the deeper valley? The tilted double well, every rate and every start."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.lessons import curve as stage
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Piece, Table
from landscape.lessons.settings import number, settings, switch
from landscape.player.curve import Control, CurveRun
from landscape.problems.surfaces.curves import TiltedWell
from landscape.scenario import Problem, Runner, Scenario
from landscape.study.step_size.basins import End, basins, home, slopes, values, walks, zones

WELL = TiltedWell()
DEEP, SHALLOW = (float(point[0]) for point in WELL.minima)
CURVATURE = 3 * DEEP**2 - 1
STEPS = 60
LONG = 2000
RATES = (0.005, 1.6)
STARTS = (-2.3, 2.3)
ASKED = (0.1, 0.3, 0.6, 1.0)
TRIED = (0.01, 0.1, 0.3, 0.6, 1.0)
FOUR = (-2.0, -0.5, 0.5, 2.0)
WIDE = 0.04  # the narrowest zone that is named, as a share of the track


@settings
class Settings:
    rate: float = number(0.6, *RATES, log=True)
    start: float = number(1.8, *STARTS)
    several: bool = switch()


@dataclass(frozen=True, eq=False)
class Result:
    """The chosen run and its company, and how every rate ends from its start and from every start.

    Attributes:
        paths: (runs, steps + 1), the chosen run first.
        grid: (rates, starts), of every rate and start.
        several: the tried rates from the same start.
        slope: at the start.
    """

    paths: np.ndarray
    track: stage.Track
    grid: np.ndarray
    several: np.ndarray
    slope: float


def measure(s: Settings) -> Result:
    """Run gradient descent from the start at the rate, at every rate, and at every rate from every start."""
    start = np.array([s.start])
    many = starts(s.start) if s.several else start
    return Result(
        paths=walks(WELL, np.full(len(many), s.rate), many, STEPS),
        track=stage.track(WELL, *RATES, s.start, STEPS),
        grid=stage.grid(WELL, *RATES, STARTS),
        several=at_length(s.start),
        slope=float(slopes(WELL, start)[0]),
    )


def starts(own: float) -> np.ndarray:
    """The own start, and three of the four others: the one nearest to it makes room."""
    others = np.array(FOUR)
    return np.array([own, *np.delete(others, np.argmin(np.abs(others - own)))])


@lru_cache(maxsize=64)
def at_length(start: float) -> np.ndarray:
    """The tried rates from one start, with every place they pass."""
    return walks(WELL, np.array(TRIED), np.full(len(TRIED), start), LONG)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    own = End.DEEP if home(WELL, s.start) == 0 else End.SHALLOW
    words = {
        End.SLOW: look("creeps"), End.CYCLES: look("cycles"), End.DIVERGED: look("blows_up"),
        own: look("own"), End.DEEP + End.SHALLOW - own: look("jumps"),
    }  # fmt: skip
    least = WIDE * np.log(RATES[1] / RATES[0])
    named = [
        (zone.low, zone.high, words[zone.end])
        for zone in zones(r.track.rates, r.track.outcomes)
        if np.log(zone.high / zone.low) > least
    ]
    heights = values(WELL, np.array([DEEP, SHALLOW], np.float32))
    places = [
        (x, f"{look(name)}, {look.n(round(float(f), 3))}")
        for x, name, f in zip((DEEP, SHALLOW), ("deep", "shallow"), heights, strict=True)
    ]
    scene = stage.Scene(
        WELL, (-2.35, 2.35), (-0.95, 1.85), places, named,
        [(2 / CURVATURE, f"2/λ = {2 / CURVATURE:.2f}")], stage.legend(look),
    )  # fmt: skip
    return [
        stage.stage(
            look,
            scene,
            [CurveRun(slot, look("ball").format(n=slot + 1), path) for slot, path in enumerate(r.paths)],
            title=look("title"),
            rate=Control("rate", s.rate, *RATES),
            start=Control("start", s.start, *STARTS),
            found=r.track,
            every=r.grid,
        )
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    local = at_length(1.8)
    steps = {rate: settled(local, k)[1] for k, rate in enumerate(TRIED)}
    return {
        "rate": s.rate, "start": s.start, "slope": r.slope, "next": s.start - s.rate * r.slope,
        "steps_small": float(steps[0.01] or 0), "steps_large": float(steps[0.1] or 0),
        "border": 2 / CURVATURE, "runs": r.grid.size,
        "share": 100 * float(np.mean(r.grid == End.DEEP)),
        "always": float(np.max(_safe())),
    }  # fmt: skip


@lru_cache(maxsize=1)
def _safe() -> np.ndarray:
    """The rates at which a run from 1.0 ends in the shallow valley, up to the first that does not."""
    track = stage.track(WELL, *RATES, 1.0, STEPS)
    lost = np.flatnonzero((track.outcomes != End.SHALLOW) & (track.outcomes != End.SLOW))
    return track.rates[: lost[0]]


def settled(several: np.ndarray, k: int) -> tuple[End, int | None]:
    """Where a tried rate ends after `LONG` steps, and after how many it is within 0.001 of there for good."""
    path = several[k].astype(np.float64)
    if not np.all(np.isfinite(path)) or abs(path[-1]) > 1e3:
        return End.DIVERGED, None
    for outcome, minimum in ((End.DEEP, DEEP), (End.SHALLOW, SHALLOW)):
        far = np.flatnonzero(np.abs(path - minimum) > 1e-3)
        if not len(far) or far[-1] < LONG:
            return outcome, int(far[-1]) + 1 if len(far) else 0
    return End.CYCLES, None


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    rows = []
    names = stage.legend(look)
    for k, rate in enumerate(TRIED):
        outcome, steps = settled(r.several, k)
        loss = None if steps is None else round(float(values(WELL, r.several[k, -1:])[0]), 3)
        rows.append([f"{rate:g}", names[outcome.name.lower()], loss, steps])
    heads = ["η", look("ends"), look("loss"), look("steps")]
    return {"S1-08": Table(heads, rows)}


def answer() -> int:
    """Which of the asked rates ends in the deep valley from 1.8."""
    found = basins(WELL, np.array(ASKED), np.array([1.8]))[:, 0]
    return int(np.flatnonzero(found == End.DEEP)[0])


def opens(s: Settings) -> Scenario:
    """The same run in the race."""
    runner = Runner(id="gd", rule="sgd", fields={"learning_rate": s.rate}, slot=1)
    return Scenario(problem=Problem(name="tilted_well"), start=(s.start,), steps=STEPS, runners=(runner,))


EXPERIMENT = Experiment(
    "which_valley",
    Settings,
    measure,
    show,
    rows=("S1-08", "S1-11", "S5-14", "S2-01"),
    numbers=numbers,
    tables=tables,
    answer=answer,
    opens=opens,
    on_stage=("rate", "start"),
)
