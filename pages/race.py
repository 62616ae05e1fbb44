"""The Race page: controls -> library -> stage."""

import streamlit as st

from landscape.ui.page.rerun import fragment
from landscape.ui.page.session import notice, race
from landscape.ui.page.stage import stage
from landscape.ui.race.analysis import analysis
from landscape.ui.race.problem import problem
from landscape.ui.race.runners import runners
from landscape.ui.race.table import table
from landscape.ui.race.toolbar import toolbar
from landscape.ui.work import races


@fragment
def page() -> None:
    """The whole page: a control reruns this much and not the frame around it."""
    scenario = race.current()
    top, board = st.container(key="top"), st.container(key="board")
    race.address()  # below the board, and before what takes time
    left, right = board.columns([1000, 324], gap="medium")
    runs = races.race(scenario)
    with left:
        stage(scenario, runs)  # first of all: what is sent first is painted first
    with top:
        toolbar(scenario)
    with right:
        problem(scenario)
        runners()
    with left:
        table(scenario, {name: outcome for name, (_, outcome) in runs.items()})
        analysis(scenario, {name: path for name, (path, _) in runs.items()})
    notice()


page()
