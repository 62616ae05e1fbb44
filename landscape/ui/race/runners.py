"""The optimizers in the race: add, open, tune, duplicate, remove, and a fair race for all."""

from functools import partial
from html import escape
from typing import Any

import streamlit as st

from landscape.descent.optimizers import OPTIMIZERS
from landscape.scenario import Runner, Scenario
from landscape.scenario.fields import complete, hyperparameters
from landscape.ui import experiment
from landscape.ui.controls import field_control
from landscape.ui.language import called, n, said, t, worded
from landscape.ui.race import fair, moves
from landscape.ui.race.extras import extras

MOST = 8
OPEN_AT_FIRST = 2
"""The slot whose card stands open at the first visit, so that its sliders are seen: momentum's."""


def runners(scenario: Scenario) -> None:
    """The heading with its actions, and a card for each optimizer."""
    with st.container(key="runners-head", horizontal=True, vertical_alignment="center", wrap=False):
        count = t("race.count", count=len(scenario.runners), most=MOST)
        st.markdown(f"**{t('race.optimizers')}** :gray[{count}]", width="stretch")
        asked = fair.button(scenario)
        st.menu_button(
            t("race.add"),
            tuple(OPTIMIZERS),
            key=worded("add"),
            icon=":material/add:",
            help=t("race.add_help"),
            format_func=said("rule.{}.name"),
            disabled=len(scenario.runners) >= MOST,
            on_click=add,
            args=(worded("add"),),
        )
    if asked:
        fair.tune(scenario)
    fair.report(scenario)
    with st.container(key="cards"):
        names = called(scenario)
        for runner in scenario.runners:
            card(scenario, runner, names[runner.id], first=runner.slot == OPEN_AT_FIRST)


def add(key: str) -> None:
    """Add the rule chosen in the menu."""
    rule = st.session_state[key]
    if rule:
        experiment.adopt(lambda now: moves.added(now, rule))


def card(scenario: Scenario, runner: Runner, name: str, *, first: bool) -> None:
    """One optimizer: closed, its name and rate; open, its controls.

    Streamlit takes an expander with another label for another expander, which would close under the hand
    that moves a slider; so its label is the rule's name alone, and the head is laid over it.
    """
    with st.container(key=f"card-{runner.id}-slot-{runner.slot}", gap=None):
        st.html(head(name, runner.learning_rate))
        panel = st.expander(
            t(f"rule.{runner.rule}.name"), key=f"open-{runner.id}", on_change="rerun", expanded=first
        )
        if panel.open:
            with panel:
                controls(runner)
                with st.container(key=f"foot-{runner.id}", horizontal=True, wrap=False):
                    extras(runner)
                    menu(scenario, runner)


def head(name: str, learning_rate: float) -> str:
    """The card's head as HTML: name at the left, rate at the right."""
    rate = t("race.rate_short", rate=n(learning_rate))
    return f'<div class="card-head"><span>{escape(name)}</span><span>{escape(rate)}</span></div>'


def controls(runner: Runner) -> None:
    """A control for each hyperparameter, of the rule inside a wrapper first."""
    if runner.wraps:
        fields(runner, runner.stepping, "base_fields")
    fields(runner, runner.rule, "fields")


def fields(runner: Runner, rule: str, holder: str) -> None:
    """The controls of one rule; `holder` names the part of the runner that keeps their values."""
    values = complete(OPTIMIZERS[rule], getattr(runner, holder))
    for field in hyperparameters(OPTIMIZERS[rule]).values():
        key = f"{runner.id}-{rule}-{field.name}"
        field_control(
            f"rule.{rule}", field, values[field.name], key, partial(tune, runner.id, holder, field.name)
        )


def tune(name: str, holder: str, field: str, new: Any) -> None:
    """Another value of one hyperparameter."""
    experiment.adopt(lambda now: moves.with_field(now, name, holder, field, new))


def menu(scenario: Scenario, runner: Runner) -> None:
    """Duplicate or remove."""
    key = worded(f"menu-{runner.id}")
    options = ["duplicate", "remove"] if len(scenario.runners) < MOST else ["remove"]
    st.menu_button(
        t("race.more"),
        options,
        key=key,
        icon=":material/more_horiz:",
        type="tertiary",
        format_func=said("race.{}"),
        on_click=act,
        args=(runner.id, key),
    )


def act(name: str, key: str) -> None:
    """What the menu was asked to do."""
    chosen = st.session_state[key]
    if chosen == "duplicate":
        experiment.adopt(lambda now: moves.duplicated(now, name))
    elif chosen == "remove":
        experiment.adopt(lambda now: moves.removed(now, name))
