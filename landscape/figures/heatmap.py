"""The final loss over learning rate and momentum: a map to click in, with the diverged corner hatched."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
from jaxtyping import Bool, Float

from landscape.figures.notation import hover, say
from landscape.figures.shading import colour_bar, colour_scale, hatched
from landscape.figures.theme import axis, figure, frame
from landscape.palette import Theme, theme_of
from landscape.relief import number, relief

CLICKS = 31  # clickable points along each side


def rate_momentum(
    loss: Float[np.ndarray, "rates momenta"],
    rates: Float[np.ndarray, " rates"],
    momenta: Float[np.ndarray, " momenta"],
    *,
    diverged: Bool[np.ndarray, "rates momenta"] | None = None,
    chosen: tuple[float, float] | None = None,
    boundary: tuple[np.ndarray, np.ndarray] | None = None,
    theme: Theme | str = "light",
    words: Mapping[str, str] | None = None,
) -> go.Figure:
    """Draw the final loss of a sweep, each run one cell.

    The last trace of cells is a grid of unseen markers: a click on one gives its `x` (the rate) and `y` (the
    momentum), which a heat map's own cells do not give everywhere.

    Args:
        loss: the final loss of each run; cells that are not finite count as diverged.
        rates: learning rates, positive and increasing, on a logarithmic axis.
        momenta: momenta, increasing.
        diverged: which other runs diverged; their loss is not drawn as a colour.
        chosen: the rate and momentum in use, marked.
        boundary: (rates, momenta) of a curve, such as the boundary of stability in theory.
        theme: a theme or its name.
        words: translated text for "learning_rate", "momentum", "loss", "diverged", "boundary", "chosen".
    """
    theme = theme_of(theme)
    lost = ~np.isfinite(loss) if diverged is None else diverged | ~np.isfinite(loss)
    kept = np.where(lost, np.nan, loss)
    scale = relief(kept)
    across, up = np.exp(_edges(np.log(rates))), _edges(momenta)
    window = (float(across[0]), float(across[-1])), (float(up[0]), float(up[-1]))
    traces: list[dict[str, Any]] = []
    if lost.any():
        name = {"name": say(words, "diverged"), "showlegend": True}
        traces.append(hatched(*window, theme.diverged, theme.diverged_hatch, **name))
    shade = scale.painted(np.asarray(scale.t(kept)), 0.65)
    traces.append(
        {
            "type": "heatmap", "x": across, "y": up, "z": shade.T, "zmin": 0, "zmax": 1,
            "colorscale": colour_scale(theme), "showscale": bool(scale.levels), "hoverinfo": "skip",
            "colorbar": colour_bar(scale, theme, say(words, "loss")),
        }
    )  # fmt: skip
    if boundary is not None:
        traces += _boundary(boundary, say(words, "boundary"), theme)
    if chosen is not None:
        traces += _ring(chosen, say(words, "chosen"), theme)
    traces.append(_targets(loss, lost, rates, momenta, words))
    ticks = _ticks(*window[0])
    x = axis(
        theme, title=say(words, "learning_rate"), type="log", range=np.log10(window[0]).tolist(),
        tickvals=ticks, ticktext=[number(tick) for tick in ticks], ticks="outside", showgrid=False,
    )  # fmt: skip
    y = axis(theme, title=say(words, "momentum"), range=window[1], ticks="outside", showgrid=False)
    clicks = {"clickmode": "event+select", "dragmode": False, "hoverdistance": -1}
    return figure(traces, frame(theme, 340, xaxis=x, yaxis=y, **clicks))


def _edges(centres: np.ndarray) -> np.ndarray:
    """The borders of cells around their centres: midway between, and as far beyond the ends."""
    if len(centres) == 1:
        return centres[0] + np.array([-0.5, 0.5])
    middle = (centres[:-1] + centres[1:]) / 2
    return np.concatenate([[2 * centres[0] - middle[0]], middle, [2 * centres[-1] - middle[-1]]])


def _ticks(low: float, high: float) -> list[float]:
    """1, 3, 10, 30 ... between the ends; 1, 10, 100 ... where that would be many."""
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    leads = (1, 3) if high <= 1e4 * low else (1,)
    ticks = [float(f"{lead}e{power}") for power in powers for lead in leads]
    return [tick for tick in ticks if low <= tick <= high]


def _boundary(curve: tuple[np.ndarray, np.ndarray], name: str, theme: Theme) -> list[dict[str, Any]]:
    """A dashed curve in ink on a casing."""
    return [
        {
            "type": "scatter", "x": curve[0], "y": curve[1], "mode": "lines", "name": name,
            "line": {"color": tint, "width": width, "dash": dash}, "hoverinfo": "skip",
            "legendgroup": "boundary", "showlegend": tint == theme.ink,
        }
        for width, tint, dash in ((4.5, theme.casing, "solid"), (2, theme.ink, "6px,4px"))
    ]  # fmt: skip


def _ring(place: tuple[float, float], name: str, theme: Theme) -> list[dict[str, Any]]:
    """A ring in ink on a casing."""
    return [
        {
            "type": "scatter", "x": [place[0]], "y": [place[1]], "mode": "markers", "name": name,
            "marker": {"symbol": "circle-open", "size": 15, "color": tint, "line": {"width": width}},
            "hoverinfo": "skip", "legendgroup": "chosen", "showlegend": tint == theme.ink, "zorder": 3,
            "unselected": {"marker": {"opacity": 1}},
        }
        for width, tint in ((6, theme.casing), (2.5, theme.ink))
    ]  # fmt: skip


def _targets(
    loss: np.ndarray,
    lost: np.ndarray,
    rates: np.ndarray,
    momenta: np.ndarray,
    words: Mapping[str, str] | None,
) -> dict[str, Any]:
    """Unseen markers at the cells, to point at and to click; every few cells where there are very many."""
    rows, columns = (np.unique(np.linspace(0, n - 1, min(n, CLICKS)).round().astype(int)) for n in loss.shape)
    i, j = (index.ravel() for index in np.meshgrid(rows, columns, indexing="ij"))
    told = [
        say(words, "diverged") if out else f"{say(words, 'loss')} {number(float(f'{value:.3g}'))}"
        for value, out in zip(loss[i, j].tolist(), lost[i, j].tolist(), strict=True)
    ]
    unseen = {"marker": {"opacity": 0}}
    places = hover(words, ("learning_rate", "%{x}"), ("momentum", "%{y}"))
    return {
        "type": "scatter", "x": np.asarray(rates)[i], "y": np.asarray(momenta)[j], "mode": "markers",
        "marker": {"size": 14, "opacity": 0}, "selected": unseen, "unselected": unseen, "customdata": told,
        "hovertemplate": places.replace("<extra>", "<br>%{customdata}<extra>"), "showlegend": False,
        "zorder": 6,
    }  # fmt: skip
