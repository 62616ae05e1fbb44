"""The eigenvalues of a Hessian: their density, and the outermost ones by themselves."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.axes import value_axis
from landscape.figures.notation import hover, plain, say
from landscape.figures.theme import axis, figure, frame
from landscape.geometry.curvature.spectrum import Density
from landscape.look.numbers import number
from landscape.look.palette import Theme, theme_of
from landscape.look.strokes import CURVE

Words = Mapping[str, str] | None
Values = np.ndarray | Mapping[str, np.ndarray] | None

FLOOR = 1e-6  # of the highest density: below it the estimate is all kernel
NAMED, APART = 5, 0.07  # how many eigenvalues are written out, and how far apart, in widths of the picture
LANE = 1.3  # decades below the floor, where single eigenvalues stand


def spectrum(
    density: Density | Mapping[str, Density],
    theme: Theme | str = "light",
    words: Words = None,
    *,
    eigenvalues: Values = None,
    bound: float | None = None,
    log: bool = True,
) -> go.Figure:
    """Draw the density of a Hessian's eigenvalues, with the outermost ones as ticks on the axis.

    Args:
        density: the density of one Hessian, or several by name.
        theme: a theme or its name.
        words: translated text for "eigenvalue", "density" and "bound".
        eigenvalues: (k,) the largest ones, the smallest too where they matter; by name for several. The
            five largest of a single spectrum are written out.
        bound: an eigenvalue to mark, such as 2 / learning rate, beyond which gradient descent overshoots.
        log: a logarithmic axis of density, as the few outliers beside the bulk need it.
    """
    theme = theme_of(theme)
    named = density if isinstance(density, Mapping) else {"": density}
    ticks = eigenvalues if isinstance(eigenvalues, Mapping) else {"": eigenvalues}
    highest = max((float(np.max(one.density)) for one in named.values()), default=1.0)
    floor = FLOOR * highest if log else 0.0
    traces = []
    for slot, (name, one) in enumerate(named.items(), start=1):
        traces += _curve(name, slot, one, floor, theme, words)
    up = value_axis(theme, say(words, "density"), np.array([floor, highest]) if log else np.zeros(0), log)
    if log:
        up["range"] = [float(np.log10(floor)) - LANE, float(np.log10(highest)) + 0.2]
    ends = [[one.values[0], one.values[-1]] for one in named.values()]
    ends += [np.ravel(values) for values in ticks.values() if values is not None]
    span = _span(np.concatenate([np.zeros(0), *ends, [] if bound is None else [bound]]))
    across = axis(theme, title=say(words, "eigenvalue"), ticks="outside", showgrid=False, range=span)
    for slot, name in enumerate(named, start=1):
        if ticks.get(name) is not None:
            traces += _ticks(name, slot, np.asarray(ticks[name], np.float64), floor, span, theme, words)
    more = _bound(bound, theme, words) if bound is not None else {}
    only = {"showlegend": len(named) > 1}
    return figure(traces, frame(theme, 320, xaxis=across, yaxis=up, **only, **more))


def _span(values: np.ndarray) -> list[float]:
    """From the lowest to the highest of these, with some room."""
    low, high = float(values.min(initial=0.0)), float(values.max(initial=0.0))
    room = 0.03 * (high - low) or 0.5
    return [low - room, high + room]


def _curve(
    name: str, slot: int, one: Density, floor: float, theme: Theme, words: Words
) -> list[dict[str, Any]]:
    """The density as a line above its floor, shaded down to it."""
    look = theme.slot(slot)
    height = np.where(one.density > floor, one.density, np.nan if floor else one.density)
    told = hover(words, ("eigenvalue", "%{x}"), ("density", "%{y}"), name=bool(name))
    line = {"color": look.line, "width": CURVE, "dash": look.dash}
    return [
        {
            "type": "scatter", "x": one.values, "y": height, "mode": "lines", "line": line,
            "name": plain(name), "legendgroup": f"slot {slot}", "hovertemplate": told, "connectgaps": False,
        }
    ]  # fmt: skip


def _ticks(
    name: str, slot: int, values: np.ndarray, floor: float, span: list[float], theme: Theme, words: Words
) -> list[dict[str, Any]]:
    """Each eigenvalue as a marker below the curves; of a single spectrum the largest in numbers."""
    look, values = theme.slot(slot), np.sort(values)[::-1]
    named: list[float] = []
    for value in values if not name else []:
        if len(named) < NAMED and all(abs(value - other) > APART * (span[1] - span[0]) for other in named):
            named.append(value)
    texts = [number(value) if value in named else "" for value in values]
    line = {"width": 2.5, "color": look.line}
    return [
        {
            "type": "scatter", "x": values, "y": np.full(len(values), floor * 10 ** (0.25 - LANE)),
            "mode": "markers+text", "text": texts, "textposition": "top center", "cliponaxis": False,
            "marker": {"symbol": "line-ns-open", "size": 14, "color": look.line, "line": line},
            "textfont": {"size": 12.5, "color": theme.ink}, "name": plain(name), "showlegend": False,
            "legendgroup": f"slot {slot}",
            "hovertemplate": hover(words, ("eigenvalue", "%{x:.5~g}"), name=bool(name)),
        }
    ]  # fmt: skip


def _bound(bound: float, theme: Theme, words: Words) -> dict[str, Any]:
    """A dashed line at an eigenvalue, named at its top."""
    line = {"color": theme.warning, "width": 1.75, "dash": "6px,4px"}
    shape = {"type": "line", "x0": bound, "x1": bound, "yref": "paper", "y0": 0, "y1": 1, "line": line}
    font = {"size": 13, "weight": 600, "color": theme.warning}
    at = {"x": bound, "yref": "paper", "y": 1, "xanchor": "right", "yanchor": "top", "xshift": -4}
    note = {"text": say(words, "bound"), "showarrow": False, "font": font, **at}
    return {"shapes": [shape], "annotations": [note]}
