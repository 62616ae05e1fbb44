"""Beneath the race: loss curves, effective steps, the rules' memory, and the map of rate and momentum."""

import streamlit as st

from landscape.descent.trajectory import Trajectory
from landscape.scenario import Scenario
from landscape.ui.language import t, worded
from landscape.ui.race import charts, heat

TABS = ("losses", "steps", "memory", "heat")


def analysis(scenario: Scenario, paths: dict[str, Trajectory]) -> None:
    """The tabs; only the open one is computed."""
    tabs = st.tabs([t(f"race.tab_{name}") for name in TABS], on_change="rerun", key=worded("analysis"))
    draw = {"losses": charts.losses, "steps": charts.steps, "memory": charts.memory, "heat": heat.heat}
    for name, tab in zip(TABS, tabs, strict=True):
        if tab.open:
            with tab:
                draw[name](scenario, paths)
