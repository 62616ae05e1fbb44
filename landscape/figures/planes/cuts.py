"""Straight cuts through a loss: many random directions as a band, and networks compared on the same axes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.figures.axes import share_axis, value_axis
from landscape.figures.notation import hover, plain, say
from landscape.figures.theme import axis, figure, frame
from landscape.geometry.grids.grid import Grid
from landscape.geometry.trusting.resampling import Repeats
from landscape.look.palette import Theme, theme_of
from landscape.look.strokes import PATH

Words = Mapping[str, str] | None

FILLS = ((0.0, 1.0, 0.10), (0.25, 0.75, 0.18))  # quantiles between which the band is shaded, and how strongly
THIN = 0.3  # opacity of a single cut beside its median


@dataclass(frozen=True, eq=False)
class Band:
    """Cuts of one network along several directions.

    Args:
        name: what it is called.
        slot: colour and dash, from 1.
        t: (points,), the coordinate along each cut; the centre is at 0.
        values: (lines, points), the loss or accuracy along each; cells that are not finite leave gaps.
    """

    name: str
    slot: int
    t: np.ndarray
    values: np.ndarray


Lines = Repeats | Grid | Sequence[Grid]
Cuts = Sequence[Band] | Band | Lines | Mapping[str, Lines]
"""What a figure of cuts accepts: bands, or what `trust` repeated, one line, or several; by name or bare."""


def cuts(
    bands: Cuts,
    theme: Theme | str = "light",
    words: Words = None,
    *,
    metric: str = "loss",
    log: bool = True,
    marks: Iterable[tuple[str, float]] = (),
) -> go.Figure:
    """Draw the loss along straight lines: every cut thin, the median strong, the band between them shaded.

    The outer shade reaches from the lowest to the highest cut, the inner one from the first to the third
    quartile. A single cut is drawn alone.

    Args:
        bands: cuts with names and slots; or what `trust` found of repeated directions, a grid of one line,
            or a sequence of such grids; several of these by name.
        theme: a theme or its name.
        words: translated text for "loss", "accuracy", "distance" and "median".
        metric: "loss" or "accuracy", a share from 0 to 1.
        log: a logarithmic axis for losses, where none is zero or below.
        marks: (name, t) of places to name, such as the solutions of an interpolation.

    Raises:
        ValueError: for a grid of a plane, or lines of one network on different coordinates.
    """
    theme, bands = theme_of(theme), bands_of(bands)
    every = np.concatenate([np.zeros(0), *(np.ravel(band.values) for band in bands)])
    log = log and metric == "loss" and bool(np.all(every[np.isfinite(every)] > 0))
    traces = [trace for band in bands for trace in _fills(band, theme)]
    traces += [trace for band in bands for trace in _lines(band, theme, words, metric)]
    title = say(words, metric)
    up = share_axis(theme, title) if metric == "accuracy" else value_axis(theme, title, every, log)
    across = axis(theme, title=say(words, "distance"), showgrid=False)
    shapes, notes = _marks(marks, theme)
    return figure(traces, frame(theme, 340, xaxis=across, yaxis=up, shapes=shapes, annotations=notes))


def bands_of(bands: Cuts | Any) -> list[Band]:
    """Return named bands from bands, from what `trust` repeated, or from grids of one line.

    Raises:
        TypeError: for anything else.
    """
    if isinstance(bands, Band):
        return [bands]
    if isinstance(bands, Sequence):
        given = [band for band in bands if isinstance(band, Band)]
        if len(given) == len(bands):
            return given
    if not isinstance(bands, Mapping):
        bands = {"": bands}
    return [_band(name, slot, lines) for slot, (name, lines) in enumerate(bands.items(), start=1)]


def _band(name: str, slot: int, lines: Any) -> Band:
    if isinstance(lines, Repeats):
        return Band(name, slot, lines.t, lines.cuts)
    grids = list(lines) if isinstance(lines, Sequence) else [lines]
    if not all(isinstance(grid, Grid) for grid in grids):
        raise TypeError(
            f"cuts are drawn of grids of one line, or of trust's repeats; given {type(lines).__name__}"
        )
    if any(grid.loss.shape[1] != 1 for grid in grids):
        raise ValueError(f"{name or 'cuts'}: a cut is a grid of one line; given one of a plane")
    if any(not np.array_equal(grid.a, grids[0].a) for grid in grids):
        raise ValueError(f"{name or 'cuts'}: all cuts of a band need the same coordinates")
    return Band(name, slot, grids[0].a, np.stack([grid.loss[:, 0] for grid in grids]))


def _fills(band: Band, theme: Theme) -> list[dict[str, Any]]:
    """The shaded bands, from the outer to the inner."""
    if len(band.values) < 2:
        return []
    traces = []
    for low, high, opacity in FILLS:
        edges = _quantile(band.values, (high, low))
        known = np.isfinite(edges).all(axis=0)
        around = np.concatenate([edges[0][known], edges[1][known][::-1]])
        across = np.concatenate([band.t[known], band.t[known][::-1]])
        traces.append(
            {
                "type": "scatter", "x": across, "y": around, "mode": "lines", "line": {"width": 0},
                "fill": "toself", "fillcolor": _tint(theme.slot(band.slot).line, opacity),
                "hoverinfo": "skip", "showlegend": False, "legendgroup": f"slot {band.slot}",
            }
        )  # fmt: skip
    return traces


def _lines(band: Band, theme: Theme, words: Words, metric: str) -> list[dict[str, Any]]:
    """Every cut as one thin trace with breaks, and their median."""
    slot, several = theme.slot(band.slot), len(band.values) > 1
    same = {"type": "scatter", "mode": "lines", "name": plain(band.name), "legendgroup": f"slot {band.slot}"}
    value = "%{y:.3~%}" if metric == "accuracy" else "%{y}"
    told = hover(words, ("distance", "%{x}"), ("median" if several else metric, value), name=True)
    middle = _quantile(band.values, (0.5,))[0] if several else band.values[0]
    strong = {"color": slot.line, "width": PATH, "dash": slot.dash}
    median = {**same, "x": band.t, "y": _gaps(middle), "line": strong, "hovertemplate": told}
    if not several:
        return [median]
    breaks = np.full((len(band.values), 1), np.nan)
    thin = {
        **same, "x": np.concatenate([np.append(band.t, np.nan) for _ in band.values]),
        "y": np.hstack([_gaps(band.values), breaks]).ravel(), "line": {"color": slot.line, "width": 1},
        "opacity": THIN, "hoverinfo": "skip", "showlegend": False,
    }  # fmt: skip
    return [thin, median]


def _quantile(values: np.ndarray, shares: tuple[float, ...]) -> np.ndarray:
    """(shares, points), quantiles over the cuts; NaN where one of them is not finite."""
    with np.errstate(invalid="ignore"):
        return np.quantile(_gaps(values), shares, axis=0)


def _gaps(values: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(values), values, np.nan)


def _tint(colour: str, opacity: float) -> str:
    channels = ",".join(str(int(colour[k : k + 2], 16)) for k in (1, 3, 5))
    return f"rgba({channels},{opacity})"


def _marks(
    marks: Iterable[tuple[str, float]], theme: Theme
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A hairline at each named place, and its name above."""
    shapes, notes = [], []
    for name, t in marks:
        line = {"color": theme.muted, "width": 1.25, "dash": "4px,3px"}
        shapes.append({"type": "line", "x0": t, "x1": t, "yref": "paper", "y0": 0, "y1": 1, "line": line})
        font = {"size": 14, "weight": 600, "color": theme.ink}
        at = {"x": t, "yref": "paper", "y": 1, "xanchor": "left", "yanchor": "top", "xshift": 3}
        notes.append({"text": plain(name), "showarrow": False, "font": font, **at})
    return shapes, notes
