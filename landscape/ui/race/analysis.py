"""Beneath the race: loss curves, effective steps, the rules' memory, and the map of rate and momentum."""

import streamlit as st

from landscape.descent.trajectory import Trajectory
from landscape.scenario import Scenario
from landscape.ui.page.language import language_key, option_label, t
from landscape.ui.race import charts, heat

VIEWS = {"losses": charts.losses, "steps": charts.steps, "memory": charts.memory, "heat": heat.heat}


def analysis(scenario: Scenario, paths: dict[str, Trajectory]) -> None:
    """The choice of a view; only the chosen one is computed, and none until one is chosen."""
    chosen = st.segmented_control(
        t("race.analysis"),
        tuple(VIEWS),
        key=language_key("analysis"),
        format_func=option_label("race.tab_{}"),
        help=t("race.analysis_help"),
    )
    if chosen:
        VIEWS[chosen](scenario, paths)
