"""What can be done with the optimizers of an experiment: pure functions from one description to the next."""

from typing import Any, TypeVar

from landscape.descent.rules.presets import Presets
from landscape.descent.rules.registry import OPTIMIZERS
from landscape.scenario import Runner, hyperparameters
from landscape.scenario.document import WithRunners
from landscape.scenario.model import SLOTS

NEAR = (0.5, 2.0)
"""A rate within this factor of its preset counts as the preset; one beyond it was set apart on purpose."""


D = TypeVar("D", bound=WithRunners)


def suited(runner: Runner, old: Presets, new: Presets) -> Runner:
    """A runner with the hyperparameters that suit another surface."""
    rule = runner.stepping
    preset, before = dict(new.get(rule, {})), old.get(rule, {}).get("learning_rate")
    rate = preset.pop("learning_rate", runner.learning_rate)
    factor = runner.learning_rate / before if before else 1
    if not NEAR[0] < factor < NEAR[1]:
        rate = float(f"{rate * factor:.3g}")
    holder = "base_fields" if runner.wraps else "fields"
    fields = getattr(runner, holder) | {name: bounded(rule, name, value) for name, value in preset.items()}
    return runner.replace(**{holder: fields}).with_rate(bounded(rule, "learning_rate", rate))


def bounded(rule: str, field: str, value: Any) -> Any:
    """A value within the range its control allows."""
    meta = hyperparameters(OPTIMIZERS[rule])[field].metadata
    return value if meta["low"] is None else min(max(float(value), meta["low"]), meta["high"])


def added(now: D, rule: str, presets: Presets) -> D:
    """One more runner, at its preset, in the first free slot."""
    runner = Runner(id=free_id(now), slot=free_slot(now), rule=rule, fields={})
    return now.replace(runners=(*now.runners, suited(runner, {}, presets)))


def removed(now: D, name: str) -> D:
    """Without one runner; the others keep their colours."""
    return now.replace(runners=tuple(r for r in now.runners if r.id != name))


def duplicated(now: D, name: str) -> D:
    """A copy of a runner right after it, at half the rate, to be told apart."""
    runners = []
    for runner in now.runners:
        runners.append(runner)
        if runner.id == name:
            rate = bounded(runner.stepping, "learning_rate", float(f"{runner.learning_rate / 2:.3g}"))
            runners.append(runner.replace(id=free_id(now), slot=free_slot(now)).with_rate(rate))
    return now.replace(runners=tuple(runners))


def altered(now: D, name: str, **parts: Any) -> D:
    """One runner with other parts."""
    return now.replace(runners=tuple(r.replace(**parts) if r.id == name else r for r in now.runners))


def tuned(now: D, name: str, rate: float) -> D:
    """One runner at another learning rate."""
    return now.replace(runners=tuple(r.with_rate(rate) if r.id == name else r for r in now.runners))


def with_field(now: D, name: str, holder: str, field: str, value: Any) -> D:
    """One runner with another value of one hyperparameter; `holder` is "fields" or "base_fields"."""
    (runner,) = (r for r in now.runners if r.id == name)
    return altered(now, name, **{holder: {**getattr(runner, holder), field: value}})


def free_slot(now: WithRunners) -> int:
    """The first slot no runner has."""
    return min(set(SLOTS) - {runner.slot for runner in now.runners})


def free_id(now: WithRunners) -> str:
    """An id no runner has."""
    taken = {runner.id for runner in now.runners}
    return next(name for name in (f"r{k}" for k in range(1, 100)) if name not in taken)
