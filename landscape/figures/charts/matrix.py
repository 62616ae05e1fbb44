"""A table of numbers as a heat map: each cell shows its number, the lowest are the darkest."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from jaxtyping import Float

from landscape.figures.notation import plain
from landscape.figures.surfaces.shading import colour_scale
from landscape.figures.theme import axis, figure, frame
from landscape.look.palette import Theme, theme_of


def matrix(
    values: Float[np.ndarray, "rows columns"],
    rows: Sequence[str],
    columns: Sequence[str],
    texts: Sequence[Sequence[str]],
    theme: Theme | str = "light",
    *,
    height: int = 300,
) -> go.Figure:
    """Draw the cells of a table, shaded by the logarithm of their values within each row.

    Args:
        values: positive; cells that are not finite stay blank and show their text alone.
        rows: names, from the top.
        columns: names, from the left.
        texts: what each cell shows.
        theme: a theme or its name.
        height: in px.
    """
    theme = theme_of(theme)
    finite = np.where(np.isfinite(values), values, np.nan)
    logs = np.log10(finite)
    low = np.nanmin(logs, axis=1, keepdims=True, initial=np.inf, where=np.isfinite(logs))
    high = np.nanmax(logs, axis=1, keepdims=True, initial=-np.inf, where=np.isfinite(logs))
    span = np.where(high > low, high - low, 1.0)
    shade = np.where(np.isfinite(logs), (logs - np.where(np.isfinite(low), low, 0.0)) / span, np.nan)
    cells = {
        "type": "heatmap", "x": [plain(c) for c in columns], "y": [plain(r) for r in rows], "z": shade,
        "zmin": 0, "zmax": 1, "colorscale": colour_scale(theme), "showscale": False, "xgap": 3, "ygap": 3,
        "customdata": finite, "hovertemplate": "%{y} · %{x}<br>%{customdata:.4~g}<extra></extra>",
    }  # fmt: skip
    inks = (theme.muted, theme.ink)
    notes = [
        {
            "x": plain(column), "y": plain(row), "text": texts[i][j], "showarrow": False,
            "font": {"size": 16, "weight": 600, "color": inks[bool(np.isfinite(finite[i, j]))]},
        }
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
    ]  # fmt: skip
    across = axis(theme, showgrid=False, side="top", type="category", fixedrange=True)
    up = axis(theme, showgrid=False, autorange="reversed", type="category", fixedrange=True)
    return figure([cells], frame(theme, height, xaxis=across, yaxis=up, annotations=notes))
