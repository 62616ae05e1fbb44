"""The end of many runs against their learning rate, coloured by how each ended; with strips below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.notation import plain
from landscape.figures.theme import axis, figure, frame
from landscape.look.palette import Theme, theme_of

SYMBOLS = ("circle", "diamond", "x")
BOUNDS = (1e-12, 1e4)
"""Ends beyond these are drawn on them: zero cannot be, and what diverged would hide all else."""


@dataclass(frozen=True, eq=False)
class Strip:
    """One sweep.

    Attributes:
        name: beside its strip.
        ends: (rates,), the loss at the end of each run.
        verdicts: (rates,), 0 for slow, 1 for good, 2 for diverged.
        border: the rate beyond which theory says that runs diverge.
    """

    name: str
    ends: np.ndarray
    verdicts: np.ndarray
    border: float


def zones(
    rates: np.ndarray,
    own: Strip,
    others: Sequence[Strip],
    theme: Theme | str = "light",
    words: Mapping[str, str] | None = None,
    *,
    height: int = 430,
) -> go.Figure:
    """Draw the ends of one sweep above, and below it strips of how this and others ended.

    Args:
        rates: (rates,), evenly spaced in the logarithm.
        own: the sweep in the foreground.
        others: drawn as faint lines, and as strips.
        theme: a theme or its name.
        words: text for "slow", "good", "diverged", "rate", "loss" and "border".
        height: in px.
    """
    theme, words = theme_of(theme), words or {}
    colours, strips = tuple(theme.zones.values()), [*others, own]
    half = np.sqrt(rates[1] / rates[0])
    edges = np.concatenate([rates / half, rates[-1:] * half])
    traces: list[dict[str, Any]] = []
    for strip in others:
        traces.append(
            {
                "type": "scatter", "mode": "lines", "x": rates, "y": np.clip(strip.ends, *BOUNDS),
                "name": plain(strip.name), "showlegend": False, "line": {"width": 1.5, "color": theme.muted},
                "opacity": 0.5, "hoverinfo": "skip",
            }
        )  # fmt: skip
    ends = np.clip(own.ends, *BOUNDS)
    traces.append(
        {
            "type": "scatter", "mode": "lines", "x": rates, "y": ends, "name": plain(own.name),
            "showlegend": False, "line": {"width": 2.5, "color": theme.ink}, "hoverinfo": "skip",
        }
    )  # fmt: skip
    for kind, key in enumerate(("slow", "good", "diverged")):
        mine = own.verdicts == kind
        traces.append(
            {
                "type": "scatter", "mode": "markers", "x": rates[mine], "y": ends[mine], "cliponaxis": False,
                "name": plain(words.get(key, key)), "customdata": own.ends[mine],
                "marker": {
                    "color": colours[kind], "symbol": SYMBOLS[kind], "size": 12,
                    "line": {"width": 1.5, "color": theme.casing},
                },
                "hovertemplate": "%{fullData.name}<br>%{x:.4~g} · %{customdata:.4~g}<extra></extra>",
            }
        )  # fmt: skip
    names = [plain(strip.name) for strip in strips]
    stops = [[place, colours[kind]] for kind in range(3) for place in (kind / 3, (kind + 1) / 3)]
    told = [[words.get(("slow", "good", "diverged")[v], "") for v in strip.verdicts] for strip in strips]
    traces.append(
        {
            "type": "heatmap", "x": edges, "y": names, "z": np.stack([s.verdicts for s in strips]),
            "zmin": -0.5, "zmax": 2.5, "colorscale": stops, "showscale": False, "xgap": 2, "ygap": 5,
            "yaxis": "y2", "customdata": told, "name": "",
            "hovertemplate": "%{y}<br>%{customdata}<extra></extra>",
        }
    )  # fmt: skip
    across = axis(theme, title=words.get("rate", ""), showgrid=False, anchor="y2", type="log", dtick=1)
    across["range"] = np.log10(edges[[0, -1]]).tolist()
    low, high = np.log10([min(ends.min(), BOUNDS[1] / 10), ends.max()])
    span = {"range": [low - 0.6, min(high, np.log10(BOUNDS[1])) + 0.6], "type": "log", "dtick": 4}
    up = axis(theme, title=words.get("loss", ""), domain=[0.44, 0.94], **span)
    below = axis(theme, domain=[0.0, 0.36], showgrid=False, type="category")
    inside = [(k, strip) for k, strip in enumerate(strips) if edges[0] < strip.border < edges[-1]]
    stroke = {"color": theme.ink, "width": 2.5}
    shapes = [_upright(strip.border, k - 0.42, k + 0.42, "y2", stroke) for k, strip in inside]
    notes = []
    if edges[0] < own.border < edges[-1]:
        dashed = {"color": theme.muted, "width": 1.5, "dash": "4px,4px"}
        shapes.append(_upright(own.border, 0, 1, "y domain", dashed))
        notes.append(
            {
                "text": plain(words.get("border", "")), "showarrow": False, "xref": "x", "yref": "y domain",
                "x": float(np.log10(own.border)), "y": 1, "xanchor": "right", "yanchor": "bottom",
                "font": {"size": 13, "weight": 600, "color": theme.muted},
            }
        )  # fmt: skip
    return figure(
        traces, frame(theme, height, xaxis=across, yaxis=up, yaxis2=below, shapes=shapes, annotations=notes)
    )


def _upright(x: float, low: float, high: float, to: str, stroke: dict[str, Any]) -> dict[str, Any]:
    """A line across one panel."""
    return {
        "type": "line",
        "xref": "x",
        "yref": to,
        "x0": x,
        "x1": x,
        "y0": low,
        "y1": high,
        "line": stroke,
    }
