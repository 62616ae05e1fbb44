"""How much of a path each of its principal components holds."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.axes import share_axis
from landscape.figures.notation import hover, plain, say
from landscape.figures.theme import axis, figure, frame
from landscape.geometry.planes.plane import Plane
from landscape.look.palette import Theme, theme_of

Words = Mapping[str, str] | None
Shares = np.ndarray | Plane | Mapping[str, np.ndarray] | Mapping[str, Plane]


def explained(shares: Shares, theme: Theme | str = "light", words: Words = None) -> go.Figure:
    """Draw the share of a path's variance along each principal component as bars, and their sum as a line.

    Args:
        shares: (k,) shares from the largest on, or the PCA plane that holds them; several by name.
        theme: a theme or its name.
        words: translated text for "component", "explained" and "cumulative".

    Raises:
        ValueError: for a plane that is not one of principal components.
    """
    theme = theme_of(theme)
    named = {
        name: _shares(one) for name, one in (shares if isinstance(shares, Mapping) else {"": shares}).items()
    }
    traces = [
        trace
        for slot, (name, values) in enumerate(named.items(), start=1)
        for trace in _bars(name, slot, values, theme, words)
    ]
    most = max((len(values) for values in named.values()), default=1)
    across = axis(theme, title=say(words, "component"), showgrid=False, dtick=max(1, -(-most // 12)))
    up = share_axis(theme, say(words, "explained"), range=[0, 1.04])
    look = frame(theme, 260, xaxis=across, yaxis=up, bargap=0.25, showlegend=len(named) > 1)
    return figure(traces, look)


def _shares(shares: np.ndarray | Plane) -> np.ndarray:
    if isinstance(shares, Plane):
        if shares.explained is None:
            raise ValueError(
                f"a plane of kind {shares.kind!r} does not know a path's variance; a PCA plane does"
            )
        return np.asarray(shares.explained, np.float64)
    return np.asarray(shares, np.float64)


def _bars(name: str, slot: int, values: np.ndarray, theme: Theme, words: Words) -> list[dict[str, Any]]:
    look, k = theme.slot(slot), np.arange(1, len(values) + 1)
    same = {"x": k, "name": plain(name), "legendgroup": f"slot {slot}"}
    told = hover(words, ("component", "%{x}"), ("explained", "%{y:.3~%}"), name=bool(name))
    sums = hover(words, ("component", "%{x}"), ("cumulative", "%{y:.3~%}"), name=bool(name))
    line = {"color": look.line, "width": 1.75, "dash": look.dash}
    marker = {"symbol": look.marker, "size": 0.6 * look.size, "color": look.line}
    return [
        {
            **same, "type": "bar", "y": values, "marker": {"color": look.line}, "opacity": 0.55,
            "hovertemplate": told, "showlegend": False,
        },
        {
            **same, "type": "scatter", "y": np.cumsum(values), "mode": "lines+markers", "line": line,
            "marker": marker, "cliponaxis": False, "hovertemplate": sums,
        },
    ]  # fmt: skip
