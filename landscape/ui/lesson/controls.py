"""The controls of an experiment, built from the fields of its settings; words come from its prose."""

import dataclasses
from typing import Any

import streamlit as st

from landscape.lessons.place import Place
from landscape.lessons.prose import Prose
from landscape.ui.controls import scale, show, slider
from landscape.ui.language import worded
from landscape.ui.lesson.visit import held, said


def controls(place: Place) -> None:
    """A row of them; what is moved on the stage itself has none here."""
    experiment, prose = place.open, said(place)
    fields = [f for f in dataclasses.fields(experiment.settings) if f.name not in experiment.on_stage]
    if not fields:
        return
    with st.container(key="lesson-controls", horizontal=True, vertical_alignment="bottom"):
        for field in fields:
            control(place, prose, field)


def control(place: Place, prose: Prose, field: dataclasses.Field) -> None:
    """One control: a slider, a menu or a toggle, as the field declares."""
    name, value = field.name, getattr(place.settings, field.name)
    label, help = prose.controls[name]
    key = f"{place.lesson}-{place.experiment}-{name}"

    def change(new: Any) -> None:
        held(place.lesson).adopt(lambda now: now.moved({name: new}), f"{place.experiment} {name}")

    options = field.metadata.get("choices")
    if not options:
        meta = field.metadata
        slider(label, help, scale(meta["low"], meta["high"], meta["log"]), value, key, change)
    elif isinstance(value, bool):
        key = worded(key)
        show(key, value)
        st.toggle(label, key=key, help=help, on_change=lambda: change(st.session_state[key]))
    elif isinstance(value, int):
        slider(label, help, options, value, key, change)
    else:
        names = {option: prose.controls[f"{name}.{option}"][0] for option in options}
        key = worded(key)
        show(key, value)
        st.selectbox(
            label,
            options,
            format_func=names.__getitem__,
            key=key,
            help=help,
            on_change=lambda: change(st.session_state[key]),
        )
