"""Beneath the race: loss curves, effective steps, the rules' memory, and the map of rate and momentum."""

from landscape.descent.trajectory import Trajectory
from landscape.scenario import Scenario
from landscape.ui.page.language import option_label, t
from landscape.ui.page.widgets import views
from landscape.ui.race import charts, heat

VIEWS = {"losses": charts.losses, "steps": charts.steps, "memory": charts.memory, "heat": heat.heat}


def analysis(scenario: Scenario, paths: dict[str, Trajectory]) -> None:
    """The choice of a view; only the chosen one is computed, and none until one is chosen."""
    words = option_label("race.tab_{}")
    tip = t("race.analysis_help")
    chosen = views(t("race.analysis"), tuple(VIEWS), "analysis", words, help_text=tip)
    if chosen:
        VIEWS[chosen](scenario, paths)
