"""The points of a path, whatever holds it."""

from typing import Any

import jax

from landscape.descent.fit import Fit
from landscape.descent.trajectory import Trajectory
from landscape.types import Params


def rows_of(path: Any) -> Params:
    """The parameters along a path: of a fit, of a trajectory, or a tree of (rows, ...) as it is.

    A run that became non-finite stands still from its last finite point on: those rows are no path.
    """
    path = path.path if isinstance(path, Fit) else path
    if not isinstance(path, Trajectory):
        return path
    live = int((path.steps_recorded <= path.last).sum())
    return jax.tree.map(lambda leaf: leaf[:live], path.params)
