"""How wrong is the gradient of one sample? All of them as a fan around the true one."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.figures.surfaces.fan import fan, points_and_line
from landscape.figures.surfaces.vectors import Arrow
from landscape.geometry.grids.grid import Grid
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import number, read, seed, settings, whole
from landscape.study.common.least_squares import (
    bowl,
    cosines,
    estimates,
    full_gradient,
    gradients,
    line_samples,
    quadratic,
    samples,
)

TRUE, CHOSEN, SCATTERED = 1, 2, 3
COUNT = 100
FAR = np.array([-2.0, -1.0])  # from the minimum to the farthest place
SPAN = np.array([2.8, 1.8])  # half the window
SCALE = 0.65  # an arrow's length for a gradient of 1
BINS = np.linspace(-1.0, 1.0, 41)


@settings
class Settings:
    batch: int = whole(1, 1, 2, 4, 8, 16, 32, 64)
    away: float = number(0.3, 0.0, 1.0)
    noise: float = number(0.8, 0.0, 2.0)
    draw: int = seed()
    sample_t: float = number(1.8, -2.5, 2.5)
    sample_y: float = number(0.0, -10.0, 10.0)


@dataclass(frozen=True, eq=False)
class Result:
    """The place, the true gradient there, the estimates and their cosines, and the chosen sample's own."""

    grid: Grid
    points: np.ndarray
    minimum: np.ndarray
    at: np.ndarray
    truth: np.ndarray
    guesses: np.ndarray
    cosine: np.ndarray
    chosen: int
    own: np.ndarray
    own_cosine: float
    off: float


def measure(s: Settings) -> Result:
    """Every sample's gradient, their mean, and what batches make of them."""
    data = line_samples(COUNT, s.noise, s.draw)
    minimum = quadratic(data).minimizer
    at = minimum + s.away * FAR
    each, truth = gradients(data, at), full_gradient(data, at)
    guesses = each if s.batch == 1 else estimates(each, s.batch, COUNT, s.draw)
    points = np.stack([data.x[:, 1], data.y], axis=1)
    chosen = int(np.argmin(np.linalg.norm(points - np.array([s.sample_t, s.sample_y]), axis=1)))
    a, b = (np.linspace(minimum[i] - SPAN[i], minimum[i] + SPAN[i], 60) for i in (0, 1))
    return Result(
        grid=bowl(data, a, b),
        points=points,
        minimum=minimum,
        at=at,
        truth=truth,
        guesses=guesses,
        cosine=cosines(guesses, truth),
        chosen=chosen,
        own=each[chosen],
        own_cosine=float(cosines(each[chosen][None], truth)[0]),
        off=float(np.abs(each.mean(axis=0) - truth).max()),
    )


@lru_cache(maxsize=8)
def many(draw: int) -> float:
    """The mean cosine of single samples to the true gradient with ten weights."""
    data = samples(seed=draw)
    return float(cosines(gradients(data, np.zeros(10)), full_gradient(data, np.zeros(10))).mean())


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    arrows = [
        Arrow(r.at, r.at - SCALE * r.truth, look("true"), TRUE),
        Arrow(r.at, r.at - SCALE * r.own, look("own"), CHOSEN),
    ]
    name = look("single") if s.batch == 1 else look("batches").format(batch=s.batch)
    picture = fan(
        r.grid, r.at, -SCALE * r.guesses, arrows, name, SCATTERED, look.theme, minimum=r.minimum, height=380
    )
    picture.update_xaxes(title_text="w₁").update_yaxes(title_text="w₂")
    counts = np.histogram(r.cosine, BINS)[0]
    bars = Series(name, SCATTERED, (BINS[1:] + BINS[:-1]) / 2, counts, "bars")
    mean = float(r.cosine.mean())
    panel = Panel(look("count"), [bars], marks=[Mark(mean, f"{look('mean')} {mean:.2f}".replace("-", "−"))])
    histogram = series([panel], look("cosine"), look.theme, height=220)
    histogram.update_xaxes(range=[-1.05, 1.05])
    names = look("points"), look("line"), look("chosen")
    line = float(r.at[0]), float(r.at[1])
    data = points_and_line(r.points, line, r.chosen, ("t", "y"), names, look.theme)
    return [
        Chart(picture, look("alt_fan"), look("fan_title")),
        Chart(data, look("alt_data"), look("data_title"), picks=("sample_t", "sample_y")),
        Chart(histogram, look("alt_cosine"), look("cosine_title")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    each_length = np.linalg.norm(r.guesses, axis=1)
    return {
        "batch": s.batch, "count": COUNT, "mean": float(r.cosine.mean()),
        "uphill": int((r.cosine < 0).sum()), "own": r.own_cosine, "length": float(np.linalg.norm(r.truth)),
        "lengths": float(np.median(each_length)), "off": r.off,
        "t": float(r.points[r.chosen, 0]), "y": float(r.points[r.chosen, 1]),
        "residual": float(r.at[0] + r.at[1] * r.points[r.chosen, 0] - r.points[r.chosen, 1]),
        "g1": float(r.own[0]), "g2": float(r.own[1]), "true1": float(r.truth[0]), "true2": float(r.truth[1]),
        "many": many(s.draw),
    }  # fmt: skip


def answer() -> int:
    """Of a hundred samples near the minimum, how many point uphill: about none, a tenth, a third?"""
    uphill = float((measure(read(Settings, {"away": 0.1})).cosine < 0).mean())
    return int(np.argmin(np.abs(np.array([0.0, 0.1, 0.35]) - uphill)))


EXPERIMENT = Experiment(
    "fan",
    Settings,
    measure,
    show,
    rows=("S1-20", "S1-21"),
    numbers=numbers,
    answer=answer,
    on_stage=("sample_t", "sample_y"),
)
