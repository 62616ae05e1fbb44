"""It stopped: why? Gradient, curvature and rate tell a minimum from everything else that looks like one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons import curve as stage
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, seed, settings, whole
from landscape.player.curve import Control, CurveRun
from landscape.problems.surfaces.curves import TiltedWell, quartic_wells
from landscape.problems.surfaces.quadratics import Parabola
from landscape.problems.surfaces.surface import Surface
from landscape.scenario import Problem, Runner, Scenario
from landscape.study.step_size.why_stopped import Cubic, Ends, Verdict, descended, drawn, ends

RATES = (1e-9, 1.0)
STARTS = (-1.6, 1.6)
DRAWS = 100
RATE = 0.1
CURVES: Mapping[str, Surface] = {"well": TiltedWell(), "cubic": Cubic(), "parabola": Parabola(10.0)}
WELLS = quartic_wells(0.15)
CRITICAL = {"well": (*WELLS.minima, *WELLS.hills), "cubic": (0.0,), "parabola": (0.0,)}
HEIGHTS = {"well": (-0.6, 0.9), "cubic": (-1.6, 1.6), "parabola": (-1.5, 14.0)}
SLOTS = {
    Verdict.GLOBAL: 3, Verdict.LOCAL: 2, Verdict.MAXIMUM: 6, Verdict.SADDLE: 4, Verdict.FLAT: 5,
    Verdict.SMALL: 7, Verdict.MOVING: 8, Verdict.DIVERGED: 1,
}  # fmt: skip
CASES = (("well", 0.9143), ("well", 0.1536), ("cubic", 0.0))  # begun exactly at the critical point there
OFFERED = (0.0, 50.0, 100.0)  # per cent, in the question


@settings
class Settings:
    curve: str = choice("well", "cubic", "parabola")
    begin: str = choice("critical", "own", "random")
    draw: int = seed()
    steps: int = whole(100, 100, 300, 1000)
    rate: float = number(RATE, *RATES, log=True)
    start: float = number(0.15, *STARTS)


@dataclass(frozen=True, eq=False)
class Result:
    """The run and its end, and those of a hundred random starts."""

    path: np.ndarray
    own: Ends
    starts: np.ndarray
    many: Ends


def measure(s: Settings) -> Result:
    """Run from the start and from a hundred random ones, and look around where each of them ends."""
    surface = CURVES[s.curve]
    path = descended(surface, np.array([[begun(s)]]), s.rate, s.steps)
    return Result(path[0, :, 0], ends(surface, path), random_starts(), _many(s.curve, s.rate, s.steps))


def begun(s: Settings) -> float:
    """Where the run begins: at the nearest critical point, at its own start, or where the seed says."""
    if s.begin == "random":
        return float(drawn(s.draw)[0])
    if s.begin == "own":
        return s.start
    return nearest(s.curve, s.start)


def nearest(curve: str, x: float) -> float:
    """The critical point of a curve that is nearest to a place."""
    points = np.array(CRITICAL[curve])
    return float(points[np.argmin(np.abs(points - x))])


@lru_cache(maxsize=1)
def random_starts() -> np.ndarray:
    """The starts of the seeds."""
    return np.array([drawn(number)[0] for number in range(DRAWS)])


@lru_cache(maxsize=64)
def _many(curve: str, rate: float, steps: int) -> Ends:
    """How the runs from the random starts end."""
    surface = CURVES[curve]
    return ends(surface, descended(surface, random_starts()[:, None], rate, steps)[:, -2:])


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    surface = CURVES[s.curve]
    names = [(x, look("critical" if s.curve == "cubic" else "minimum")) for x in CRITICAL[s.curve]]
    if s.curve == "well":
        names = list(zip(CRITICAL["well"], (look("deep"), look("shallow"), look("hill")), strict=True))
    scene = stage.Scene(surface, (-1.8, 1.8), HEIGHTS[s.curve], names)
    ball = CurveRun(1, look(r.own.verdicts[0].value), r.path)
    start = None if s.begin == "random" else Control("start", s.start, *STARTS)
    played = stage.stage(
        look, scene, [ball], title=look("title"), rate=Control("rate", s.rate, *RATES), start=start
    )
    heading = f"{look('verdict')}: {look(r.own.verdicts[0].value)}"
    lines = []
    for verdict in dict.fromkeys(r.many.verdicts):
        mine = np.array([found == verdict for found in r.many.verdicts])
        end = np.where(np.abs(r.many.at[:, 0]) < 3, r.many.at[:, 0], np.nan)
        if verdict != Verdict.DIVERGED:
            label = f"{look(verdict.value)}: {mine.sum()}"
            lines.append(Series(label, SLOTS[verdict], r.starts[mine], end[mine], "points"))
    marks = [Mark(x, name, "y") for x, name in names]
    figure = series([Panel(look("end"), lines, marks=marks)], look("begin"), look.theme, height=320)
    return [replace(played, title=heading), Chart(figure, look("alt"), look("many"))]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    own = r.own
    counts = {f"n_{v.value}": float(r.many.verdicts.count(v)) for v in Verdict}
    return counts | {
        "at": _told(own.at[0, 0]), "gradient": _told(own.gradient[0]),
        "curvature": _told(own.curvatures[0, 0]), "moved": _told(own.moved[0]),
        "change": _told(own.change[0]), "steps": s.steps, "travelled": _told(abs(r.path[-1] - r.path[0])),
        "share": float(100 * _global()), "draws": DRAWS,
    }  # fmt: skip


def _told(value: float) -> float:
    """A number as a reader is told it, the gradient as on the stage."""
    return float(np.round(value, 12)) if np.isfinite(value) else np.inf


def _global() -> float:
    """The share of the random starts on the double well that end in the deeper valley."""
    return float(np.mean([v == Verdict.GLOBAL for v in _many("well", RATE, 1000).verdicts]))


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    """Runs whose loss no longer changes, and what they are."""
    paths = [(c, descended(CURVES[c], np.array([[nearest(c, x)]]), RATE, 100)) for c, x in CASES]
    paths.append(("parabola", descended(CURVES["parabola"], np.array([[1.0]]), RATES[0], 100)))
    rows = []
    for curve, path in paths:
        found = ends(CURVES[curve], path)
        told = (abs(found.change[0]), found.gradient[0], found.curvatures[0, 0])
        rows.append([look(found.verdicts[0].value), *map(_told, told)])
    return {"S5-08": Table([look("verdict"), "|Δf|", "|f′|", "f″"], rows)}


def answer() -> int:
    """Which of the offered shares of the random starts is nearest to what ends in the deeper valley."""
    return int(np.argmin(np.abs(np.array(OFFERED) - 100 * _global())))


def opens(s: Settings) -> Scenario | None:
    """The same run in the race, on the curves that it knows."""
    problem = {
        "well": Problem(name="tilted_well"),
        "parabola": Problem(name="parabola", fields={"curvature": 10.0}),
    }
    if s.curve not in problem or s.rate < 1e-5:
        return None
    runner = Runner(id="gd", rule="sgd", fields={"learning_rate": s.rate}, slot=1)
    return Scenario(problem=problem[s.curve], start=(begun(s),), steps=s.steps, runners=(runner,))


EXPERIMENT = Experiment(
    "why_stopped",
    Settings,
    measure,
    show,
    rows=("S5-08", "S5-03"),
    numbers=numbers,
    tables=tables,
    answer=answer,
    opens=opens,
    on_stage=("rate", "start"),
)
