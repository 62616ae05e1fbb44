"""The charts of the runs: loss, effective step, memory."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from landscape import figures
from landscape.descent.trajectory import Trajectory
from landscape.figures.races.runs import Run
from landscape.scenario import Scenario
from landscape.ui.page.chart import chart, words
from landscape.ui.page.chrome import theme
from landscape.ui.page.language import option_label, runner_names, section, t
from landscape.ui.page.widgets import pick

Paths = dict[str, Trajectory]


def losses(scenario: Scenario, paths: Paths) -> None:
    """Loss against step, linear or logarithmic."""
    log = st.toggle(t("race.log_axis"), True, key="losses-log", help=t("race.log_axis_help"))
    draw(lambda *common: figures.losses(*common, log=log), scenario, paths, "losses", t("race.losses_alt"))


def steps(scenario: Scenario, paths: Paths) -> None:
    """How far each coordinate moves per unit of its gradient."""
    st.caption(t("race.steps_caption"))
    draw(figures.effective_steps, scenario, paths, "steps", t("race.steps_alt"))


def memory(scenario: Scenario, paths: Paths) -> None:
    """What each rule remembers: the norm of one entry of its state."""
    held = {name for path in paths.values() for name in path.state}
    entries = [name for name in section("state") if name in held]
    if not entries:
        st.info(t("race.no_memory"))
        return
    entry = pick(t("race.memory"), entries, "memory-entry", option_label("state.{}"), entries[0])
    draw(
        lambda runs, *common: figures.states(runs, entry, *common),
        scenario,
        paths,
        "memory",
        t("race.memory_alt"),
    )


def draw(make: Callable[..., Any], scenario: Scenario, paths: Paths, key: str, alt: str) -> None:
    """Show a figure of the runs in the theme and language in use."""
    names = runner_names(scenario)
    runs = [Run(names[r.id], r.slot, paths[r.id]) for r in scenario.runners]
    chart(make(runs, theme(), words()), f"chart-{key}", alt)
