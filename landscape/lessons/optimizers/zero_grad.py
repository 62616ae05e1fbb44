"""One wrong line in the training loop: the gradient that is never reset, the plus for a minus."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from landscape.figures.charts.series import INK, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS, rule
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, settings
from landscape.study.optimizers.momentum import quadratic_path
from landscape.study.optimizers.training_loop import training_loop

STEPS = 400
LINES = {
    "forgotten": "# optimizer.zero_grad()",
    "plus": "optimizer.zero_grad()",
    "none": "optimizer.zero_grad()",
}
FAULTS: Mapping[str, Mapping[str, Any]] = {"forgotten": {"reset": False}, "plus": {"sign": 1}, "none": {}}
WRONG = 3  # the colour of the loop with the fault


@settings
class Settings:
    fault: str = choice("forgotten", "plus", "none")
    momentum: float = number(0.0, 0.0, 0.99)
    rate: float = number(0.01, 1e-3, 0.1, log=True)
    curvature: float = number(10.0, 1.0, 20.0, log=True)


@dataclass(frozen=True, eq=False)
class Result:
    """The loop with the fault, the right one, and plain momentum of 1."""

    wrong: np.ndarray
    right: np.ndarray
    endless: np.ndarray


def measure(s: Settings) -> Result:
    """Run all three from 1."""
    setup = (s.rate, s.momentum, s.curvature, STEPS)
    endless = quadratic_path(rule("momentum", learning_rate=s.rate, momentum=1.0), [s.curvature], STEPS)
    return Result(training_loop(*setup, **FAULTS[s.fault]), training_loop(*setup), endless[:, 0])


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    steps = np.arange(STEPS + 1)
    top = 3.0
    lines = [
        Series(look(s.fault), WRONG, steps, np.where(np.abs(r.wrong) <= top, r.wrong, np.nan)),
        Series(look("right"), SLOTS["sgd"], steps, np.where(np.abs(r.right) <= top, r.right, np.nan)),
    ]
    if s.fault == "forgotten":
        lines.append(Series(look("endless"), INK, steps, r.endless, "theory"))
    sizes = [
        Series(look(name), slot, steps, np.clip(np.abs(path), 1e-9, 1e9))
        for name, slot, path in ((s.fault, WRONG, r.wrong), ("right", SLOTS["sgd"], r.right))
    ]
    panels = [Panel(look("place"), lines), Panel(look("distance"), sizes, True)]
    return [Chart(series(panels, look("step"), look.theme, height=460), look("alt"), look("title"))]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    return {
        "zero": LINES[s.fault], "sign": "+=" if s.fault == "plus" else "-=", "rate": s.rate,
        "momentum": s.momentum, "steps": STEPS,
        "last": float(np.abs(r.wrong[-100:]).max()) if np.isfinite(r.wrong).all() else "∞",
        "right_last": float(np.abs(r.right[-100:]).max()),
        "apart": float(np.abs(training_loop(s.rate, 0.0, s.curvature, STEPS, reset=False) - r.endless).max()),
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    paths = [(name, training_loop(0.01, 0.9, 10.0, 300, sign=sign)) for name, sign in (("+=", 1), ("-=", -1))]
    rows = [[name, *(float(f"{abs(path[k]):.2g}") for k in (100, 200, 300))] for name, path in paths]
    return {"S3-15": Table([look("sign"), "100", "200", "300"], rows)}


def answer() -> int:
    """What becomes of the loop that never resets: it arrives, swings for ever, or is lost."""
    last = np.abs(training_loop(0.01, 0.0, 10.0, 4 * STEPS, reset=False)[-STEPS:]).max()
    return 0 if last < 1e-3 else 1 if last < 10 else 2


EXPERIMENT = Experiment(
    "zero_grad",
    Settings,
    measure,
    show,
    rows=("S2-75", "S3-15"),
    numbers=numbers,
    tables=tables,
    answer=answer,
)
