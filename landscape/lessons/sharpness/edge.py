"""The edge of stability: full-batch descent climbs to a sharpness of 2 / rate and stays there."""

from dataclasses import dataclass, replace

import numpy as np

from landscape.core.progress import Progress, part_of
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, seed, settings, whole
from landscape.scenario.document import Document
from landscape.scenario.training import Training
from landscape.scenario.view import View
from landscape.study.common.noisy_cosine import EXAMPLES
from landscape.study.sharpness.edge_of_stability import NETWORK, Descent, descend

FULL, SMALL = 1, 2
RECORDS = 80
GUESSED = (0.5, 1.0, 2.0)  # the answers of the question, as factors


@settings
class Settings:
    rate: float = number(0.1, 0.02, 0.25, log=True)
    batch: int = whole(4, 2, 4, 16, 64)
    steps: int = whole(8_000, 2_000, 8_000, 20_000)
    start: str = choice("lecun_normal", "he_normal", "xavier_normal")
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """Two trainings from one start: with all examples in every step, and with small batches."""

    full: Descent
    small: Descent


def measure(s: Settings, progress: Progress) -> Result:
    """Train twice, measuring the sharpness along the way."""
    network = replace(NETWORK, initializer=s.start)

    def one(batch: int, low: float, high: float) -> Descent:
        part = part_of(progress, low, high)
        return descend(
            s.rate, batch, seed=s.draw, steps=s.steps, records=RECORDS, network=network, progress=part
        )

    return Result(one(EXAMPLES, 0.0, 0.65), one(s.batch, 0.65, 1.0))


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    runs = ((look("full"), FULL, r.full), (f"{look('small')} {s.batch}", SMALL, r.small))
    edge = Mark(2 / s.rate, f"2/η = {look.n(round(2 / s.rate, 3))}", "y")
    high = max(2 / s.rate, *(float(np.nanmax(run.sharpness)) for *_, run in runs))
    panels = [
        Panel(
            look("sharpness"),
            [Series(name, slot, run.step, run.sharpness) for name, slot, run in runs],
            marks=[edge],
            span=(0.0, 1.15 * high),
        ),
        Panel(look("loss"), [Series(name, slot, run.step, run.loss) for name, slot, run in runs], True),
    ]
    return [Chart(series(panels, look("step"), look.theme, height=430), look("alt"))]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    edge, passed = 2 / s.rate, r.full.sharpness
    reached = passed[np.argmax(passed > edge) :] if (passed > edge).any() else passed
    return {
        "rate": s.rate, "steps": s.steps, "batch": s.batch, "edge": edge, "full": r.full.settled,
        "small": r.small.settled, "ratio": r.full.settled / r.small.settled,
        "product": s.rate * r.full.settled, "factor": 1 - s.rate * r.full.settled,
        "apart": 100 * abs(s.rate * r.full.settled / 2 - 1),
        "begin": passed[0].item(), "highest": float(passed.max()),
        "over": 100 * float(passed.max() / edge - 1), "above": 100 * float(np.mean(reached > edge)),
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> dict[str, Table]:
    rows = [
        [str(EXAMPLES), r.full.settled, r.full.loss[-1].item(), r.full.test[-1].item()],
        [str(s.batch), r.small.settled, r.small.loss[-1].item(), r.small.test[-1].item()],
    ]
    heads = [look("run"), look("sharpness"), look("train"), look("test")]
    return {"S2-24": Table(heads, rows, (FULL, SMALL))}


def answer(progress: Progress | None = None) -> int:
    """What half the rate does to the sharpness that full batches settle at."""
    parts = ((0.2, part_of(progress, 0.0, 0.5)), (0.1, part_of(progress, 0.5, 1.0)))
    whole_, half = (descend(rate, steps=4_000, records=20, progress=part).settled for rate, part in parts)
    return int(np.argmin([abs(half / whole_ - factor) for factor in GUESSED]))


def opens(s: Settings) -> Document:
    """A training of the same kind, in the plane of its two sharpest directions."""
    data = {"name": "sine", "samples": 320, "seed": s.draw}
    network = {"hidden": [32, 32], "activation": "tanh", "initializer": s.start}
    runner = {"id": "a", "rule": "sgd", "fields": {"learning_rate": s.rate}, "slot": FULL}
    training = Training.model_validate(
        {"data": data, "network": network, "runners": [runner], "batch_size": 0, "epochs": 2_000}
    )
    return View(training=training, plane="hessian")


EXPERIMENT = Experiment(
    "edge",
    Settings,
    measure,
    show,
    rows=("S2-24",),
    numbers=numbers,
    tables=tables,
    answer=answer,
    opens=opens,
    long=True,
)
