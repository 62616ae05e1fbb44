"""A card for each optimizer of an experiment: add, open, tune, duplicate, remove."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from landscape.descent.rules.presets import Presets
from landscape.descent.rules.registry import OPTIMIZERS
from landscape.scenario import Runner
from landscape.scenario.fields import complete, hyperparameters
from landscape.scenario.model import MOST_RUNNERS
from landscape.ui.page.controls import field_control
from landscape.ui.page.language import language_key, n, option_label, runner_names, t
from landscape.ui.page.session import UndoableDocument
from landscape.ui.runners import moves
from landscape.ui.runners.extras import extras


@dataclass(frozen=True)
class RunnersPanel:
    """The optimizers of one page.

    Args:
        experiment: what they belong to.
        presets: the hyperparameters that suit an added rule there.
        rules: the names of the rules that can be added.
        open_at_first: the slot whose card stands open at the first visit, so that its sliders are seen.
        action: one more button in the heading; it says whether it was pressed.
        under: what stands under the heading, told whether the button was pressed.
    """

    experiment: UndoableDocument
    presets: Callable[[Any], Presets]
    rules: tuple[str, ...] = tuple(OPTIMIZERS)
    open_at_first: int = 2
    action: Callable[[Any], bool] | None = None
    under: Callable[[Any, bool], None] | None = None


def runners(team: RunnersPanel) -> None:
    """The heading with its actions, and a card for each optimizer."""
    now = team.experiment.current()
    with st.container(key="runners-head", horizontal=True, vertical_alignment="center", wrap=False):
        count = t("race.count", count=len(now.runners), most=MOST_RUNNERS)
        st.markdown(f"**{t('race.optimizers')}** :gray[{count}]", width="stretch")
        pressed = team.action(now) if team.action else False
        st.menu_button(
            t("race.add"),
            team.rules,
            key=language_key("add"),
            icon=":material/add:",
            help=t("race.add_help"),
            format_func=option_label("rule.{}.name"),
            disabled=len(now.runners) >= MOST_RUNNERS,
            on_click=add,
            args=(team, language_key("add")),
        )
    if team.under:
        team.under(now, pressed)
    with st.container(key="cards"):
        names = runner_names(now)
        for runner in now.runners:
            card(team, runner, names[runner.id])


def add(team: RunnersPanel, key: str) -> None:
    """Add the rule chosen in the menu."""
    rule = st.session_state[key]
    if rule:
        team.experiment.adopt(lambda now: moves.added(now, rule, team.presets(now)))


def card(team: RunnersPanel, runner: Runner, name: str) -> None:
    """One optimizer: closed, its name and rate; open, its controls.

    Streamlit takes an expander with another label for another expander, which would close under the hand
    that moves a slider; so its label is the rule's name alone, and the head is laid over it.
    """
    with st.container(key=f"card-{runner.id}-slot-{runner.slot}", gap=None):
        st.html(head(name, runner.learning_rate))
        panel = st.expander(
            t(f"rule.{runner.rule}.name"),
            key=f"open-{runner.id}",
            on_change="rerun",
            expanded=runner.slot == team.open_at_first,
        )
        if panel.open:
            with panel:
                controls(team, runner)
                with st.container(key=f"foot-{runner.id}", horizontal=True, wrap=False):
                    extras(team.experiment, runner)
                    menu(team, runner)


def head(name: str, learning_rate: float) -> str:
    """The card's head as HTML: name at the left, rate at the right."""
    rate = t("race.rate_short", rate=n(learning_rate))
    return f'<div class="card-head"><span>{escape(name)}</span><span>{escape(rate)}</span></div>'


def controls(team: RunnersPanel, runner: Runner) -> None:
    """A control for each hyperparameter, of the rule inside a wrapper first."""
    if runner.wraps:
        fields(team, runner, runner.stepping, "base_fields")
    fields(team, runner, runner.rule, "fields")


def fields(team: RunnersPanel, runner: Runner, rule: str, holder: str) -> None:
    """The controls of one rule; `holder` names the part of the runner that keeps their values."""
    values = complete(OPTIMIZERS[rule], getattr(runner, holder))
    for field in hyperparameters(OPTIMIZERS[rule]).values():
        key = f"{runner.id}-{rule}-{field.name}"
        field_control(
            f"rule.{rule}",
            field,
            values[field.name],
            key,
            partial(set_field, team, runner.id, holder, field.name),
        )


def set_field(team: RunnersPanel, name: str, holder: str, field: str, new: Any) -> None:
    """Another value of one hyperparameter."""
    team.experiment.adopt(lambda now: moves.with_field(now, name, holder, field, new))


def menu(team: RunnersPanel, runner: Runner) -> None:
    """Duplicate or remove."""
    key = language_key(f"menu-{runner.id}")
    options = ["duplicate", "remove"] if len(team.experiment.current().runners) < MOST_RUNNERS else ["remove"]
    st.menu_button(
        t("race.more"),
        options,
        key=key,
        icon=":material/more_horiz:",
        type="tertiary",
        format_func=option_label("race.{}"),
        on_click=act,
        args=(team, runner.id, key),
    )


def act(team: RunnersPanel, name: str, key: str) -> None:
    """What the menu was asked to do."""
    chosen = st.session_state[key]
    if chosen == "duplicate":
        team.experiment.adopt(lambda now: moves.duplicated(now, name))
    elif chosen == "remove":
        team.experiment.adopt(lambda now: moves.removed(now, name))
