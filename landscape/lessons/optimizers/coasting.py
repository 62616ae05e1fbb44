"""A ball on a plateau: gradient descent stands still, momentum still has what it remembers of the slope."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.figures.charts.stack import stack
from landscape.lessons.curve import Scene, stage
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, settings, whole
from landscape.player.curve import CurveRun
from landscape.study.optimizers.coasting import STEPS, BuildUp, Coast, Slide, build_up, by_age, coast

AGES = (0, 1, 3, 7, 15, 31)
LONGEST = 300  # steps that are played
RHOS = (0.5, 0.9, 0.99)


@settings
class Settings:
    momentum: float = number(0.9, 0.0, 0.99)
    rate: float = number(0.1, 0.05, 0.5, log=True)
    slope: int = whole(10, 1, 2, 5, 10, 20, 40)


@dataclass(frozen=True, eq=False)
class Result:
    """Both runs, the ball's velocity by the age of its gradients, and its growth on an endless slope."""

    ball: Coast
    plain: Coast
    parts: np.ndarray
    build: BuildUp
    shown: int


def measure(s: Settings) -> Result:
    """Let both go at the top, and take the velocity apart."""
    ball, plain = coast(s.rate, s.momentum, float(s.slope)), coast(s.rate, 0.0, float(s.slope))
    resting = np.abs(ball.velocity) < 0.01 * np.abs(ball.velocity).max()
    moving = int(np.flatnonzero(~resting)[-1]) + 1
    shown = int(np.clip(max(moving, plain.edge or STEPS) + 5, 20, LONGEST))
    return Result(ball, plain, by_age(-ball.gradients[:shown], s.momentum, AGES), build_up(s.momentum), shown)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    names = look.section("rule")
    far = max(float(r.ball.path[r.shown]), 0.5 * s.slope)
    scene = Scene(
        Slide(), (-1.05 * s.slope, 1.1 * far), (-0.15 * s.slope, 1.15 * s.slope), [(0.0, look("edge"))]
    )
    balls = [
        CurveRun(SLOTS["momentum"], names["momentum.short"], r.ball.path[: r.shown + 1]),
        CurveRun(SLOTS["sgd"], names["sgd.short"], r.plain.path[: r.shown + 1]),
    ]
    steps = np.arange(1, r.shown + 1)
    grown = np.arange(1, min(6 * r.build.steps + 10, len(r.build.velocity)) + 1)
    gauge = series(
        [
            Panel(
                look("amplification"),
                [Series(names["momentum.short"], SLOTS["momentum"], grown, r.build.velocity[: len(grown)])],
                marks=[
                    Mark(1 / (1 - s.momentum), f"1/(1 − ρ) = {look.n(1 / (1 - s.momentum))}", "y"),
                    Mark(r.build.steps, f"63%: {r.build.steps}"),
                ],
            )
        ],
        look("endless"),
        look.theme,
        height=230,
    )
    return [
        stage(look, scene, balls, title=look("slide")),
        Chart(
            stack(
                steps,
                [(look(f"age_{k}"), part) for k, part in enumerate(r.parts)],
                (look("velocity"), -r.ball.velocity[: r.shown]),
                (look("step"), look("velocity")),
                SLOTS["momentum"],
                look.theme,
            ),
            look("alt"),
            look("stack_title"),
        ),
        Chart(gauge, look("alt_gauge"), look("gauge_title")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    keep = s.momentum
    return {
        "momentum": keep, "rate": s.rate, "slope": s.slope, "edge": float(r.ball.edge or np.nan),
        "plain_edge": float(r.plain.edge or np.nan), "beyond": r.ball.beyond, "promised": r.ball.promised,
        "plain_beyond": r.plain.beyond, "terminal": r.build.terminal, "steps": float(r.build.steps),
        "effective": s.rate * r.build.terminal, "full": s.rate * keep / (1 - keep) ** 2,
        "speed": -float(r.ball.velocity[(r.ball.edge or 1) - 1]),
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    found = [(rho, build_up(rho)) for rho in RHOS]
    rows = [[f"{rho:g}", 1 / (1 - rho), round(it.terminal, 3), it.steps] for rho, it in found]
    return {"S1-15": Table(["ρ", "1/(1 − ρ)", look("measured"), "63%"], rows)}


def answer() -> int:
    """How far momentum 0.9 coasts with full speed, counted in plain steps, of those offered."""
    found = coast(0.1, 0.9, 100.0)
    return int(np.argmin(np.abs(np.array([1.0, 10.0, 90.0]) - found.beyond / 0.1)))


EXPERIMENT = Experiment(
    "coasting",
    Settings,
    measure,
    show,
    rows=("S1-15", "S2-29", "S2-30", "S3-16"),
    numbers=numbers,
    tables=tables,
    answer=answer,
)
