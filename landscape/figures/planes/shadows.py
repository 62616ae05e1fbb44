"""Paths beside their shadows in a plane: the loss at each point and beneath it, and how far off it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.axes import share_axis, shown, stacked, step_axis, value_axis
from landscape.figures.notation import hover, plain, say
from landscape.figures.theme import figure, frame
from landscape.geometry.trusting.fidelity import Fidelity
from landscape.geometry.trusting.trust import Trust
from landscape.look.palette import Theme, theme_of
from landscape.look.strokes import CURVE

Words = Mapping[str, str] | None
DOTTED = "2px,3px"


@dataclass(frozen=True)
class Shadow:
    """One path of a figure: name, slot, how well a plane shows it, and (rows,) the step of each point."""

    name: str
    slot: int
    fidelity: Fidelity
    steps: np.ndarray


Shadows = Sequence[Shadow] | Mapping[str, Fidelity] | Trust
"""What a figure of shadows accepts; slots are given in order, and points counted, where there are none."""


def shadows(
    paths: Shadows, theme: Theme | str = "light", words: Words = None, *, log: bool = True
) -> go.Figure:
    """Draw the loss along each path and that of the plane beneath it; below, how far off the plane it is.

    The distance is drawn as a share of the path's reach, the farthest it was from the plane's centre: 0 in
    the plane. Pointing tells it in units of the parameters too.

    Args:
        paths: what `trust` found, or paths with names, slots and steps.
        theme: a theme or its name.
        words: translated text for "step", "loss", "true", "beneath", "off" and "share".
        log: a logarithmic axis for losses; a loss of zero then leaves a gap.
    """
    theme, paths = theme_of(theme), shadows_of(paths)
    traces = [trace for one in paths for trace in _shadow(one, theme, words, log)]
    traces += [_key(word, dash, width, theme, words) for word, dash, width in KEYS] if paths else []
    every = [
        np.asarray(part, np.float64) for one in paths for part in (one.fidelity.true, one.fidelity.beneath)
    ]
    domains = stacked([1.5, 1.0], gap=0.09)
    losses = value_axis(theme, say(words, "loss"), np.concatenate([np.zeros(0), *every]), log)
    offs = share_axis(theme, say(words, "share"), range=[-0.03, 1.05])
    steps = step_axis(theme, say(words, "step"), anchor="y2")
    axes = {"yaxis": losses | {"domain": domains[0]}, "yaxis2": offs | {"domain": domains[1]}}
    look = frame(theme, 430, xaxis=steps, **axes)
    below = {"y": -0.16, "yanchor": "top", "font": {"size": 13}}
    return figure(traces, look | {"legend2": look["legend"] | below})


KEYS = (("true", "solid", CURVE), ("beneath", DOTTED, 1.75))


def shadows_of(paths: Shadows) -> list[Shadow]:
    """Return named paths from what `trust` found, or as they were given."""
    if isinstance(paths, Trust):
        paths = paths.paths
    if not isinstance(paths, Mapping):
        return list(paths)
    return [
        Shadow(name, slot, fidelity, np.arange(len(fidelity.off)))
        for slot, (name, fidelity) in enumerate(paths.items(), start=1)
    ]


def _shadow(one: Shadow, theme: Theme, words: Words, log: bool) -> list[dict[str, Any]]:
    """The two losses in the upper panel, the distance off the plane in the lower one."""
    slot, found = theme.slot(one.slot), one.fidelity
    same = {"type": "scatter", "name": plain(one.name), "legendgroup": f"slot {one.slot}", "x": one.steps}
    head = {"symbol": slot.marker, "size": slot.size * 0.8, "color": slot.line}
    full = {"color": slot.line, "width": CURVE, "dash": slot.dash}
    reach = np.max(found.distance, initial=0.0)
    share = found.off / reach if reach > 0 else np.zeros_like(found.off)
    rows = np.stack([found.true, found.beneath, found.off, share], axis=1)
    told = hover(
        words, ("step", "%{x:,d}"), ("true", "%{customdata[0]:.4~g}"), ("beneath", "%{customdata[1]:.4~g}"),
        ("off", "%{customdata[2]:.3~g}"), ("share", "%{customdata[3]:.3~%}"), name=True,
    )  # fmt: skip
    same |= {"customdata": rows, "hovertemplate": told}
    true, beneath = (np.where(shown(values, log), values, np.nan) for values in (found.true, found.beneath))
    thin = {"color": slot.line, "width": 1.75, "dash": DOTTED}
    return [
        {**same, "y": true, "mode": "lines", "line": full, "showlegend": False},
        {**same, "y": beneath, "mode": "lines", "line": thin, "showlegend": False},
        {**same, "y": share, "mode": "lines", "line": full, "yaxis": "y2", "showlegend": False},
        {
            "type": "scatter", "name": plain(one.name), "legendgroup": f"slot {one.slot}", "line": full,
            "marker": head, "mode": "lines+markers", "x": one.steps[-1:], "y": true[-1:], "hoverinfo": "skip",
            "cliponaxis": False,
        },
    ]  # fmt: skip


def _key(word: str, dash: str, width: float, theme: Theme, words: Words) -> dict[str, Any]:
    """Which line is which loss, in no path's colour."""
    line = {"color": theme.muted, "width": width, "dash": dash}
    place = {"type": "scatter", "x": [None], "y": [None], "mode": "lines", "line": line, "hoverinfo": "skip"}
    return {**place, "name": say(words, word), "legend": "legend2"}
