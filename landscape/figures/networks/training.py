"""Loss and accuracy along trainings: training data in full lines, validation data in thin ones."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.axes import ceiling, share_axis, shown, stacked, step_axis, value_axis
from landscape.figures.networks.learners import Learner, Learners, learners_of
from landscape.figures.notation import hover, plain, say
from landscape.figures.theme import figure, frame
from landscape.look.palette import Theme, theme_of
from landscape.look.strokes import CURVE

Words = Mapping[str, str] | None

# How the two splits differ in every slot: word, width, opacity, and whether the marker at the end is hollow.
SPLITS = {"train": ("training", CURVE, 1.0, ""), "validation": ("validation", 1.5, 0.6, "-open")}
KEY = {"legend": "legend2", "hoverinfo": "skip"}  # what lines and marks mean stands below the figure
MARKS = {"best": "circle-open", "stopped": "line-ns-open", "diverged": "x"}


def training(
    learners: Learners, theme: Theme | str = "light", words: Words = None, *, log: bool = True
) -> go.Figure:
    """Draw the losses of trainings against the step, and beneath them the accuracies of classifiers.

    A ring marks the step of the lowest validation loss, an upright bar the end by early stopping, a cross
    the last record of a training that diverged; it does not stretch the axis of the others. A name in the
    legend stands for all lines of its training.

    Args:
        learners: what `train` returned, histories by name, or trainings with names and slots.
        theme: a theme or its name.
        words: translated text for "step", "loss", "accuracy", "training", "validation", "best", "stopped"
            and "diverged".
        log: a logarithmic axis for losses; a loss of zero then leaves a gap.
    """
    theme, learners = theme_of(theme), learners_of(learners)
    classified = any(np.isfinite(one.history.train_accuracy).any() for one in learners)
    losses = [_values(one, "loss", split) for one in learners for split in SPLITS]
    top = None
    if any(one.diverged for one in learners):
        calm = [values[:1] if one.diverged else values for one in learners for values in _losses(one)]
        top = ceiling(calm, losses, log)

    traces = []
    for one in learners:
        for split in SPLITS:
            traces += _strokes(one, "loss", split, "y", theme, words, log, top)
            traces += _strokes(one, "accuracy", split, "y2", theme, words, False, None) if classified else []
    traces += [_key(split, theme, words) for split in SPLITS] if learners else []
    traces += [_sign(mark, theme, words) for mark in MARKS if any(_marked(one, mark) for one in learners)]

    domains = stacked([1.25, 1.0][: 1 + classified], gap=0.08)
    loss_axis = value_axis(theme, say(words, "loss"), np.concatenate([np.zeros(0), *losses]), log, top)
    axes = {"yaxis": loss_axis | {"domain": domains[0]}}
    if classified:
        axes["yaxis2"] = share_axis(theme, say(words, "accuracy"), domain=domains[1])
    steps = step_axis(theme, say(words, "step"), anchor="y2" if classified else "y")
    look = frame(theme, 500 if classified else 330, xaxis=steps, **axes)
    below = {"y": -0.14 if classified else -0.22, "yanchor": "top", "font": {"size": 13}}
    return figure(traces, look | {"legend2": look["legend"] | below})


def _strokes(
    one: Learner, key: str, split: str, axis: str, theme: Theme, words: Words, log: bool, top: float | None
) -> list[dict[str, Any]]:
    """One line, the marker at its end, and its marked records."""
    word, width, opacity, hollow = SPLITS[split]
    slot, steps, values = theme.slot(one.slot), np.asarray(one.history.step), _values(one, key, split)
    values = np.where(shown(values, log), values, np.nan)
    known = np.flatnonzero(np.isfinite(values))
    if not known.size:
        return []
    places = (word, ""), ("step", "%{x}"), (key, "%{y:.3~%}" if key == "accuracy" else "%{y}")
    line = {"color": slot.line, "width": width, "dash": slot.dash}
    same = {
        "type": "scatter", "name": plain(one.name), "legendgroup": f"slot {one.slot}", "yaxis": axis,
        "opacity": opacity, "line": line, "hovertemplate": hover(words, *places, name=True),
    }  # fmt: skip
    head = {
        "symbol": slot.marker + hollow,
        "size": slot.size * 0.8,
        "color": slot.line,
        "line": _border(hollow, slot.line),
    }
    end = known[-1:] if not one.diverged else known[:0]
    named = (key, split) == ("loss", "train")
    traces = [
        {**same, "x": steps, "y": values, "mode": "lines", "showlegend": False},
        {
            **same, "x": [*steps[end]] or [None], "y": [*values[end]] or [None], "mode": "lines+markers",
            "marker": head, "cliponaxis": False, "showlegend": named,
        },
    ]  # fmt: skip
    for mark in MARKS:
        at = _marked(one, mark)
        if at is None or (mark == "best" and split == "train"):
            continue
        row = known[[np.argmin(np.abs(steps[known] - at))]]
        height = values[row] if top is None else np.minimum(values[row], top)
        same = {**same, "opacity": 1.0, "showlegend": False, "cliponaxis": False}
        told = {"hovertemplate": hover(words, (mark, ""), *places, name=True)}
        traces.append({**same, **_marker(mark, slot.line), **told, "x": steps[row], "y": height})
    return traces


def _border(hollow: str, colour: str) -> dict[str, Any]:
    """The outline of a marker: a hollow one is nothing but its outline."""
    return {"width": 2 if hollow else 0, "color": colour}


def _values(one: Learner, key: str, split: str) -> np.ndarray:
    """(records,), the values of one line."""
    return np.asarray(getattr(one.history, f"{split}_{key}"), np.float64)


def _losses(one: Learner) -> list[np.ndarray]:
    return [_values(one, "loss", split) for split in SPLITS]


def _marked(one: Learner, mark: str) -> int | None:
    """The step at which a training bears a mark, or None."""
    if mark == "diverged":
        return int(one.history.step[-1]) if one.diverged else None
    return one.best if mark == "best" else one.stopped


def _marker(mark: str, colour: str) -> dict[str, Any]:
    look = {"symbol": MARKS[mark], "size": 13, "color": colour, "line": {"width": 2.5, "color": colour}}
    if mark == "diverged":
        look |= {"size": 11, "line": {"width": 0}}
    return {"type": "scatter", "mode": "markers", "marker": look}


def _key(split: str, theme: Theme, words: Words) -> dict[str, Any]:
    """Which line and marker is which split, in the legend, in no training's colour."""
    word, width, opacity, hollow = SPLITS[split]
    look = {
        "symbol": f"circle{hollow}",
        "size": 9,
        "color": theme.muted,
        "line": _border(hollow, theme.muted),
    }
    line = {"color": theme.muted, "width": width}
    same = {"type": "scatter", "x": [None], "y": [None], "mode": "lines+markers", "marker": look}
    return {**same, "line": line, "opacity": opacity, "name": say(words, word), **KEY}


def _sign(mark: str, theme: Theme, words: Words) -> dict[str, Any]:
    """What a mark means, in the legend."""
    return {**_marker(mark, theme.muted), "x": [None], "y": [None], "name": say(words, mark), **KEY}
