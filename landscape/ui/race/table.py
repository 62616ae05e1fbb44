"""The table of outcomes under the stage."""

from html import escape

import streamlit as st

from landscape.i18n import number
from landscape.scenario import Scenario
from landscape.scenario.outcome import Outcome
from landscape.ui.page.language import called, current, n, t

NOTHING = "—"
ORDER = {"arrived": 0, "converged": 1, "moving": 2, "diverged": 3}


def table(scenario: Scenario, outcomes: dict[str, Outcome]) -> None:
    """One row for each optimizer: the first to arrive on top, the diverged below."""
    if not scenario.runners:
        return
    heads = [
        ("", t("race.optimizer"), None),
        ("", t("race.outcome"), None),
        ("number wide", t("race.loss_at", step=n(scenario.steps)), None),
        ("number wide", t("race.distance"), t("race.distance_help")),
        (
            "number",
            t("race.arrival", radius=n(round(scenario.surface().arrival_radius, 3))),
            t("race.arrival_help"),
        ),
        ("number wide", t("race.spent"), t("race.spent_help")),
        ("number wide", t("race.predicted"), t("race.predicted_help")),
        ("number wide", t("race.measured"), t("race.measured_help")),
    ]
    head = "".join(column(*each) for each in heads)
    ranked = sorted(scenario.runners, key=lambda runner: rank(outcomes[runner.id]))
    names = called(scenario)
    rows = "".join(row(names[r.id], r.slot, outcomes[r.id]) for r in ranked)
    label = escape(t("race.table_label"))
    whole = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    st.html(f'<table class="outcomes" aria-label="{label}">{whole}</table>')


def column(kind: str, label: str, hint: str | None) -> str:
    """A column's head as HTML."""
    title = f' title="{escape(hint)}"' if hint else ""
    return f'<th scope="col" class="{kind}"{title}>{escape(label)}</th>'


def rank(outcome: Outcome) -> tuple[int, float, float]:
    """The order of the rows."""
    arrived = float("inf") if outcome.arrived is None else outcome.arrived
    return ORDER[outcome.ending], arrived, float("inf") if outcome.loss is None else outcome.loss


def row(name: str, slot: int, outcome: Outcome) -> str:
    """One row as HTML."""
    cells = [
        ("wide", figure(outcome.loss)),
        ("wide", figure(outcome.distance)),
        ("", NOTHING if outcome.arrived is None else n(outcome.arrived)),
        ("wide", n(outcome.spent)),
        ("wide", rate(outcome.predicted)),
        ("wide", rate(outcome.measured)),
    ]
    numbers = "".join(f'<td class="number {kind}">{cell}</td>' for kind, cell in cells)
    marker = f'<span class="marker slot-{slot}" aria-hidden="true"></span>'
    return (
        f'<tr><th scope="row">{marker}{escape(name)}</th>'
        f'<td class="ending {outcome.ending}">{escape(ending(outcome))}</td>{numbers}</tr>'
    )


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
    return "&gt; 1" if value > 1 else number(round(value, 4), current()) if value < 1e-4 else f"{value:.4f}"
