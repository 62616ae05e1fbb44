"""The top row: the page's name, presets of one click, undo and the share menu."""

from functools import partial

import streamlit as st

from landscape.player.html import standalone
from landscape.presets.races import PRESETS
from landscape.scenario import Scenario
from landscape.ui.page import stage
from landscape.ui.page import toolbar as row
from landscape.ui.page.language import t
from landscape.ui.page.session import race
from landscape.ui.work import races


def toolbar(scenario: Scenario) -> None:
    """Title, presets, undo."""
    row.toolbar(
        t("race.title"), race, partial(presets, scenario), t("race.share_link"), partial(files, scenario)
    )


def presets(scenario: Scenario) -> None:
    """The pills: each sets the whole race."""
    for name, preset in PRESETS.items():
        if name != "default":
            row.pill(
                t(f"preset.{name}.name"),
                f"preset-{name}",
                preset == scenario,
                partial(race.adopt, lambda _, preset=preset: preset),
                t(f"preset.{name}.lesson"),
            )


def files(scenario: Scenario) -> None:
    """The race as files."""
    st.markdown(t("race.share_files"))
    page = standalone(stage.payload(scenario, races.race(scenario)), stage.title(scenario))
    with st.container(horizontal=True):
        row.download(t("race.save_html"), page, "race.html", "text/html")
        row.download(t("race.save_json"), scenario.to_json(), "race.json", "application/json")
