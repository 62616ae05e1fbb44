"""The shape of a loss: planes, grids of values on them, curvature, and how far a picture can be trusted.

A picture of two directions out of thousands can mislead, and says so itself: every plane has a `Trust`, with
the share of the path it holds and the true losses beside its own. Nothing here needs a network: a loss of
any tree of arrays is enough, and `landscape.geometry.planes.layouts` knows which axis of a weight counts its
units in other libraries.
"""
