"""The shape of a loss: planes, grids of values on them, curvature, and how far a picture can be trusted."""
