"""The fair race: every optimizer at its best learning rate on the same budget of evaluations."""

import streamlit as st

from landscape.scenario import Scenario
from landscape.ui.page.language import n, runner_names, t
from landscape.ui.page.markup import literal
from landscape.ui.page.session import race
from landscape.ui.runners import moves
from landscape.ui.work import races

FOUND = "fair_found"


def button(scenario: Scenario) -> bool:
    """Whether the fair race was asked for."""
    return st.button(
        t("race.fair"),
        key="fair",
        icon=":material/balance:",
        help=t("race.fair_help", budget=n(scenario.steps)),
        disabled=not scenario.runners,
    )


def tune(scenario: Scenario) -> None:
    """Tune every optimizer, take the rates over and say what was chosen."""
    bar, found, after = st.progress(0.0, t("race.fair_working")), {}, scenario
    names = runner_names(scenario)
    for done, runner in enumerate(scenario.runners):
        bar.progress(done / len(scenario.runners), t("race.fair_working_on", name=literal(names[runner.id])))
        best = races.tuned(scenario, runner)
        found[runner.id] = best
        after = moves.tuned(after, runner.id, best.rate)
    race.adopt(lambda _: after)
    st.session_state[FOUND] = (scenario.steps, found)
    st.rerun()


def report(scenario: Scenario) -> None:
    """After a fair race: the budget, and what was chosen for whom."""
    if FOUND not in st.session_state:
        return
    budget, found = st.session_state.pop(FOUND)

    @st.dialog(t("race.fair_title"), width="large")
    def said() -> None:
        st.markdown(t("race.fair_said", budget=n(budget)))
        names = runner_names(scenario)
        st.table([row(literal(names[name]), best) for name, best in found.items()])
        st.caption(t("race.fair_note"))

    said()


def row(name: str, best: races.Best) -> dict[str, str]:
    """One optimizer's line of the report."""
    return {
        t("race.optimizer"): name,
        t("race.fair_rate"): n(best.rate),
        t("race.fair_steps"): n(best.steps),
        t("race.spent"): n(best.spent),
        t("race.fair_loss"): n(best.loss),
    }
