"""Critical points by their kind: minima, saddles and maxima, counted, drawn on a curve and on a map."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.axes import share_axis
from landscape.figures.notation import plain, raised, say
from landscape.figures.theme import axis, figure, frame
from landscape.look.palette import Theme, theme_of

Words = Mapping[str, str] | None

KINDS = ("minimum", "saddle", "maximum")
LOOKS = {
    "minimum": ("deep", "circle"),
    "saddle": ("shallow", "diamond"),
    "maximum": ("cycles", "triangle-up"),
}
"""Each kind's colour, by the kind of end that has it, and marker."""
FADED = 0.5  # the bars beside the chosen one


def shares(
    found: Sequence[Sequence[float]],
    chosen: int,
    law: Sequence[float],
    exact: Mapping[int, float],
    theme: Theme | str = "light",
    words: Words = None,
) -> go.Figure:
    """Draw the shares of the three kinds against the dimension, and that of minima on a logarithmic axis.

    Args:
        found: for each dimension from 1, the shares of minima, saddles and maxima.
        chosen: the dimension that stands out.
        law: for each dimension, the share of minima as a law has it.
        exact: by dimension, the exact share of minima where it is known.
        theme: a theme or its name.
        words: text for "minimum", "saddle", "maximum", "dimension", "share", "minima", "law" and "exact".
    """
    theme = theme_of(theme)
    n, values = np.arange(1, len(found) + 1), np.asarray(found, np.float64)
    faded = np.where(n == chosen, 1.0, FADED)
    traces: list[dict[str, Any]] = []
    for kind, share in zip(KINDS, values.T, strict=True):
        traces.append(
            {
                "type": "bar", "x": n, "y": share, "name": plain(say(words, kind)),
                "marker": {"color": theme.outcomes[LOOKS[kind][0]], "opacity": faded, "line": {"width": 0}},
                "hovertemplate": "N = %{x}<br>%{fullData.name} %{y:.3~%}<extra></extra>",
            }
        )  # fmt: skip
    dashed = {"color": theme.muted, "width": 2, "dash": "6px,4px"}
    traces.append(_line(n, np.asarray(law, float), say(words, "law"), dashed))
    known = np.array(list(exact)), np.array(list(exact.values()))
    traces.append(_points(*known, say(words, "exact"), "circle-open", theme.ink, 15))
    seen = values[:, 0] > 0
    end, symbol = LOOKS["minimum"]
    traces.append(_points(n[seen], values[seen, 0], say(words, "minima"), symbol, theme.outcomes[end], 8))
    below = axis(theme, title=say(words, "dimension"), showgrid=False, dtick=1, anchor="y2")
    below["range"] = [0.4, len(found) + 0.6]
    made = frame(theme, 430, barmode="stack", bargap=0.18, xaxis=below)
    made["legend"] |= {"traceorder": "normal"}
    low = int(np.floor(np.log10(min(*law, *exact.values()))))
    made["yaxis"] = share_axis(theme, say(words, "share"), domain=[0.48, 1.0])
    made["yaxis2"] = axis(
        theme, title=say(words, "minima"), type="log", dtick=2, domain=[0.0, 0.42], range=[low, 0.3]
    )
    return figure(traces, made)


def _line(x: Any, y: Any, name: str, line: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "yaxis": "y2", "line": line,
        "name": raised(name), "hovertemplate": "N = %{x}<br>%{fullData.name} %{y:.3~g}<extra></extra>",
    }  # fmt: skip


def _points(x: Any, y: Any, name: str, symbol: str, colour: str, size: float) -> dict[str, Any]:
    marker = {"symbol": symbol, "size": size, "color": colour, "line": {"width": 2, "color": colour}}
    return {
        "type": "scatter", "mode": "markers", "x": x, "y": y, "yaxis": "y2", "marker": marker,
        "name": plain(name), "hovertemplate": "N = %{x}<br>%{fullData.name} %{y:.3~g}<extra></extra>",
    }  # fmt: skip


def indices(
    curve: tuple[np.ndarray, np.ndarray],
    points: Mapping[str, tuple[np.ndarray, np.ndarray]],
    share: Sequence[float],
    theme: Theme | str = "light",
    words: Words = None,
) -> go.Figure:
    """Draw a curve with its minima and maxima, and beside it how many ways down random Hessians have.

    Args:
        curve: x and f.
        points: by kind, the x and f of its critical points.
        share: the shares of Hessians with 0, 1, .. n negative eigenvalues.
        theme: a theme or its name.
        words: text for "minimum", "saddle", "maximum", "place", "ways_down" and "share".
    """
    theme = theme_of(theme)
    looks = {kind: (theme.outcomes[end], symbol) for kind, (end, symbol) in LOOKS.items()}
    k = np.arange(len(share))
    kinds = ["minimum", *["saddle"] * (len(share) - 2), "maximum"]
    line, casing = {"color": theme.ink, "width": 2}, {"color": theme.casing, "width": 2}
    traces: list[dict[str, Any]] = [
        {"type": "scatter", "mode": "lines", "x": curve[0], "y": curve[1], "line": line,
         "showlegend": False, "hovertemplate": "%{x:.2f} · %{y:.3~g}<extra></extra>"}
    ]  # fmt: skip
    for kind, (x, f) in points.items():
        colour, symbol = looks[kind]
        traces.append(
            {
                "type": "scatter", "mode": "markers", "x": x, "y": f, "showlegend": False,
                "marker": {"symbol": symbol, "size": 12, "color": colour, "line": casing},
                "name": plain(say(words, kind)), "hovertemplate": "%{fullData.name}<extra></extra>",
            }
        )  # fmt: skip
    traces.append(
        {
            "type": "bar", "x": k, "y": np.asarray(share, float), "xaxis": "x2", "yaxis": "y2",
            "showlegend": False,
            "marker": {"color": [looks[kind][0] for kind in kinds], "line": {"width": 0}},
            "text": [f"{value:.1%}" if value >= 0.001 else f"{value:.2%}" for value in share],
            "textposition": "outside", "cliponaxis": False, "textfont": {"size": 12, "color": theme.ink},
            "hovertemplate": "%{x} · %{y:.3~%}<extra></extra>",
        }
    )  # fmt: skip
    room = [0, 1.2 * float(max(share))]
    below = axis(theme, title=say(words, "ways_down"), showgrid=False, dtick=1, domain=[0.56, 1])
    return figure(traces, frame(
        theme, 260, bargap=0.12, showlegend=False,
        xaxis=axis(theme, title=say(words, "place"), showgrid=False, showticklabels=False, domain=[0, 0.44]),
        yaxis=axis(theme, title="f", nticks=5),
        xaxis2=below | {"anchor": "y2"},
        yaxis2=share_axis(theme, "", range=room, anchor="x2", showticklabels=False),
    ))  # fmt: skip
