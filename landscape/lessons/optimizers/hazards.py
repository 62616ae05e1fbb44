"""Which hazard hurts whom? A ravine, a saddle, a plateau and noise, each against every rule."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from landscape.core.progress import Progress, unwatched
from landscape.figures.charts.matrix import matrix
from landscape.figures.charts.series import Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import number, read, settings, switch
from landscape.study.optimizers.hazards import ASKEW, HAZARDS, LIMIT, NEAR, RATES, USUAL, Cell, cell

NAMES = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
PAIR = ("sgd", "momentum")
SAME = 16  # where RATES is 0.1


@settings
class Settings:
    condition: float = number(100.0, 1.0, 1000.0, log=True)
    aside: float = number(1e-8, 1e-12, 1e-2, log=True)
    far: float = number(4.0, 2.0, 5.0)
    noise: float = number(3.0, 0.1, 10.0, log=True)
    tuned: bool = switch(True)


@dataclass(frozen=True, eq=False)
class Result:
    """By hazard and rule what was measured; cells are missing where the work was ended early."""

    cells: Mapping[tuple[str, str], Cell]
    steps: np.ndarray


def measure(s: Settings, progress: Progress) -> Result:
    """Measure cell after cell; those of hazards that were not moved are remembered."""
    values: dict[str, float] = dict(zip(HAZARDS, (s.condition, s.aside, s.far, s.noise), strict=True))
    cells: dict[tuple[str, str], Cell] = {}
    wanted = [(hazard, name) for name in NAMES for hazard in HAZARDS]
    for done, (hazard, name) in enumerate(wanted):
        if progress(done, len(wanted)) is False:
            break
        cells[hazard, name] = cell(name, hazard, values[hazard])
    steps = np.array([[_steps(cells.get((hazard, n)), s.tuned) for n in NAMES] for hazard in HAZARDS])
    return Result(cells, steps)


def _steps(it: Cell | None, tuned: bool) -> float:
    """The steps of one cell, at its best settings or at the rate that all share."""
    if it is None:
        return float("nan")
    return it.best if tuned else float(it.steps[SAME])


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    names = look.section("rule")
    texts = [[f"> {look.n(LIMIT)}" if np.isnan(v) else look.n(v) for v in row] for row in r.steps]
    short = [names[f"{name}.short"] for name in NAMES]
    heat = matrix(r.steps, [look(h) for h in HAZARDS], short, texts, look.theme)
    panels = [
        Panel(
            look(hazard),
            [
                Series(names[f"{name}.short"], SLOTS[name], RATES, r.cells[hazard, name].steps)
                for name in PAIR
                if (hazard, name) in r.cells
            ],
            True,
        )
        for hazard in HAZARDS
    ]
    curves = series(panels, look("rate"), look.theme, log=True, height=680)
    return [
        Chart(heat, look("alt"), look("matrix_tuned" if s.tuned else "matrix_same")),
        Chart(curves, look("alt_rates"), look("rates_title")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    table = {(h, n): r.steps[i, j] for i, h in enumerate(HAZARDS) for j, n in enumerate(NAMES)}
    told = {f"{h}_{n}": _told(v) for (h, n), v in table.items() if n in PAIR}
    plain, ball = (r.cells.get(("saddle", n)) for n in PAIR)
    quiet = {f"limit_{n}": _largest(r.cells.get(("noise", n))) for n in PAIR}
    return told | quiet | {
        "askew": ASKEW, "within": NEAR["noise"], "level": NEAR["plateau"], "gone": NEAR["saddle"],
        "same_rate": float(RATES[SAME].round(6)), "same_momentum": USUAL,
        "limit": LIMIT, "condition": s.condition, "root": float(np.sqrt(s.condition)),
        "saddle_plain": _told(_steps(plain, False)), "saddle_ball": _told(_steps(ball, False)),
    }  # fmt: skip


def _told(steps: float) -> float | str:
    return f"> {LIMIT:,}" if np.isnan(steps) else float(steps)


def _largest(it: Cell | None) -> float | str:
    """The largest rate with which a rule still arrives, or a dash."""
    if it is None or np.isnan(it.steps).all():
        return "–"
    return float(RATES[np.flatnonzero(np.isfinite(it.steps))[-1]])


def answer(progress: Progress | None = None) -> int:
    """Where momentum saves the largest share of gradient descent's steps, of ravine, saddle and noise."""
    cells = measure(read(Settings, {}), progress or unwatched).cells
    saved = [cells[h, "sgd"].best / cells[h, "momentum"].best for h in ("ravine", "saddle", "noise")]
    return int(np.argmax(saved))


EXPERIMENT = Experiment(
    "hazards", Settings, measure, show, rows=("S3-14", "S3-17"), numbers=numbers, answer=answer, long=True
)
