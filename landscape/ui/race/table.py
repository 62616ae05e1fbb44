"""The table of outcomes under the stage."""

import streamlit as st

from landscape.i18n import number
from landscape.scenario import Scenario
from landscape.scenario.outcome import Outcome
from landscape.ui.page.language import current, n, runner_names, t
from landscape.ui.page.table import NOTHING, Cell, Row, table_html

ORDER = {"arrived": 0, "converged": 1, "moving": 2, "diverged": 3}


def table(scenario: Scenario, outcomes: dict[str, Outcome]) -> None:
    """One row for each optimizer: the first to arrive on top, the diverged below."""
    if not scenario.runners:
        return
    radius = n(round(scenario.surface().arrival_radius, 3))
    heads = [
        Cell(t("race.optimizer")),
        Cell(t("race.outcome")),
        Cell(t("race.loss_at", step=n(scenario.steps)), "number wide"),
        Cell(t("race.distance"), "number wide", t("race.distance_help")),
        Cell(t("race.arrival", radius=radius), "number", t("race.arrival_help")),
        Cell(t("race.spent"), "number wide", t("race.spent_help")),
        Cell(t("race.predicted"), "number wide", t("race.predicted_help")),
        Cell(t("race.measured"), "number wide", t("race.measured_help")),
    ]
    ranked = sorted(scenario.runners, key=lambda runner: rank(outcomes[runner.id]))
    names = runner_names(scenario)
    rows = [row(names[r.id], r.slot, outcomes[r.id]) for r in ranked]
    st.html(table_html(rows, heads, label=t("race.table_label")))


def rank(outcome: Outcome) -> tuple[int, float, float]:
    """The order of the rows."""
    arrived = float("inf") if outcome.arrived is None else outcome.arrived
    return ORDER[outcome.ending], arrived, float("inf") if outcome.loss is None else outcome.loss


def row(name: str, slot: int, outcome: Outcome) -> Row:
    """One optimizer's row."""
    cells = [
        Cell(ending(outcome), f"ending {outcome.ending}"),
        Cell(figure(outcome.loss)),
        Cell(figure(outcome.distance)),
        Cell(NOTHING if outcome.arrived is None else n(outcome.arrived)),
        Cell(n(outcome.spent)),
        Cell(rate(outcome.predicted)),
        Cell(rate(outcome.measured)),
    ]
    return Row(Cell(name), cells, slot)


def ending(outcome: Outcome) -> str:
    """The outcome in words."""
    if outcome.ending == "diverged":
        words = t("status.diverged")
        return words if outcome.left is None else t("race.diverged_left", words=words, step=n(outcome.left))
    if outcome.ending == "arrived" and outcome.lowest is False:
        return t("race.arrived_local")
    return t(f"status.{outcome.ending}")


def figure(value: float | None) -> str:
    """A number, or a dash where there is none."""
    return NOTHING if value is None else n(value)


def rate(value: float | None) -> str:
    """A contraction factor with four decimals; "> 1" where theory says the distance grows."""
    if value is None:
        return NOTHING
    return "> 1" if value > 1 else number(round(value, 4), current()) if value < 1e-4 else f"{value:.4f}"
