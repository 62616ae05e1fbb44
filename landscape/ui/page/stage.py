"""The animated stage as a Streamlit component."""

from typing import Any

import streamlit as st

from landscape.descent.trajectory import Trajectory
from landscape.player.payload import Runner, pack
from landscape.scenario import Scenario
from landscape.scenario.outcome import Outcome
from landscape.ui.page.components import mount
from landscape.ui.page.language import current, runner_names, section, t
from landscape.ui.page.session import race
from landscape.ui.work import races

KEY = "stage"


def stage(scenario: Scenario, runs: dict[str, tuple[Trajectory, Outcome]]) -> None:
    """Show the race; a start dragged on the stage becomes the scenario's start."""
    mount("stage", KEY, payload(scenario, runs), on_start_change=moved)


def moved() -> None:
    """The person dragged the start, or clicked where it should be."""
    wish: Any = st.session_state[KEY].get("start")
    if wish:
        x, y, gesture = wish
        race.change(f"start {gesture}", start=(float(x), float(y)))


def payload(scenario: Scenario, runs: dict[str, tuple[Trajectory, Outcome]]) -> bytes:
    """The bytes the stage plays."""
    picture = races.picture(scenario)
    return pack(
        grid=picture.grid,
        title=title(scenario),
        relief=picture.relief,
        start=scenario.start,
        runners=runners(scenario, runs),
        text=section("stage"),
        language=current(),
        minima=picture.minima,
        saddles=picture.saddles,
    )


def runners(scenario: Scenario, runs: dict[str, tuple[Trajectory, Outcome]]) -> list[Runner]:
    """Every optimizer as the stage shows it."""
    long, short = runner_names(scenario), runner_names(scenario, short=True)
    shown = []
    for entry in scenario.runners:
        path, result = runs[entry.id]
        shown.append(
            Runner(
                id=entry.id,
                slot=entry.slot,
                name=long[entry.id],
                short=short[entry.id],
                path=path.params,
                loss=path.loss,
                gradient=path.gradient,
                velocity=entry.optimizer().velocity(path.state),
                last=path.last,
                status=path.status,
                arrived=result.arrived,
            )
        )
    return shown


def title(scenario: Scenario) -> str:
    """The surface's name in the language in use."""
    name = scenario.problem.name
    return t(f"surface.{name}.name") if name else t("race.formula")
