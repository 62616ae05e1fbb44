"""Between a sharp and a flat solution of one network: is the flatter one better on unseen examples?"""

from dataclasses import dataclass

from landscape.core.progress import Progress, unwatched
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import number, read, seed, settings, whole
from landscape.scenario.document import Document
from landscape.scenario.training import Training
from landscape.scenario.view import View
from landscape.study.sharpness.edge_of_stability import Descent
from landscape.study.sharpness.interpolation import Line, line, rivals

FULL, SMALL = 1, 2
STEPS = 8_000


@settings
class Settings:
    rate: float = number(0.1, 0.02, 0.2, log=True)
    batch: int = whole(4, 2, 4, 16)
    examples: int = whole(48, 24, 48, 128, 256)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """Two trainings from one start, and the losses on the line through where they end."""

    full: Descent
    small: Descent
    line: Line


def measure(s: Settings, progress: Progress) -> Result:
    """Train twice, and walk from one solution to the other."""
    data, full, small = rivals(
        s.rate, s.batch, examples=s.examples, seed=s.draw, steps=STEPS, progress=progress
    )
    return Result(full, small, line(full, small, data))


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    lines = [
        Series(look("train"), FULL, r.line.at, r.line.train),
        Series(look("test"), SMALL, r.line.at, r.line.test),
    ]
    marks = [Mark(0.0, look("full")), Mark(1.0, f"{look('small')} {s.batch}")]
    figure = series([Panel(look("loss"), lines, True, marks)], look("at"), look.theme, height=360)
    rows = [
        [name, run.settled, run.loss[-1].item(), run.test[-1].item(), (run.test[-1] - run.loss[-1]).item()]
        for name, run in ((look("full"), r.full), (f"{look('small')} {s.batch}", r.small))
    ]
    heads = [look("run"), look("sharpness"), look("train"), look("test"), look("gap")]
    return [Chart(figure, look("alt")), Table(heads, rows)]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    return {
        "batch": s.batch, "examples": s.examples, "full": r.full.settled, "small": r.small.settled,
        "full_test": r.full.test[-1].item(), "small_test": r.small.test[-1].item(),
        "full_gap": (r.full.test[-1] - r.full.loss[-1]).item(),
        "small_gap": (r.small.test[-1] - r.small.loss[-1]).item(),
        "barrier": r.line.train[(r.line.at > 0) & (r.line.at < 1)].max().item(),
    }  # fmt: skip


def answer(progress: Progress | None = None) -> int:
    """Which of the two loses less on unseen examples."""
    found = measure(read(Settings, {}), progress or unwatched)
    return int(found.small.test[-1] < found.full.test[-1])


def opens(s: Settings) -> Document:
    """The line between two solutions of such a network."""
    data = {"name": "sine", "samples": 200, "seed": s.draw}
    network = {"hidden": [32, 32], "activation": "tanh", "initializer": "lecun_normal"}
    rules = (("a", "sgd", s.rate), ("b", "sgd", s.rate / 4))
    runners = [
        {"id": name, "rule": rule, "fields": {"learning_rate": rate}, "slot": slot}
        for slot, (name, rule, rate) in enumerate(rules, start=1)
    ]
    training = Training.model_validate(
        {"data": data, "network": network, "runners": runners, "batch_size": s.batch, "epochs": 100}
    )
    return View(training=training, plane="interpolation", runner="a", to="b")


EXPERIMENT = Experiment(
    "between",
    Settings,
    measure,
    show,
    rows=("S2-25", "S2-26"),
    numbers=numbers,
    answer=answer,
    opens=opens,
    long=True,
)
