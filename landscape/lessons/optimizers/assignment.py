"""The regression assignment as a race: three rules, the same batches, and a budget that decides who wins."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from landscape.core.progress import Progress
from landscape.core.tree import size
from landscape.figures.charts.series import INK, Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, settings, switch, whole
from landscape.scenario.training import Training
from landscape.study.common.noisy_cosine import cosine
from landscape.study.optimizers.regression import (
    BATCH,
    EVERY,
    NOISE,
    POINTS,
    SEEDS,
    STEPS,
    Contest,
    starts,
    trained,
)

SHORT, LONG, RATE = 1_000, 4_000, 0.01


@settings
class Settings:
    budget: int = whole(SHORT, 100, 300, 600, SHORT, 2_000, 3_000, LONG)
    rates: str = choice("same", "tuned")
    rate: str = choice("0.01", "0.001", "0.003", "0.03")
    apart: bool = switch(False)


@dataclass(frozen=True)
class Place:
    """One line of the leaderboard: a rule, the rate it used, and its losses over the seeds."""

    name: str
    rate: float
    losses: np.ndarray

    @property
    def middle(self) -> float:
        """The median over the seeds; a run that was lost counts as the worst."""
        return float(np.median(np.nan_to_num(self.losses, nan=np.inf)))


@dataclass(frozen=True, eq=False)
class Result:
    """The contest, which rate each rule uses, and the leaderboard at the budget."""

    contest: Contest
    record: int
    chosen: Mapping[str, int]
    board: tuple[Place, ...]


def measure(s: Settings, progress: Progress) -> Result:
    """Train everything once; a budget is a cut of it."""
    contest = trained(not s.apart, progress)
    record = min(s.budget // EVERY, len(contest["sgd"].step) - 1)
    chosen = _chosen(contest, record, None if s.rates == "tuned" else float(s.rate))
    return Result(contest, record, chosen, _board(contest, record, chosen))


def _chosen(contest: Contest, record: int, rate: float | None) -> Mapping[str, int]:
    """The rate each rule uses: the given one, or its own best at this record."""
    return {name: lane.tuned(record) if rate is None else lane.at(rate) for name, lane in contest.items()}


def _board(contest: Contest, record: int, chosen: Mapping[str, int]) -> tuple[Place, ...]:
    """The rules from the lowest median loss up."""
    places = [
        Place(name, float(lane.rates[chosen[name]]), lane.loss[chosen[name], :, record])
        for name, lane in contest.items()
    ]
    return tuple(sorted(places, key=lambda place: place.middle))


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    names = look.section("rule")
    losses, fits = [], [Series(look("truth"), INK, POINTS, cosine(POINTS), "theory")]
    for name, lane in r.contest.items():
        short = names[f"{name}.short"]
        own = lane.loss[r.chosen[name]]
        losses.append(Series(short, SLOTS[name], lane.step, np.median(own, axis=0)))
        losses += [Series(short, SLOTS[name], [lane.step[r.record]], [v], "points") for v in own[:, r.record]]
        fits.append(Series(short, SLOTS[name], POINTS, lane.fitted[r.chosen[name], 0, r.record]))
    marks = [Mark(float(EVERY * r.record), f"{EVERY * r.record:,}"), Mark(NOISE**2, look("floor"), "y")]
    curves = series([Panel(look("loss"), losses, True, marks)], look("step"), look.theme, height=310)
    fitted = series([Panel("y", fits, span=(-1.35, 1.35))], "x", look.theme, height=260)
    heads = [look(word) for word in ("rule", "median", "lowest", "highest", "batch")]
    rows = [
        [f"{n}. {names[f'{p.name}.short']}", *_told(p), _strip(r.contest, p.name)]
        for n, p in enumerate(r.board, start=1)
    ]
    slots = [SLOTS[place.name] for place in r.board]
    return [
        Table(heads, rows, slots, look("board")),
        Chart(curves, look("alt_loss"), look("loss_title")),
        Chart(fitted, look("alt_fit"), look("fit_title")),
    ]


def _told(place: Place) -> tuple[float | None, ...]:
    values = (place.middle, float(place.losses.min()), float(place.losses.max()))
    return tuple(value if np.isfinite(value) else None for value in values)


def _strip(contest: Contest, name: str) -> str:
    """The examples that a lane's first batch begins with."""
    return " ".join(str(index) for index in contest[name].order[0, 0, :2]) + " …"


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    first, second = r.board[:2]
    return {
        "parameters": size(starts(1)), "budget": EVERY * r.record, "batch": BATCH, "seeds": SEEDS,
        "steps": STEPS, "noise": NOISE, "floor": NOISE**2,
        "lead": second.middle / first.middle, "best": first.middle,
        **{f"{name}_rate": float(lane.rates[r.chosen[name]]) for name, lane in r.contest.items()},
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    names = look.section("rule")
    rows = []
    for rate in (RATE, None):
        for budget in (SHORT, LONG):
            record = min(budget // EVERY, len(r.contest["sgd"].step) - 1)
            order = _board(r.contest, record, _chosen(r.contest, record, rate))
            what = look("all_same") if rate else look("all_tuned")
            told = [f"{names[f'{place.name}.short']} {look.n(round(place.middle, 5))}" for place in order]
            rows.append([f"{what} · {EVERY * record:,}", *told])
    return {"S2-77": Table([look("setting"), "1", "2", "3"], rows)}


def answer(progress: Progress | None = None) -> int:
    """Who has the lowest median after the long budget, all at one rate: gradient descent, momentum, Adam."""
    contest = trained(True, progress)
    record = LONG // EVERY
    best = _board(contest, record, _chosen(contest, record, RATE))[0]
    return ("sgd", "momentum", "adam").index(best.name)


def opens(s: Settings) -> Training:
    """The same network and rules on a wave of the network page."""
    rates = {"sgd": 0.05, "momentum": 0.01, "adam": 0.003} if s.rates == "tuned" else {}
    runners = [
        {"id": n, "rule": n, "fields": {"learning_rate": rates.get(n, float(s.rate))}, "slot": SLOTS[n]}
        for n in ("sgd", "momentum", "adam")
    ]
    network = {"hidden": [64, 64], "activation": "tanh", "initializer": "xavier_normal"}
    data = {"name": "sine", "samples": 2_000, "noise": NOISE}
    return Training.model_validate(
        {"data": data, "network": network, "runners": runners, "batch_size": BATCH, "epochs": 40}
    )


EXPERIMENT = Experiment(
    "assignment",
    Settings,
    measure,
    show,
    rows=("S2-72", "S2-74", "S2-76", "S2-77"),
    numbers=numbers,
    tables=tables,
    answer=answer,
    opens=opens,
    long=True,
    common=lambda s: partial(trained, not s.apart),
)
