"""The final loss over learning rate and batch size: a map to click in, both axes logarithmic."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go
from jaxtyping import Float

from landscape.figures.heatmap import rate_momentum
from landscape.palette import Theme, theme_of


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
    figure = rate_momentum(
        loss, rates, np.log2(batches), chosen=(chosen[0], float(np.log2(chosen[1]))),
        boundary=(boundary[0], np.log2(boundary[1])), theme=theme, words=words,
    )  # fmt: skip
    figure.for_each_trace(lambda trace: trace.update(y=np.exp2(np.asarray(trace.y, float))))
    look = {"symbol": "diamond", "size": 11, "color": theme.ink, "line": {"width": 2, "color": theme.casing}}
    figure.add_scatter(
        x=measured, y=batches, mode="markers", name=words["measured"], marker=look, zorder=2,
        hovertemplate="%{fullData.name}<br>%{x:.3~g} · %{y}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
    )  # fmt: skip
    stroke = {"color": theme.ink, "width": 1.5, "dash": "4px,4px"}
    figure.add_vline(x=ceiling[0], line=stroke)
    font = {"size": 13, "weight": 600, "color": theme.ink}
    figure.add_annotation(
        x=float(np.log10(ceiling[0])), y=0.03, yref="paper", text=ceiling[1], font=font, showarrow=False,
        xanchor="right", xshift=-4, yanchor="bottom", bgcolor=theme.casing,
    )  # fmt: skip
    ends = np.log10([float(batches[0]) / 1.5, float(batches[-1]) * 2])
    ticks = [int(batch) for batch in batches[::2]] + ([int(batches[-1])] if len(batches) % 2 == 0 else [])
    return figure.update_yaxes(
        type="log", range=ends.tolist(), tickvals=ticks, ticktext=[f"{tick:,}" for tick in ticks]
    )
