"""What does one step do? The slope under the ball, the rate, and where the two lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons import curve as stage
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, settings
from landscape.player.curve import Control, CurveRun
from landscape.problems.surfaces.curves import TiltedWell
from landscape.problems.surfaces.quadratics import Parabola
from landscape.problems.surfaces.surface import Surface
from landscape.scenario import Problem, Runner, Scenario
from landscape.study.step_size.basins import slopes, walks

RATES = (0.01, 1.0)
STARTS = (-2.0, 2.0)
STEPS = 40
LOOP = (
    ("while True:", "# step {step}"),
    ("    grad = slope(W)", "{slope}"),
    ("    W += -eta * grad", "{x} − {rate} × {slope} = {next}"),
)
OWN, TWICE, SLOPE = 1, 2, 3  # slots
STEEP = (1.0, 10.0, 100.0)  # curvatures of the table: ten times the slope each
ASKED = 0.5  # where the question's ball stands, between the hump and the shallow valley


class Ground(NamedTuple):
    """A curve with the window that shows it."""

    surface: Surface
    x: tuple[float, float]
    y: tuple[float, float]


GROUNDS = {
    "parabola": Ground(Parabola(10.0), (-2.2, 2.2), (-1.0, 12.0)),
    "tilted_well": Ground(TiltedWell(), (-2.35, 2.35), (-0.95, 1.6)),
}


@settings
class Settings:
    surface: str = choice("parabola", "tilted_well")
    rate: float = number(0.15, *RATES, log=True)
    start: float = number(1.0, *STARTS)


@dataclass(frozen=True, eq=False)
class Result:
    """The chosen run, one at twice the rate, and the slope everywhere in the window."""

    path: np.ndarray
    twice: np.ndarray
    slope: float
    x: np.ndarray
    everywhere: np.ndarray


def measure(s: Settings) -> Result:
    """Run gradient descent at the rate and at twice the rate, and take the slope of every place."""
    ground = GROUNDS[s.surface]
    path, twice = walks(ground.surface, np.array([s.rate, 2 * s.rate]), np.full(2, s.start), STEPS)
    slope = float(slopes(ground.surface, np.array([s.start]))[0])
    x = np.linspace(*STARTS, 201)
    return Result(path, twice, slope, x, slopes(ground.surface, x))


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    ground = GROUNDS[s.surface]
    # The deepest minimum is the one that a step downhill may lead away from.
    places = [(float(point[0]), look(f"valley_{k}")) for k, point in enumerate(ground.surface.minima)]
    played = stage.stage(
        look,
        stage.Scene(ground.surface, ground.x, ground.y, places),
        [CurveRun(0, "", r.path)],
        title=look(s.surface),
        rate=Control("rate", s.rate, *RATES),
        start=Control("start", s.start, *STARTS),
        code=LOOP,
    )
    return [played, Chart(everywhere(s, r, look), look("alt"), look("everywhere"))]


def everywhere(s: Settings, r: Result, look: RenderContext) -> object:
    """Slope and step at every place, with those of the ball."""
    own = Series(f"η = {s.rate:.3g}", OWN, r.x, -s.rate * r.everywhere)
    twice = Series(f"η = {2 * s.rate:.3g}", TWICE, r.x, -2 * s.rate * r.everywhere)
    here = [Series("", SLOPE, [s.start], [r.slope], "points")]
    moved = [
        Series("", OWN, [s.start], [-s.rate * r.slope], "points"),
        Series("", TWICE, [s.start], [-2 * s.rate * r.slope], "points"),
    ]
    level = [Mark(0.0, "", "y")]
    panels = [
        Panel(look("slope"), [Series(look("slope"), SLOPE, r.x, r.everywhere), *here], marks=level),
        Panel(look("step"), [own, twice, *moved], marks=level),
    ]
    return series(panels, "W", look.theme, height=380)


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    return {
        "rate": s.rate, "start": s.start, "slope": r.slope, "move": -s.rate * r.slope,
        "next": s.start - s.rate * r.slope, "length": s.rate * abs(r.slope),
        "twice": 2 * s.rate * abs(r.slope), "double": 2 * s.rate,
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    """The same rate under ten times the slope: the first step of a run at W = 1."""
    rows = []
    for curvature, (slope, length) in zip(STEEP, first_steps(s.rate), strict=True):
        rows.append([f"{curvature / 2:g} W²", slope, s.rate, length])
    return {"S5-09": Table([look("cost"), look("slope"), "η", look("length")], rows)}


@lru_cache(maxsize=64)
def first_steps(rate: float) -> list[tuple[float, float]]:
    """Slope at 1 and length of the first step from there, on each of the table's parabolas."""
    found = []
    for curvature in STEEP:
        at, after = walks(Parabola(curvature), np.array([rate]), np.array([1.0]), 1)[0]
        slope = slopes(Parabola(curvature), np.array([1.0]))[0]
        found.append((float(slope), float(np.float32(abs(after - at)))))
    return found


def answer() -> int:
    """Which way a ball between hump and shallow valley steps: 0 for right, 1 for left."""
    at, after = walks(TiltedWell(), np.array([0.1]), np.array([ASKED]), 1)[0]
    return int(after < at)


def opens(s: Settings) -> Scenario:
    """The same run in the race."""
    runner = Runner(id="gd", rule="sgd", fields={"learning_rate": s.rate}, slot=1)
    problem = Problem(name=s.surface, fields={"curvature": 10.0} if s.surface == "parabola" else {})
    return Scenario(problem=problem, start=(s.start,), steps=STEPS, runners=(runner,))


EXPERIMENT = Experiment(
    "one_step",
    Settings,
    measure,
    show,
    rows=("S5-01", "S5-05", "S5-07", "S5-09", "S1-07", "S3-01"),
    numbers=numbers,
    tables=tables,
    answer=answer,
    opens=opens,
    on_stage=("rate", "start"),
)
