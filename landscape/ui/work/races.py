"""What the pages compute, kept in bounded caches shared by all visits: equal questions are asked once."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import jax
import numpy as np

from landscape.core.device import cores
from landscape.core.types import Status
from landscape.descent.rules.registry import OPTIMIZERS
from landscape.descent.run import run
from landscape.descent.sweep import sweep
from landscape.descent.trajectory import Trajectory
from landscape.descent.tune import tune, with_rate
from landscape.geometry.grids.grid import Grid, evaluate, losses_at
from landscape.look.scale import LossScale, loss_scale
from landscape.scenario import Problem, Runner, Scenario, hyperparameters
from landscape.scenario.outcome import Outcome, outcome
from landscape.ui.work.result_cache import remembered
from landscape.ui.work.turnstile import RERUNS

POINTS = 80
POOL = ThreadPoolExecutor(cores(), thread_name_prefix="race")


@dataclass(frozen=True)
class Picture:
    """A surface as it is drawn: its grid, its scale, and (x, y, loss) of its known minima and saddles."""

    grid: Grid
    relief: LossScale
    minima: list[tuple[float, ...]]
    saddles: list[tuple[float, ...]]


def picture(scenario: Scenario) -> Picture:
    """How the problem of a scenario is drawn."""
    return _picture(scenario.problem)


@remembered(64)
def _picture(problem: Problem) -> Picture:
    surface = problem.surface()
    grid = evaluate(surface, points=POINTS)
    minima, saddles = (
        [
            (*map(float, point), float(loss))
            for point, loss in zip(points, losses_at(surface, points), strict=True)
        ]
        for points in (surface.minima, surface.saddles)
    )
    return Picture(grid, loss_scale(grid.loss, [loss for *_, loss in saddles]), minima, saddles)


class Alone(NamedTuple):
    """One runner of a race with all that its path depends on: what its results are remembered by."""

    runner: Runner
    problem: Problem
    start: tuple[float, ...]
    steps: int
    noise: float
    seed: int

    @classmethod
    def of(cls, scenario: Scenario, runner: Runner) -> Self:
        """A runner as it stands in a race."""
        return cls(runner, scenario.problem, scenario.start, scenario.steps, scenario.noise, scenario.seed)

    @property
    def chance(self) -> dict[str, Any]:
        """The noise and its key, as `run` and `sweep` take them."""
        return {"noise": self.noise, "key": jax.random.key(self.seed)}


def race(scenario: Scenario) -> dict[str, tuple[Trajectory, Outcome]]:
    """Every runner's path and outcome. Runners not seen before compile side by side."""
    alone = {runner.id: Alone.of(scenario, runner) for runner in scenario.runners}
    fresh = [runner for runner in alone.values() if not _run.known(runner)]
    if len(fresh) > 1:
        with RERUNS.aside():
            list(POOL.map(_run, fresh))
    return {name: _run(runner) for name, runner in alone.items()}


@remembered(128)
def _run(alone: Alone) -> tuple[Trajectory, Outcome]:
    rule, surface = alone.runner.optimizer(), alone.problem.surface()
    path = run(rule, surface, np.array(alone.start), alone.steps, **alone.chance)
    return path, outcome(rule, surface, path)


@dataclass(frozen=True)
class Best:
    """The best learning rate on a budget: the steps it takes, what they cost, the loss they reach."""

    rate: float
    steps: int
    spent: int
    loss: float


@RERUNS.aside()
def tuned(scenario: Scenario, runner: Runner) -> Best:
    """The best learning rate of one runner on `scenario.steps` evaluations, within its control."""
    alone, rule = Alone.of(scenario, runner), runner.optimizer()
    rate = hyperparameters(OPTIMIZERS[runner.stepping])["learning_rate"]
    problem, start = scenario.surface(), np.array(scenario.start)
    span = rate.metadata["low"], rate.metadata["high"]
    found = tune(rule, problem, start, scenario.steps, span=span, **alone.chance)
    chosen = min(max(float(f"{found.learning_rate:.3g}"), span[0]), span[1])
    path = run(with_rate(rule, chosen), problem, start, found.steps, **alone.chance)
    return Best(chosen, found.steps, path.spent, float(path.loss[-1]))


@remembered(32)
def heat(alone: Alone, field: str, rates: tuple[float, ...], others: tuple[float, ...]) -> np.ndarray:
    """(rates, others): the final loss of one runner over its rate and another field; inf if it diverged."""
    rated = with_rate(alone.runner.optimizer(), np.array(rates)[:, None])
    batched = with_field(rated, field, np.array(others)[None, :])
    start, surface = np.array(alone.start), alone.problem.surface()
    many = sweep(batched, surface, start, alone.steps, record="final", **alone.chance)
    return np.where(many.status == Status.DIVERGED, np.inf, many.final_loss)


def with_field(rule: Any, field: str, value: np.ndarray) -> Any:
    """A rule with another value of a field, also inside wrappers."""
    if field in rule.__dict__:
        return dataclasses.replace(rule, **{field: value})
    return dataclasses.replace(rule, rule=with_field(rule.rule, field, value))
