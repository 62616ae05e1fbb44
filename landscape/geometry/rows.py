"""The door: parameters and paths as they are given, whatever holds them, become trees of NumPy arrays."""

from typing import Any

import jax
import numpy as np

from landscape.descent.fit import Fit
from landscape.descent.trajectory import Trajectory
from landscape.geometry.projection import to_host
from landscape.types import Params


def solution(name: str, given: Any) -> Params:
    """A fit's solution, or parameters as they are, copied: `to_host`."""
    params = to_host(name, given.params if isinstance(given, Fit) else given)
    return jax.tree.map(np.copy, params)


def rows_of(path: Any) -> Params:
    """The parameters along a path: of a fit, of a trajectory, or a tree of (rows, ...) as it is.

    A run that became non-finite stands still from its last finite point on: only the first such row is
    part of its path.
    """
    path = path.path if isinstance(path, Fit) else path
    if not isinstance(path, Trajectory):
        return path
    live = int(np.searchsorted(path.steps_recorded, path.last)) + 1
    return jax.tree.map(lambda leaf: leaf[:live], path.params)
