"""What can be put around any optimizer: a schedule, gradient clipping, weight decay, a name of its own."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from landscape.descent.schedules.registry import SCHEDULES
from landscape.scenario import Runner, Schedule
from landscape.scenario.fields import hyperparameters
from landscape.scenario.model import LONGEST_NAME
from landscape.scenario.parts import BASES
from landscape.ui.page.controls import field_control
from landscape.ui.page.language import n, option_label, t
from landscape.ui.page.session import UndoableDocument
from landscape.ui.page.widgets import menu, slider, text_field, toggle
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
            toggle(
                t("race.decoupled"),
                bool(runner.decoupled),
                f"{runner.id}-decoupled",
                t("race.decoupled_help"),
                lambda on: alter(experiment, runner, decoupled=on),
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
    text_field(
        t("race.name"),
        runner.name or "",
        f"{runner.id}-name",
        LONGEST_NAME,
        t("race.name_help"),
        lambda new: alter(experiment, runner, name=new.strip() or None),
        placeholder=t(f"rule.{runner.rule}.name"),
    )


def base(experiment: UndoableDocument, runner: Runner) -> None:
    """The rule that SAM wraps."""
    menu(
        t("race.base"),
        BASES,
        runner.stepping,
        f"{runner.id}-base",
        option_label("rule.{}.name"),
        lambda new: alter(experiment, runner, base=new, base_fields={}),
        help_text=t("race.base_help"),
    )


def schedule(experiment: UndoableDocument, runner: Runner) -> None:
    """How the learning rate changes with the step."""
    now = runner.schedule
    current = now.name if now else "constant"
    menu(
        t("race.schedule"),
        tuple(SCHEDULES),
        current,
        f"{runner.id}-schedule",
        option_label("schedule.{}.name"),
        lambda new: alter(experiment, runner, schedule=chosen(new)),
        help_text=t(f"schedule.{current}.description"),
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
