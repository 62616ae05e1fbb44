"""A fair race: the best learning rate of one optimizer on a budget of evaluations."""

import dataclasses
from typing import Any

import numpy as np

from landscape.core.types import Loss, Params, Status, pytree, static
from landscape.descent.keys import Key
from landscape.descent.rules.rule import Rule, Wrapper
from landscape.descent.run import run
from landscape.descent.schedules.schedule import is_schedule
from landscape.descent.sweep import sweep


@pytree
class Tuned:
    """What tuning found.

    Attributes:
        rule: the rule at its best learning rate.
        learning_rate: that rate.
        loss: the loss it reaches on the budget.
        steps: the steps it takes on the budget.
        rates: (points,), every rate tried, ascending.
        losses: (points,), the loss each reached on the budget; inf where it diverged.
    """

    rule: Rule
    learning_rate: float
    loss: float
    rates: np.ndarray
    losses: np.ndarray
    steps: int = static(0)


def tune(
    rule: Rule | type[Rule],
    loss: Loss,
    params: Params,
    evaluations: int = 500,
    *,
    span: tuple[float, float] = (1e-5, 10.0),
    points: int = 41,
    noise: float = 0.0,
    key: Key = None,
    device: Any = None,
) -> Tuned:
    """Find the learning rate that reaches the lowest loss on a budget of evaluations.

    The rates are log-spaced over `span`, then again between the neighbours of the best. Each run may
    compute `evaluations` gradients or losses in all: a rule that spends two a step takes half the steps.
    The other hyperparameters stay as given.

    Args:
        rule: a rule with a `learning_rate`, wrapped or not, or its class for the defaults.
        loss, params, noise, key, device: as for `run`; every rate sees the same noise.
        evaluations: the budget, at least 1.
        span: the lowest and highest rate tried, both > 0.
        points: how many rates are tried in each of the two rounds, at least 3.

    Raises:
        TypeError: when the rule has no learning rate.
        ValueError: for an empty span or budget.

    >>> import landscape as ls, numpy as np
    >>> best = ls.tune(ls.SGD, lambda x: 5 * (x**2).sum(), np.array([1.0]), evaluations=50)
    >>> bool(abs(best.learning_rate - 0.1) < 0.02)
    True
    """
    rule = rule() if isinstance(rule, type) else rule
    low, high = span
    if not 0 < low < high:
        raise ValueError(f"span must be two rising positive rates; given {span}")
    if evaluations < 1 or points < 3:
        raise ValueError(f"needs evaluations >= 1 and points >= 3; given {evaluations} and {points}")
    given: dict[str, Any] = {"noise": noise, "key": key, "device": device}
    cost = run(rule, loss, params, 1, **given).evaluations[1]
    steps = evaluations if rule.uneven() else max(1, evaluations // int(max(cost, 1)))

    tries = np.empty((0, 3))  # rate, loss on the budget, sum of the losses on the way
    grid = np.geomspace(low, high, points)
    for _ in range(2):
        tried = sweep(with_rate(rule, grid), loss, params, steps, **given)
        curves, spent = np.asarray(tried.loss), np.asarray(tried.evaluations)
        within = (spent <= evaluations).sum(axis=1) - 1
        reached = np.take_along_axis(curves, within[:, None], axis=1)[:, 0]
        reached = np.where((tried.status == Status.DIVERGED) | ~np.isfinite(reached), np.inf, reached)
        with np.errstate(over="ignore"):
            tries = np.vstack([tries, np.stack([grid, reached, curves.sum(axis=1)], axis=1)])
        tries = tries[np.argsort(tries[:, 0])]
        rates, losses, sums = tries.T
        # Of rates that reach the same loss, zero say, the one that is there first.
        best = int(np.lexsort((sums, losses))[0])
        grid = np.geomspace(rates[max(best - 1, 0)], rates[min(best + 1, len(rates) - 1)], points)
    taken = run(with_rate(rule, rates[best]), loss, params, steps, **given)
    within = int((taken.evaluations <= evaluations).sum()) - 1
    return Tuned(
        with_rate(rule, float(rates[best])), float(rates[best]), float(losses[best]), rates, losses, within
    )


def with_rate(rule: Any, rate: Any) -> Any:
    """The rule with another learning rate, also inside wrappers; a schedule keeps its shape."""
    fields = rule.__dict__
    if "learning_rate" in fields:
        now = fields["learning_rate"]
        return dataclasses.replace(rule, learning_rate=_scheduled(now, rate) if is_schedule(now) else rate)
    if issubclass(type(rule), Wrapper):
        return dataclasses.replace(rule, rule=with_rate(rule.rule, rate))
    raise TypeError(f"{type(rule).__name__} has no learning rate to tune")


def _scheduled(schedule: Any, rate: Any) -> Any:
    if "schedule" in schedule.__dict__:
        return dataclasses.replace(schedule, schedule=_scheduled(schedule.schedule, rate))
    return dataclasses.replace(schedule, value=rate)
