"""The final loss over learning rate and batch size: a map to click in, both axes logarithmic."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go
from jaxtyping import Float

from landscape.figures.charts.heatmap import edges, sweep
from landscape.figures.theme import figure
from landscape.look.palette import Theme, theme_of


def batch_rate(
    loss: Float[np.ndarray, "rates sizes"],
    rates: Float[np.ndarray, " rates"],
    batches: np.ndarray,
    *,
    chosen: tuple[float, float],
    boundary: tuple[np.ndarray, np.ndarray],
    measured: np.ndarray,
    ceiling: tuple[float, str],
    theme: Theme | str = "light",
    words: Mapping[str, str],
) -> go.Figure:
    """Draw the map of rates and momenta with the batch size in the momentum's place, on a logarithmic axis.

    Args:
        loss: the final loss of each run; NaN where it diverged.
        rates: learning rates, increasing.
        batches: (sizes,), batch sizes, increasing.
        chosen: the rate and the batch size in use, marked.
        boundary: (rates, batches) of the border in theory.
        measured: (sizes,), the largest rate that each batch size was seen to bear.
        ceiling: a rate and its name: an upright line.
        theme: a theme or its name.
        words: as for `rate_momentum`, "momentum" naming the batch size, and "measured".
    """
    theme = theme_of(theme)
    up, place = np.exp2(edges(np.log2(batches))), (float(chosen[0]), float(chosen[1]))
    traces, layout = sweep(loss, rates, batches, up, theme, words, None, place, boundary)
    look = {"symbol": "diamond", "size": 11, "color": theme.ink, "line": {"width": 2, "color": theme.casing}}
    seen = {
        "type": "scatter", "x": measured, "y": batches, "mode": "markers", "name": words["measured"],
        "marker": look, "hovertemplate": "%{fullData.name}<br>%{x:.3~g} · %{y}<extra></extra>",
    }  # fmt: skip
    upright = {
        "type": "line", "x0": ceiling[0], "x1": ceiling[0], "xref": "x", "y0": 0, "y1": 1, "yref": "y domain",
        "line": {"color": theme.ink, "width": 1.5, "dash": "4px,4px"},
    }  # fmt: skip
    note = {
        "text": ceiling[1], "font": {"size": 13, "weight": 600, "color": theme.ink}, "showarrow": False,
        "x": float(np.log10(ceiling[0])), "xanchor": "right", "xshift": -4, "bgcolor": theme.casing,
        "y": 0.03, "yref": "paper", "yanchor": "bottom",
    }  # fmt: skip
    ends = np.log10([float(batches[0]) / 1.5, float(batches[-1]) * 2])
    ticks = [int(batch) for batch in batches[::2]] + ([int(batches[-1])] if len(batches) % 2 == 0 else [])
    powers = {"type": "log", "range": ends, "tickvals": ticks, "ticktext": [f"{tick:,}" for tick in ticks]}
    axis = layout["yaxis"] | powers
    return figure([*traces, seen], layout | {"yaxis": axis, "shapes": [upright], "annotations": [note]})
