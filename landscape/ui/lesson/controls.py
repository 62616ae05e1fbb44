"""The controls of an experiment, built from the fields of its settings; words come from its prose."""

import dataclasses
from typing import Any, Literal

import streamlit as st

from landscape.lessons.experiment import Experiment
from landscape.lessons.place import LessonState
from landscape.lessons.prose import Prose
from landscape.ui.lesson.visit import held, said
from landscape.ui.page.controls import scale
from landscape.ui.page.language import language_key
from landscape.ui.page.widgets import menu, slider, toggle


def controls(place: LessonState) -> None:
    """A row of them; what is moved on the stage itself has none here."""
    experiment, prose = place.open, said(place)
    shown = fields(experiment)
    if not shown:
        return
    with st.container(key="lesson-controls", horizontal=True, vertical_alignment="bottom"):
        for field in shown:
            control(place, prose, field)


def fields(experiment: Experiment) -> list[dataclasses.Field]:
    """The settings that have a control: all but what the stage moves."""
    return [f for f in dataclasses.fields(experiment.settings) if f.name not in experiment.on_stage]


def kind(field: dataclasses.Field) -> Literal["slider", "toggle", "menu"]:
    """Which control a setting has: a number slides, along its scale or from choice to choice."""
    if isinstance(field.default, bool):
        return "toggle"
    return "slider" if not field.metadata.get("choices") or isinstance(field.default, int) else "menu"


def control(place: LessonState, prose: Prose, field: dataclasses.Field) -> None:
    """One control: a slider, a menu or a toggle, as the field declares."""
    name, value = field.name, getattr(place.settings, field.name)
    label, help = prose.controls[name]
    key = f"{place.lesson}-{place.experiment}-{name}"

    def change(new: Any) -> None:
        held(place.lesson).adopt(
            lambda now: now.moved({name: new}, place.experiment), f"{place.experiment} {name}"
        )

    meta = field.metadata
    options: Any = meta.get("choices")
    if kind(field) == "slider":
        slider(label, help, options or scale(meta["low"], meta["high"], meta["log"]), value, key, change)
    elif kind(field) == "toggle":
        toggle(label, value, language_key(key), help, change)
    else:
        names = {option: prose.controls[f"{name}.{option}"][0] for option in options}
        menu(label, options, value, key, names.__getitem__, change, help_text=help)
