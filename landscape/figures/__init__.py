"""Figures: from results to `plotly.graph_objects.Figure`. They compute no loss and hold no words.

So a figure that is drawn is a result that was computed, and the same function serves a page in Korean and a
notebook. Only this layer imports Plotly.
"""

from landscape.figures.charts.heatmap import rate_momentum
from landscape.figures.charts.spectrum import spectrum
from landscape.figures.charts.variance import explained
from landscape.figures.networks.layers import layers
from landscape.figures.networks.learners import Learner
from landscape.figures.networks.training import training
from landscape.figures.notation import SYMBOLS
from landscape.figures.planes.cuts import Band, cuts
from landscape.figures.planes.shadows import Shadow, shadows
from landscape.figures.races.curves import effective_steps, losses, states
from landscape.figures.races.runs import Run
from landscape.figures.surfaces.contour import contour
from landscape.figures.surfaces.terrain import terrain
from landscape.figures.theme import frame
from landscape.look.palette import THEMES, Theme

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
