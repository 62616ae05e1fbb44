"""The moves of a race: pure functions from one scenario to the next."""

from landscape.problems.surfaces.registry import SURFACES
from landscape.scenario import Problem, Scenario
from landscape.ui.runners.moves import Presets, suited


def presets(scenario: Scenario) -> Presets:
    """Hyperparameters that suit the surface, by rule; none for a typed formula."""
    return SURFACES[scenario.problem.name].presets if scenario.problem.name else {}


def on_surface(scenario: Scenario, name: str) -> Scenario:
    """The same runners on another surface, from its start and with rates that suit it.

    A rate that stood at five times its preset stands at five times the new preset.
    """
    surface = SURFACES[name]
    old = presets(scenario)
    runners = tuple(suited(runner, old, surface.presets) for runner in scenario.runners)
    start = (float(surface.start[0]), float(surface.start[1]))
    return scenario.replace(
        problem=Problem(name=name), start=start, noise=float(surface.noise), runners=runners
    )
