"""The final loss over learning rate and momentum: a map to click in, with the diverged corner hatched."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
from jaxtyping import Bool, Float

from landscape.figures.notation import hover, say
from landscape.figures.surfaces.shading import colour_bar, colour_scale, hatched
from landscape.figures.theme import Drawing, axis, figure, frame
from landscape.look.numbers import number
from landscape.look.palette import Theme, theme_of
from landscape.look.scale import loss_scale
from landscape.look.strokes import PLANE


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
    """Draw the final loss of a sweep, each run one cell; its `customdata` begins with rate and momentum.

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
    look = theme_of(theme), words, diverged, chosen, boundary
    return figure(*sweep(loss, rates, momenta, edges(momenta), *look))


def sweep(
    loss: np.ndarray, rates: np.ndarray, others: np.ndarray, up: np.ndarray, theme: Theme,
    words: Mapping[str, str] | None, diverged: np.ndarray | None, chosen: tuple[float, float] | None,
    boundary: tuple[np.ndarray, np.ndarray] | None,
) -> Drawing:  # fmt: skip
    """Return the traces and the layout of `rate_momentum`, for other values on the upright axis.

    Args:
        others: the values, increasing.
        up: (others + 1,), the borders of their cells.
        loss, rates, theme, words, diverged, chosen, boundary: as for `rate_momentum`.
    """
    lost = ~np.isfinite(loss) if diverged is None else diverged | ~np.isfinite(loss)
    kept = np.where(lost, np.nan, loss)
    scale = loss_scale(kept)
    across = np.exp(edges(np.log(rates)))
    window = (float(across[0]), float(across[-1])), (float(up[0]), float(up[-1]))
    traces: list[dict[str, Any]] = []
    if lost.any():
        name = {"name": say(words, "diverged"), "showlegend": True}
        traces.append(hatched(*window, theme.outcomes["diverged"], theme.outcomes["hatch"], **name))
    shade = scale.painted(np.asarray(scale.t(kept)), PLANE)
    places = ("learning_rate", "%{customdata[0]:.4~g}"), ("momentum", "%{customdata[1]:.4~g}")
    told = hover(words, *places).replace("<extra>", "<br>%{customdata[2]}<extra>")
    traces.append(
        {
            "type": "heatmap", "x": across, "y": up, "z": shade.T, "zmin": 0, "zmax": 1,
            "colorscale": colour_scale(theme), "showscale": bool(scale.levels), "hovertemplate": told,
            "colorbar": colour_bar(scale, theme, say(words, "loss")), "name": "",
            "customdata": _cells(loss, lost, rates, others, words),
        }
    )  # fmt: skip
    if boundary is not None:
        traces += _boundary(boundary, say(words, "boundary"), theme)
    if chosen is not None:
        traces += _ring(chosen, say(words, "chosen"), theme)
    ticks = _ticks(*window[0])
    x = axis(
        theme, title=say(words, "learning_rate"), type="log", range=np.log10(window[0]).tolist(),
        tickvals=ticks, ticktext=[number(tick) for tick in ticks], ticks="outside", showgrid=False,
    )  # fmt: skip
    y = axis(theme, title=say(words, "momentum"), range=window[1], ticks="outside", showgrid=False)
    return traces, frame(theme, 340, xaxis=x, yaxis=y, dragmode=False)


def edges(centres: np.ndarray) -> np.ndarray:
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
        }
        for width, tint in ((6, theme.casing), (2.5, theme.ink))
    ]  # fmt: skip


def _cells(
    loss: np.ndarray, lost: np.ndarray, rates: np.ndarray, others: np.ndarray, words: Mapping[str, str] | None
) -> list[list[list[Any]]]:
    """What each cell stands for, row by row: its rate, the other value, and how it ended in words."""
    ended, out = say(words, "loss"), say(words, "diverged")
    return [
        [
            [rate, other, out if gone else f"{ended} {number(value)}"]
            for rate, value, gone in zip(rates.tolist(), row, left, strict=True)
        ]
        for other, row, left in zip(others.tolist(), loss.T.tolist(), lost.T.tolist(), strict=True)
    ]
