"""Figures: from results to `plotly.graph_objects.Figure`. They compute no loss and hold no words."""

from landscape.figures.contour import contour
from landscape.figures.curves import effective_steps, losses, states
from landscape.figures.heatmap import rate_momentum
from landscape.figures.notation import SYMBOLS
from landscape.figures.runs import Run
from landscape.figures.terrain import terrain
from landscape.figures.theme import frame
from landscape.palette import THEMES, Theme

__all__ = [
    "SYMBOLS",
    "THEMES",
    "Run",
    "Theme",
    "contour",
    "effective_steps",
    "frame",
    "losses",
    "rate_momentum",
    "states",
    "terrain",
]
