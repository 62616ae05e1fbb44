"""Learning rate and momentum as a pad: where it settles, how fast theory says, how fast it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

import landscape as ls
from landscape import figures
from landscape.descent.rules.rule import Rule
from landscape.descent.theory import best, convergence_rate, hessian_eigenvalues_at, measured_rate
from landscape.descent.theory import stability_boundary as boundary
from landscape.descent.trajectory import Sweep, Trajectory
from landscape.figures.charts.series import INK, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS, rule
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, settings
from landscape.scenario import Problem, Runner, Scenario
from landscape.study.optimizers.momentum import Settling, settle

STEPS = 80
RATES = np.geomspace(1e-3, 1.0, 46)
MOMENTA = np.linspace(0.0, 0.98, 31)
NAMES = ("sgd", "momentum", "nesterov")
EDGES = {
    "momentum": r"\dfrac{2(1+\rho)}{\lambda}",
    "nesterov": r"\dfrac{2(1+\rho)}{(1+2\rho)\,\lambda}",
}
KINDS = {"sgd": ls.SGD, "momentum": ls.Momentum, "nesterov": ls.Nesterov}


@settings
class Settings:
    surface: str = choice("ravine", "bowl", "beale", "himmelblau", "rosenbrock")
    rule: str = choice("momentum", "nesterov")
    rate: float = number(0.12, 1e-3, 1.0, log=True)
    momentum: float = number(0.6, 0.0, 0.98)


@dataclass(frozen=True, eq=False)
class Result:
    """The map of the mean factor per step, the chosen run, and what theory says near its minimum."""

    factors: np.ndarray
    lost: np.ndarray
    path: Trajectory
    distance: np.ndarray
    curvatures: np.ndarray
    edge: np.ndarray
    border: float
    alone: float
    predicted: float
    measured: float | None
    best: Rule


def measure(s: Settings) -> Result:
    """Sweep the pad, run the chosen point, and compare it with theory."""
    surface = ls.SURFACES[s.surface]
    chosen = rule(s.rule, learning_rate=s.rate, momentum=s.momentum)
    path = ls.run(chosen, surface, surface.start, STEPS)
    minima = np.array([np.asarray(point) for point in surface.minima])
    minimum = minima[np.argmin(np.linalg.norm(minima - path.params[path.last], axis=1))]
    curvatures = hessian_eigenvalues_at(surface, minimum)
    tuned, sweep = best(KINDS[s.rule], curvatures), _sweep(s.surface, s.rule)
    assert tuned is not None  # every curvature at these minima is positive
    return Result(
        factors=(sweep.final_loss / path.loss[0]) ** (0.5 / STEPS),
        lost=sweep.status == ls.Status.DIVERGED,
        path=path,
        distance=np.linalg.norm(np.asarray(path.params, np.float64) - minimum, axis=1),
        curvatures=curvatures,
        edge=np.array([boundary(rule(s.rule, momentum=m), curvatures) for m in MOMENTA]),
        border=float(boundary(chosen, curvatures) or 0.0),
        alone=2.0 / float(curvatures.max()),
        predicted=float(convergence_rate(chosen, curvatures) or 0.0),
        measured=measured_rate(path, minimum),
        best=tuned,
    )


@lru_cache(maxsize=16)
def _sweep(surface: str, name: str) -> Sweep:
    """Every point of the pad in one compiled call."""
    it = ls.SURFACES[surface]
    many = rule(name, learning_rate=RATES[:, None], momentum=MOMENTA)
    return ls.sweep(many, it, it.start, STEPS, record="final")


@lru_cache(maxsize=1)
def contest() -> tuple[Mapping[str, Settling], Mapping[str, Settling]]:
    """The three rules on a parabola at one setting, and each at its own best on curvatures 1 and 100."""
    same = {"sgd": rule("sgd", learning_rate=0.01)}
    same |= {name: rule(name, learning_rate=0.01, momentum=0.9) for name in NAMES[1:]}
    tuned = {name: found for name in NAMES if (found := best(KINDS[name], [1.0, 100.0])) is not None}
    return (
        {name: settle(it, [10.0], 1000) for name, it in same.items()},
        {name: settle(it, [1.0, 100.0], 1000) for name, it in tuned.items()},
    )


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    words = look.section("chart") | {"momentum": look("momentum"), "loss": look("factor")}
    heat = figures.rate_momentum(
        r.factors,
        RATES,
        MOMENTA,
        diverged=r.lost,
        chosen=(s.rate, s.momentum),
        boundary=(r.edge, MOMENTA),
        theme=look.theme,
        words=words,
    )
    steps = np.arange(r.path.last + 1)
    theory = r.distance[0] * r.predicted**steps
    name = look.section("rule")[f"{s.rule}.name"]
    top = 1e3 * float(r.distance[0])
    lines = [
        Series(name, SLOTS[s.rule], steps, np.minimum(r.distance[: r.path.last + 1], top)),
        Series(look("theory"), INK, steps, np.minimum(theory, top), "theory"),
    ]
    chart = series([Panel(look("distance"), lines, True)], look("step"), look.theme, height=260)
    return [
        Chart(heat, look("alt_heat"), look("heat_title"), picks=("rate", "momentum")),
        Chart(chart, look("alt_rate"), look("rate_title")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    measured = np.nan if r.measured is None else r.measured
    fields = vars(r.best)
    same, tuned = contest()
    return {
        "rate": s.rate, "momentum": s.momentum, "largest": float(r.curvatures.max()), "border": r.border,
        "alone": r.alone, "predicted": r.predicted, "measured": float(measured), "steps": STEPS,
        "best_rate": fields["learning_rate"], "best_momentum": fields["momentum"],
        "best_predicted": float(convergence_rate(r.best, r.curvatures) or 0.0),
        "edge": EDGES[s.rule],
        "overshoot": same["momentum"].overshoot, "arrives": float(same["momentum"].steps or 0),
        "ball": float(tuned["momentum"].steps or 0), "nesterov": float(tuned["nesterov"].steps or 0),
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    same, tuned = contest()
    names = look.section("rule")
    heads = [look("rule"), look("same"), look("overshoot"), look("tuned")]
    rows = [[names[f"{n}.short"], same[n].steps, min(same[n].overshoot, 0.0), tuned[n].steps] for n in NAMES]
    return {"S2-35": Table(heads, rows, [SLOTS[name] for name in NAMES])}


def answer() -> int:
    """Which rule needs the fewest steps when each is tuned at its best."""
    tuned = contest()[1]
    offered = ("sgd", "momentum", "nesterov")
    return offered.index(min(offered, key=lambda name: tuned[name].steps or 10_000))


def opens(s: Settings) -> Scenario:
    """The chosen point in the race, beside gradient descent at the same rate."""
    fields: dict[str, Any] = {"learning_rate": s.rate}
    return Scenario(
        problem=Problem(name=s.surface),
        start=tuple(float(x) for x in ls.SURFACES[s.surface].start),
        steps=STEPS,
        runners=(
            Runner(id="gd", rule="sgd", fields=fields, slot=1),
            Runner(id="chosen", rule=s.rule, fields=fields | {"momentum": s.momentum}, slot=SLOTS[s.rule]),
        ),
    )


EXPERIMENT = Experiment(
    "pad",
    Settings,
    measure,
    show,
    rows=("S2-28", "S2-34", "S2-35"),
    numbers=numbers,
    tables=tables,
    answer=answer,
    opens=opens,
)
