"""The moves of a race: pure functions from one scenario to the next."""

from landscape.descent.rules.presets import Presets
from landscape.descent.rules.presets import presets as presets_on
from landscape.problems.surfaces.registry import SURFACES
from landscape.scenario import Problem, Scenario
from landscape.ui.runners.moves import suited


def presets(scenario: Scenario) -> Presets:
    """Hyperparameters that suit the surface, by rule; none for a typed formula."""
    return presets_on(SURFACES[scenario.problem.name]) if scenario.problem.name else {}


def on_surface(scenario: Scenario, name: str) -> Scenario:
    """The same runners on another surface, from its start and with rates that suit it.

    A rate that stood at five times its preset stands at five times the new preset.
    """
    surface = SURFACES[name]
    old, new = presets(scenario), presets_on(surface)
    runners = tuple(suited(runner, old, new) for runner in scenario.runners)
    start = (float(surface.start[0]), float(surface.start[1]))
    return scenario.replace(
        problem=Problem(name=name), start=start, noise=float(surface.noise), runners=runners
    )
