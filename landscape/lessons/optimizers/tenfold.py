"""Why momentum and Adam are faster: the rate that each parameter really gets."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from landscape.core.progress import Progress
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, settings, whole
from landscape.study.optimizers.regression import EVERY, MOMENTUM, SEEDS, Contest, trained

BASE = 0.001
FACTORS = (1, 2, 3, 5, 10, 20, 30, 50)
BUDGETS = SHORT, _, LONG = 300, 1_000, 3_000
BINS = np.linspace(-4, 1, 51)


@settings
class Settings:
    factor: int = whole(1, *FACTORS)
    budget: int = whole(1_000, 100, 300, 1_000, 2_000, 3_000, 4_000)
    adam: str = choice("0.001", "0.003", "0.01")


@dataclass(frozen=True, eq=False)
class Result:
    """The contest, which rate each lane uses, and the record that the budget is."""

    contest: Contest
    chosen: Mapping[str, int]
    record: int

    def losses(self, name: str, record: int | None = None) -> np.ndarray:
        """(seeds,), the losses of a lane at a record."""
        return self.contest[name].loss[self.chosen[name], :, self.record if record is None else record]

    def effective(self, name: str) -> np.ndarray:
        """What each parameter's gradient is multiplied by."""
        return self.contest[name].effective[self.chosen[name], self.record]


def measure(s: Settings, progress: Progress) -> Result:
    """Cut the contest at the budget."""
    contest = trained(True, progress)
    rates = {"sgd": BASE * s.factor, "momentum": BASE, "adam": float(s.adam)}
    chosen = {name: contest[name].at(rate) for name, rate in rates.items()}
    return Result(contest, chosen, min(s.budget // EVERY, len(contest["sgd"].step) - 1))


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    names = {name: look.section("rule")[f"{name}.short"] for name in r.contest}
    labels = {"sgd": f"{names['sgd']} × {s.factor}", "momentum": names["momentum"], "adam": names["adam"]}
    lines, bars = [], []
    for name, lane in r.contest.items():
        until = slice(0, r.record + 1)
        middle = np.median(lane.loss[r.chosen[name]], axis=0)
        lines.append(Series(labels[name], SLOTS[name], lane.step[until], middle[until]))
        counts, _ = np.histogram(np.log10(r.effective(name)), BINS)
        share = 100 * counts / counts.sum()
        bars.append(Series(labels[name], SLOTS[name], (BINS[1:] + BINS[:-1]) / 2, share, "bars"))
    curves = series([Panel(look("loss"), lines, True)], look("step"), look.theme, height=300)
    marks = [Mark(float(np.log10(r.effective("momentum")[0])), "η/(1−ρ)")]
    spread = series([Panel(look("share"), bars, marks=marks)], look("effective"), look.theme, height=280)
    return [
        Chart(curves, look("alt_loss"), look("loss_title")),
        Chart(spread, look("alt_rate"), look("rate_title")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    low, high = np.percentile(np.log10(r.effective("adam")), [5, 95])
    sgd, ball = np.median(r.losses("sgd")), np.median(r.losses("momentum"))
    short, long = (_behind(r.contest, budget) for budget in (SHORT, LONG))
    return {
        "factor": s.factor, "rate": BASE * s.factor, "base": BASE, "rho": MOMENTUM,
        "budget": EVERY * r.record, "effective": BASE / (1 - MOMENTUM),
        "ratio": float(sgd / ball), "decades": float(high - low),
        "low": float(10**low), "high": float(10**high), "seeds": SEEDS,
        "short": SHORT, "short_ratio": short, "long": LONG, "long_ratio": long,
    }  # fmt: skip


def _behind(contest: Contest, budget: int) -> float:
    """How many times momentum's median loss is gradient descent's at the same rate, after a budget."""
    record = min(budget // EVERY, len(contest["sgd"].step) - 1)
    lanes = (contest[name] for name in ("sgd", "momentum"))
    sgd, ball = (np.median(lane.loss[lane.at(BASE), :, record]) for lane in lanes)
    return float(sgd / ball)


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    sgd, ball = r.contest["sgd"], r.contest["momentum"]
    rows = []
    for budget in BUDGETS:
        k = min(budget // EVERY, len(sgd.step) - 1)
        values = [np.median(lane.loss[lane.at(rate), :, k]) for lane, rate in
                  ((sgd, BASE), (sgd, 10 * BASE), (ball, BASE))]  # fmt: skip
        rows.append([f"{EVERY * k:,}", *(float(value) for value in values)])
    short = look.section("rule")
    heads = [look("step"), f"{short['sgd.short']} × 1", f"{short['sgd.short']} × 10", short["momentum.short"]]
    return {"S2-78": Table(heads, rows)}


def answer(progress: Progress | None = None) -> int:
    """With which of the offered factors gradient descent's curve comes nearest to momentum's."""
    contest = trained(True, progress)
    ball = contest["momentum"].loss[contest["momentum"].at(BASE)]
    apart = [
        float(np.abs(np.log(contest["sgd"].loss[contest["sgd"].at(BASE * factor)] / ball)).mean())
        for factor in (2, 10, 50)
    ]
    return int(np.argmin(apart))


EXPERIMENT = Experiment(
    "tenfold",
    Settings,
    measure,
    show,
    rows=("S2-78", "S2-79"),
    numbers=numbers,
    tables=tables,
    answer=answer,
    long=True,
    common=lambda _: partial(trained, True),
)
