"""How high the loss rises on the straight way between two solutions."""

from typing import Any, NamedTuple

import numpy as np

from landscape.core.brief import in_a_line
from landscape.core.types import Loss
from landscape.geometry.grids.grid import evaluate
from landscape.geometry.planes.constructors import interpolation_plane


@in_a_line
class Barrier(NamedTuple):
    """The loss along the straight way from one solution to another, as NumPy arrays on the host.

    Attributes:
        height: the most by which the loss exceeds the straight line between its values at the two ends; 0
            where it never does.
        at: where that is, from 0, the first solution, to 1, the second.
        t: (points,), where the loss was computed; the first is 0, the last 1.
        loss: (points,), the loss there.
    """

    height: float
    at: float
    t: np.ndarray
    loss: np.ndarray


def barrier(loss: Loss, a: Any, b: Any, *, points: int = 51, device: Any = None) -> Barrier:
    r"""Measure the loss barrier on the straight way between two solutions.

    $$\max_t \; f(\theta_t) - (1 - t) f(\theta_0) - t f(\theta_1), \qquad
      \theta_t = (1 - t) \theta_0 + t \theta_1$$

    Running statistics of batch norm that the loss holds are those of neither solution on the way: estimate
    them anew at each point, inside the loss, before trusting a barrier of such a network.

    Args:
        loss: params -> scalar.
        a, b: parameters or fits, built alike.
        points: how many points to compute it at, the two ends among them, at least 2.
        device: where to compute, as for `evaluate`.

    Raises:
        TypeError: when the loss is not a function of such parameters.
        ValueError: when the solutions are equal or not built alike, or there are too few points.

    >>> found = barrier(lambda w: (w[0]**2 - 1)**2, np.array([-1.0, 0.0]), np.array([1.0, 0.0]))
    >>> found.height, found.at
    (1.0, 0.5)

    Source: Frankle et al. 2020; Entezari et al. 2022 for the difference from the straight line.
    """
    line = interpolation_plane(a, b)
    grid = evaluate(loss, line, points=(points, 2), span=(0.0, 1.0), device=device)
    values = np.asarray(grid.loss[:, 0], np.float64)
    with np.errstate(invalid="ignore"):
        above = values - ((1 - grid.a) * values[0] + grid.a * values[-1])
    worst = int(np.argmax(np.where(np.isnan(above), np.inf, above)))
    return Barrier(float(max(above[worst], 0.0)), float(grid.a[worst]), grid.a, grid.loss[:, 0])
