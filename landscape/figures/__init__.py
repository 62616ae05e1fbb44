"""Figures: from results to `plotly.graph_objects.Figure`. They compute no loss and hold no words."""

from landscape.figures.contour import contour
from landscape.figures.curves import effective_steps, losses, states
from landscape.figures.cuts import Band, cuts
from landscape.figures.heatmap import rate_momentum
from landscape.figures.layers import layers
from landscape.figures.learners import Learner
from landscape.figures.notation import SYMBOLS
from landscape.figures.runs import Run
from landscape.figures.shadows import Shadow, shadows
from landscape.figures.spectrum import spectrum
from landscape.figures.terrain import terrain
from landscape.figures.theme import frame
from landscape.figures.training import training
from landscape.figures.variance import explained
from landscape.palette import THEMES, Theme

__all__ = [
    "SYMBOLS",
    "THEMES",
    "Band",
    "Learner",
    "Run",
    "Shadow",
    "Theme",
    "contour",
    "cuts",
    "effective_steps",
    "explained",
    "frame",
    "layers",
    "losses",
    "rate_momentum",
    "shadows",
    "spectrum",
    "states",
    "terrain",
    "training",
]
