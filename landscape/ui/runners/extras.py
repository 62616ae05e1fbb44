"""What can be put around any optimizer: a schedule, gradient clipping, weight decay, a name of its own."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from landscape.descent.schedules.registry import SCHEDULES
from landscape.scenario import Runner, Schedule
from landscape.scenario.fields import hyperparameters
from landscape.scenario.model import LONGEST_NAME
from landscape.scenario.parts import BASES
from landscape.ui.page.controls import field_control, show, slider
from landscape.ui.page.language import language_key, n, option_label, t
from landscape.ui.page.session import UndoableDocument
from landscape.ui.runners import moves

CLIPS = (0.0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
DECAYS = (0.0, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


def extras(experiment: UndoableDocument, runner: Runner) -> None:
    """The menu of extras; its controls exist only while it is open."""
    panel = st.popover(
        t("race.extras"),
        key=f"extras-{runner.id}",
        icon=":material/tune:",
        on_change="rerun",
        width="stretch",
    )
    if not panel.open:
        return
    with panel:
        name(experiment, runner)
        if runner.wraps:
            base(experiment, runner)
        schedule(experiment, runner)
        for part, options in (("clip_norm", CLIPS), ("clip_value", CLIPS), ("weight_decay", DECAYS)):
            slider(
                t(f"race.{part}"),
                t(f"race.{part}_help"),
                options,
                getattr(runner, part) or 0.0,
                f"{runner.id}-{part}",
                lambda new, part=part: alter(experiment, runner, **{part: new or None}, **dropped(part, new)),
                strength(),
            )
        if runner.weight_decay:
            key = f"{runner.id}-decoupled"
            show(key, bool(runner.decoupled))
            st.toggle(
                t("race.decoupled"),
                key=key,
                help=t("race.decoupled_help"),
                on_change=lambda: alter(experiment, runner, decoupled=st.session_state[key]),
            )


def dropped(part: str, new: float) -> dict[str, Any]:
    """Without weight decay there is no way of applying it."""
    return {"decoupled": False} if part == "weight_decay" and not new else {}


def strength() -> Callable[[float], str]:
    """How a strength reads: a number, or "off" for zero."""
    off = t("race.off")
    return lambda value: n(value) if value else off


def alter(experiment: UndoableDocument, runner: Runner, **parts: Any) -> None:
    """The runner with other parts."""
    experiment.adopt(lambda now: moves.altered(now, runner.id, **parts))


def name(experiment: UndoableDocument, runner: Runner) -> None:
    """The runner's own name."""
    key = f"{runner.id}-name"
    show(key, runner.name or "")
    st.text_input(
        t("race.name"),
        key=key,
        max_chars=LONGEST_NAME,
        placeholder=t(f"rule.{runner.rule}.name"),
        help=t("race.name_help"),
        on_change=lambda: alter(experiment, runner, name=st.session_state[key].strip() or None),
    )


def base(experiment: UndoableDocument, runner: Runner) -> None:
    """The rule that SAM wraps."""
    key = language_key(f"{runner.id}-base")
    show(key, runner.stepping)
    st.selectbox(
        t("race.base"),
        BASES,
        key=key,
        format_func=option_label("rule.{}.name"),
        help=t("race.base_help"),
        on_change=lambda: alter(experiment, runner, base=st.session_state[key], base_fields={}),
    )


def schedule(experiment: UndoableDocument, runner: Runner) -> None:
    """How the learning rate changes with the step."""
    key, now = language_key(f"{runner.id}-schedule"), runner.schedule
    show(key, now.name if now else "constant")
    st.selectbox(
        t("race.schedule"),
        tuple(SCHEDULES),
        key=key,
        format_func=option_label("schedule.{}.name"),
        help=t(f"schedule.{now.name if now else 'constant'}.description"),
        on_change=lambda: alter(experiment, runner, schedule=chosen(st.session_state[key])),
    )
    if now is None:
        return
    for field in hyperparameters(SCHEDULES[now.name]).values():
        if field.name == "value":  # it is the runner's learning rate
            continue
        field_control(
            f"schedule.{now.name}",
            field,
            now.fields.get(field.name, field.default),
            f"{runner.id}-{now.name}-{field.name}",
            lambda new, field=field.name: alter(
                experiment, runner, schedule=now.replace(fields={**now.fields, field: new})
            ),
        )


def chosen(name: str) -> Schedule | None:
    """A schedule by name; a constant rate needs none."""
    return None if name == "constant" else Schedule(name=name)
