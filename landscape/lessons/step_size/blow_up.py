"""When does it blow up? Gradient descent on a parabola: the border is 2 / curvature."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.series import INK, Mark, Panel, Series, series
from landscape.lessons import curve as stage
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, settings
from landscape.player.curve import Control, CurveRun
from landscape.problems.surfaces.quadratics import Parabola
from landscape.scenario import Problem, Runner, Scenario
from landscape.study.step_size.basins import End, slopes, values, walks, zones
from landscape.study.step_size.overshoot import Manner, manners, steps_predicted, steps_until

RATES = (0.001, 1.0)
STARTS = (-1.5, 1.5)
STEPS = 60
LONG = 1500
COUNTED = 241  # rates whose steps are counted
BESIDE = (0.995, 1.005)  # two rates at either side of the border, as shares of it
SHARES = (0.5, 1.0, 1.5, 2.1)  # one rate of each manner, in units of 1 / curvature
TIMES = 1e6
PAINT = {
    Manner.MONOTONE: End.DEEP, Manner.ONE_STEP: End.CYCLES,
    Manner.OVERSHOOTS: End.SHALLOW, Manner.DIVERGES: End.DIVERGED,
}  # fmt: skip
OWN, BELOW, ABOVE = 1, 4, 3  # slots


@settings
class Settings:
    rate: float = number(0.21, *RATES, log=True)
    start: float = number(1.0, *STARTS)
    curvature: float = number(10.0, 2.5, 40.0, log=True)


@dataclass(frozen=True, eq=False)
class Result:
    """The chosen run and the two beside the border, and how every rate goes on.

    Attributes:
        paths: (3, steps + 1): at the chosen rate, just below the border, just above it.
        loss, slope: of these paths.
        track: for the slider.
        rates, counted: the steps until a millionth, and until a million times, of where it was.
        steps: the same two at the chosen rate.
        growth: by how much the slope grows with each step at the chosen rate, as measured; None at rest.
    """

    paths: np.ndarray
    loss: np.ndarray
    slope: np.ndarray
    track: stage.Track
    rates: np.ndarray
    counted: np.ndarray
    steps: np.ndarray
    growth: float | None


def measure(s: Settings) -> Result:
    """Run the chosen rate, two rates at the border, and every rate of the slider."""
    surface = Parabola(s.curvature)
    border = 2 / s.curvature
    three = np.array([s.rate, *(share * border for share in BESIDE)])
    paths = walks(surface, three, np.full(3, s.start), LONG)
    slope = np.abs(slopes(surface, paths))
    rates, counted = _counted(s.curvature, s.start)
    steps = _until(s.curvature, s.start, np.array([s.rate]))[:, 0]
    growth = float(slope[0, 1] / slope[0, 0]) if slope[0, 0] > 0 else None
    return Result(
        paths, values(surface, paths), slope, _track(s.curvature, s.start), rates, counted, steps, growth
    )


def _until(curvature: float, start: float, rates: np.ndarray) -> np.ndarray:
    """The steps until a run's distance is a millionth, and until it is a million times, of what it was."""
    far = abs(start) or 1.0
    return steps_until(Parabola(curvature), rates, start, far / TIMES, far * TIMES)


@lru_cache(maxsize=64)
def _track(curvature: float, start: float) -> stage.Track:
    rates = np.geomspace(*RATES, stage.TRACK)
    some = np.geomspace(*RATES, stage.KEPT)
    # From the minimum itself no rate moves: the parts of the track are those of every other start.
    found = manners(Parabola(curvature), rates, start or 1.0)
    paint = np.array([PAINT[manner] for manner in Manner], np.uint8)
    return stage.Track(
        rates, paint[found], walks(Parabola(curvature), some, np.full(len(some), start), STEPS)
    )


@lru_cache(maxsize=64)
def _counted(curvature: float, start: float) -> tuple[np.ndarray, np.ndarray]:
    rates = np.geomspace(*RATES, COUNTED)
    return rates, _until(curvature, start or 1.0, rates)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    one, border = 1 / s.curvature, 2 / s.curvature
    named = {End(code): look(manner.name.lower()) for manner, code in PAINT.items()}
    scene = stage.Scene(
        Parabola(s.curvature), (-2.2, 2.2), (-0.08 * _top(s), _top(s)), [(0.0, look("minimum"))],
        [(zone.low, zone.high, named[zone.end]) for zone in zones(r.track.rates, r.track.outcomes)],
        [(border, f"2/λ = {border:.3g}"), (one, f"1/λ = {one:.3g}")],
        {outcome.name.lower(): words for outcome, words in named.items()},
    )  # fmt: skip
    played = stage.stage(
        look,
        scene,
        [CurveRun(0, "", r.paths[0, : STEPS + 1])],
        title=look("title"),
        rate=Control("rate", s.rate, *RATES),
        start=Control("start", s.start, *STARTS),
        found=r.track,
    )
    return [
        played,
        Chart(along(s, r, look), look("alt_along"), look("along")),
        Chart(needed(s, r, look), look("alt_needed"), look("needed")),
    ]


