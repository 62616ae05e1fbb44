"""What became of a run: where it ended, how far from a known minimum, and how fast beside the theory."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from landscape.core.types import Status
from landscape.descent.rules.rule import Rule
from landscape.descent.theory import measured_rate, predicted_rate
from landscape.descent.trajectory import Trajectory
from landscape.geometry.grids.grid import losses_at
from landscape.problems.surfaces.surface import Surface

Ending = Literal["arrived", "converged", "moving", "diverged"]


@dataclass(frozen=True)
class Outcome:
    """One row of the table of outcomes.

    Attributes:
        ending: arrived (within the surface's radius of a known minimum), converged (the gradient is
            zero elsewhere), moving, or diverged.
        loss: the final loss; None for a diverged run.
        distance: from the end to the nearest known minimum, in parameter units; None without one.
        lowest: whether that minimum is a global one; None without one.
        arrived: the first step within the radius of that minimum, or None.
        left: the step at which a diverged run left the surface's domain for good, or None.
        spent: gradients and losses computed in all.
        predicted: the factor by which theory says the distance shrinks each step, near that minimum; None
            for a run that came to rest elsewhere.
        measured: the factor by which it did shrink, fitted where the asymptote has set in.
    """

    ending: Ending
    loss: float | None
    distance: float | None
    lowest: bool | None
    arrived: int | None
    left: int | None
    spent: int
    predicted: float | None
    measured: float | None


def outcome(rule: Rule, surface: Surface, path: Trajectory) -> Outcome:
    """Judge one run against the facts of its surface.

    >>> import landscape as ls
    >>> bowl = ls.SURFACES["bowl"]
    >>> outcome(ls.SGD(0.1), bowl, ls.run(ls.SGD(0.1), bowl, bowl.start, 200)).ending
    'arrived'
    """
    diverged = path.status is Status.DIVERGED
    minimum = nearest_minimum(surface, path.params[path.last])
    predicted = measured = distance = lowest = step = None
    if minimum is not None:
        step = None if diverged else arrival(surface, path, minimum)
        distance = float(np.linalg.norm(path.params[path.last] - minimum))
        lowest = is_lowest(surface, minimum)
        predicted = predicted_rate(rule, surface, minimum)
        measured = None if diverged else measured_rate(path, minimum)
    within = distance is not None and distance <= surface.arrival_radius and not diverged
    still: Ending = "converged" if path.status is Status.CONVERGED else "moving"
    ending: Ending = "diverged" if diverged else "arrived" if within else still
    return Outcome(
        ending=ending,
        loss=None if diverged else float(path.loss[-1]),
        distance=None if diverged else distance,
        lowest=lowest if within else None,
        arrived=step,
        left=departure(surface, path) if diverged else None,
        spent=path.spent,
        predicted=None if ending == "converged" else predicted,
        measured=measured,
    )


def nearest_minimum(surface: Surface, point: np.ndarray) -> np.ndarray | None:
    """The known minimum closest to a point, or None where none is known."""
    return min(surface.minima, key=lambda m: float(np.linalg.norm(point - m)), default=None)


def is_lowest(surface: Surface, minimum: np.ndarray) -> bool | None:
    """Whether a known minimum is a global one; None where no lowest value is known."""
    if surface.global_minimum is None:
        return None
    (value,) = losses_at(surface, [minimum])
    return bool(np.isclose(value, surface.global_minimum, rtol=1e-4, atol=1e-5))


def arrival(surface: Surface, path: Trajectory, minimum: np.ndarray) -> int | None:
    """The first step within the surface's arrival radius of a minimum, or None."""
    within = np.linalg.norm(path.params - minimum, axis=1) <= surface.arrival_radius
    return int(np.argmax(within)) if within.any() else None


def departure(surface: Surface, path: Trajectory) -> int | None:
    """The step at which a run left the surface's domain for good, or None if it ended inside."""
    low, high = np.array(surface.domain).T
    inside = np.flatnonzero(np.all((path.params >= low) & (path.params <= high), axis=1)[: path.last + 1])
    left = int(inside[-1]) + 1 if inside.size else 0
    return left if left <= path.last else None
