"""The moves of a race: pure functions from one scenario to the next."""

from typing import Any

from landscape.descent.optimizers import OPTIMIZERS
from landscape.problems.surfaces import SURFACES
from landscape.scenario import Problem, Runner, Scenario, hyperparameters

SLOTS = range(1, 9)
Presets = dict[str, dict[str, float]]
NEAR = (0.5, 2.0)
"""A rate within this factor of its preset counts as the preset; one beyond it was set apart on purpose."""


def on_surface(scenario: Scenario, name: str) -> Scenario:
    """The same runners on another surface, from its start and with rates that suit it.

    A rate that stood at five times its preset stands at five times the new preset.
    """
    surface = SURFACES[name]
    old = SURFACES[scenario.problem.name].presets if scenario.problem.name else {}
    runners = tuple(suited(runner, old, surface.presets) for runner in scenario.runners)
    start = (float(surface.start[0]), float(surface.start[1]))
    return scenario.replace(
        problem=Problem(name=name), start=start, noise=float(surface.noise), runners=runners
    )


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


def added(scenario: Scenario, rule: str) -> Scenario:
    """One more runner, at the surface's preset, in the first free slot."""
    preset = SURFACES[scenario.problem.name].presets if scenario.problem.name else {}
    runner = Runner(id=free_id(scenario), slot=free_slot(scenario), rule=rule, fields={})
    return scenario.replace(runners=(*scenario.runners, suited(runner, {}, preset)))


def removed(scenario: Scenario, name: str) -> Scenario:
    """Without one runner; the others keep their colours."""
    return scenario.replace(runners=tuple(r for r in scenario.runners if r.id != name))


def duplicated(scenario: Scenario, name: str) -> Scenario:
    """A copy of a runner right after it, at half the rate, to be told apart."""
    runners = []
    for runner in scenario.runners:
        runners.append(runner)
        if runner.id == name:
            rate = bounded(runner.stepping, "learning_rate", float(f"{runner.learning_rate / 2:.3g}"))
            runners.append(runner.replace(id=free_id(scenario), slot=free_slot(scenario)).with_rate(rate))
    return scenario.replace(runners=tuple(runners))


def altered(scenario: Scenario, name: str, **parts: Any) -> Scenario:
    """One runner with other parts."""
    return scenario.replace(
        runners=tuple(r.replace(**parts) if r.id == name else r for r in scenario.runners)
    )


def tuned(scenario: Scenario, name: str, rate: float) -> Scenario:
    """One runner at another learning rate."""
    return scenario.replace(runners=tuple(r.with_rate(rate) if r.id == name else r for r in scenario.runners))


def with_field(scenario: Scenario, name: str, holder: str, field: str, value: Any) -> Scenario:
    """One runner with another value of one hyperparameter; `holder` is "fields" or "base_fields"."""
    (runner,) = (r for r in scenario.runners if r.id == name)
    return altered(scenario, name, **{holder: {**getattr(runner, holder), field: value}})


def free_slot(scenario: Scenario) -> int:
    """The first slot no runner has."""
    return min(set(SLOTS) - {runner.slot for runner in scenario.runners})


def free_id(scenario: Scenario) -> str:
    """An id no runner has."""
    taken = {runner.id for runner in scenario.runners}
    return next(name for name in (f"r{k}" for k in range(1, 100)) if name not in taken)