def _top(s: Settings) -> float:
    """How high the picture is: the same for mild curves, so that a steep one looks steep."""
    return max(12.0, 1.2 * s.curvature)


def along(s: Settings, r: Result, look: RenderContext) -> object:
    """Loss and slope of the three runs, step by step."""
    border = 2 / s.curvature
    names = [f"η = {s.rate:.3g}", *(f"η = {share * border:.4g}" for share in BESIDE)]
    panels = []
    for title, found in ((look("loss"), r.loss), (look("slope"), r.slope)):
        lines = []
        for name, slot, run in zip(names, (OWN, BELOW, ABOVE), found, strict=True):
            first = float(run[0]) or 1.0
            reach = TIMES**2 if found is r.loss else TIMES
            kept = _within(run, first / reach, first * reach)
            lines.append(Series(name, slot, np.arange(len(kept)), kept))
        panels.append(Panel(title, lines, log=True))
    return series(panels, look("step"), look.theme, height=420)


def _within(run: np.ndarray, low: float, high: float) -> np.ndarray:
    """A run up to the step that leaves the range, which is drawn at its end."""
    gone = np.flatnonzero(~((run > low) & (run < high)))
    last = gone[0] if len(gone) else len(run) - 1
    return np.clip(np.nan_to_num(run[: last + 1], nan=high, posinf=high), low, high)


def needed(s: Settings, r: Result, look: RenderContext) -> object:
    """The steps of every rate, as counted and as the formula has them."""
    limit = float(np.nanmax(r.counted))
    theory = steps_predicted(r.rates, s.curvature, TIMES)
    own = r.steps[np.isfinite(r.steps)]
    lines = [
        Series(look("nearer"), BELOW, r.rates, r.counted[0]),
        Series(look("farther"), ABOVE, r.rates, r.counted[1]),
        Series(look("formula"), INK, r.rates, np.clip(theory, 1, limit), "theory"),
        Series(f"η = {s.rate:.3g}", OWN, np.full(len(own), s.rate), own, "points"),
    ]
    marks = [Mark(1 / s.curvature, "1/λ"), Mark(2 / s.curvature, "2/λ")]
    panel = Panel(look("steps"), lines, log=True, marks=marks)
    return series([panel], look("rate"), look.theme, log=True, height=320)


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    near, far = r.steps
    counted = near if np.isfinite(near) else far
    predicted = float(steps_predicted(np.array([s.rate]), s.curvature, TIMES)[0])
    border = 2 / s.curvature
    return {
        "rate": s.rate, "curvature": s.curvature, "factor": 1 - s.rate * s.curvature, "border": border,
        "one": 1 / s.curvature, "below": BESIDE[0] * border, "above": BESIDE[1] * border,
        "growth": "—" if r.growth is None else f"{r.growth:.4f}",
        "counted": f"{counted:,.0f}" if np.isfinite(counted) else "—",
        "predicted": f"{predicted:,.1f}" if 0 < predicted < np.inf else "—",
        "slow_steps": float(_until(10.0, 1.0, np.array([0.001]))[0, 0]),
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    """One rate of each manner on this parabola."""
    rates = np.array(SHARES) / s.curvature
    found = manners(Parabola(s.curvature), rates, 1.0)
    near, far = _until(s.curvature, 1.0, rates)
    rows = [
        [f"{rate:.3g}", look(Manner(manner).name.lower()), look.n(round(1 - rate * s.curvature, 3)), steps]
        for rate, manner, steps in zip(rates, found, np.where(np.isfinite(near), near, far), strict=True)
    ]
    return {"S5-11": Table(["η", look("manner"), look("factor"), look("steps")], rows)}


def answer() -> int:
    """How far 0.201 has run when 0.199 is a millionth away, of the distances asked."""
    steps = int(_until(10.0, 1.0, np.array([0.199]))[0, 0])
    away = abs(float(walks(Parabola(10.0), np.array([0.201]), np.array([1.0]), steps)[0, -1]))
    return int(np.argmin(np.abs(np.log10(away) - np.log10([1e-6, 1.0, 1e3, 1e6]))))


def opens(s: Settings) -> Scenario:
    """The same run in the race."""
    runner = Runner(id="gd", rule="sgd", fields={"learning_rate": s.rate}, slot=1)
    problem = Problem(name="parabola", fields={"curvature": s.curvature})
    return Scenario(problem=problem, start=(s.start,), steps=STEPS, runners=(runner,))


EXPERIMENT = Experiment(
    "blow_up",
    Settings,
    measure,
    show,
    rows=("S1-09", "S1-10", "S5-11", "S5-12", "S5-13"),
    numbers=numbers,
    tables=tables,
    answer=answer,
    opens=opens,
    on_stage=("rate", "start"),
)
