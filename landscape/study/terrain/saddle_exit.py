"""How long a run waits at a saddle, turned or not: as long as its distance from the ridge takes to grow."""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.descent.double import in_double
from landscape.descent.follow import steps_until
from landscape.descent.rules.first_order import SGD
from landscape.descent.rules.rule import Rule
from landscape.descent.run import run
from landscape.problems.surfaces.rotation import rotate
from landscape.problems.surfaces.saddles import Saddle

LIMIT = 20_000
ROWS = 3000  # of a recorded descent
RISE = 1.0  # the curvature along the ridge
UP = 2.0  # where descents begin on the ridge, far from the saddle


class Descent(NamedTuple):
    """One descent, until just after it left the saddle.

    Attributes:
        path: (rows, 2), along the ridge and away from it.
        loss, slope: (rows,), the loss and the length of the gradient.
        gradient: (rows, 2).
    """

    path: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray

    @property
    def slope(self) -> Float[np.ndarray, " rows"]:
        """The length of the gradient at each step."""
        return np.linalg.norm(self.gradient, axis=1)


def saddle(curvature: Any, angle: Any = 0.0) -> Saddle:
    r"""The saddle $f = \frac12 s^2 - \frac\lambda2 u^2$, turned by degrees; u = 0 is its ridge."""
    return Saddle(RISE, curvature, angle)


def start(aside: float, angle: float) -> Float[np.ndarray, "2"]:
    """The point s = 2, u = `aside` of the turned saddle: far up the ridge, hardly off its crest.

    >>> start(0.0, 90.0).round(6).tolist()
    [0.0, 2.0]
    """
    turn = np.deg2rad(angle)
    return np.array([UP * np.cos(turn) - aside * np.sin(turn), UP * np.sin(turn) + aside * np.cos(turn)])


def predicted(
    nudges: Float[np.ndarray, " runs"], rate: float, curvature: float
) -> Float[np.ndarray, " runs"]:
    r"""After how many steps gradient descent is at a distance of 1 from the ridge.

    $$k = \frac{\ln(1/y_0)}{\ln(1 + \eta\lambda)}$$

    Args:
        nudges: (runs,), $y_0$, the distances from the ridge at the start.
        rate: $\eta$.
        curvature: $\lambda$, downwards across the ridge.

    Returns:
        Steps, not rounded; infinite exactly on the ridge.

    >>> predicted(np.array([1e-2, 1e-4, 1e-8]), 0.1, 1.0).round(1).tolist()
    [48.3, 96.6, 193.3]

    Source: Lee et al. 2016, arXiv:1602.04915.
    """
    with np.errstate(divide="ignore"):
        return -np.log(nudges) / np.log1p(rate * curvature)


def exit_steps(
    rule: Rule, asides: Any, descent: Any, angles: Any = 0.0, limit: int = LIMIT
) -> Float[np.ndarray, " runs"]:
    """The first step at which a run is farther than 1 from the ridge, in double precision.

    Args:
        rule: the optimizer.
        asides: the distances from the ridge at the start.
        descent: the curvature downwards across the ridge.
        angles: by how many degrees the saddle is turned. These three are numbers or (runs,).
        limit: the most steps that are taken.

    Returns:
        Whole numbers, or nan where a run was still at the saddle after `limit` steps.

    >>> exit_steps(SGD(0.1), [1e-2, 1e-4, 1e-8, 0.0], 1.0).tolist()
    [49.0, 97.0, 194.0, nan]
    >>> exit_steps(SGD(0.05), 1e-3, 0.1, [0.0, 45.0]).tolist()
    [1386.0, 1386.0]

    Source: Lee et al. 2016, arXiv:1602.04915; of turned saddles Staib et al. 2019.
    """
    runs = np.broadcast_arrays(*np.atleast_1d(asides, descent, angles))
    return in_double(_exit_steps, rule, *runs, limit=limit)


@jax.jit
def _exit_steps(rule: Rule, asides: Array, descents: Array, angles: Array, limit: Any) -> Array:
    def one(aside: Array, descent: Array, angle: Array) -> Array:
        start = jnp.stack(rotate(jnp.stack([jnp.full_like(aside, UP), aside]), angle))
        return steps_until(
            rule, saddle(descent, angle), start, lambda x: jnp.abs(rotate(x, -angle)[1]) > 1, limit
        )

    return jax.vmap(one)(asides, descents, angles)


def descend(nudge: float, rate: float, curvature: float, still: int = 1000) -> Descent:
    """Gradient descent from (2, nudge) until just after it left, or for some steps where it never does.

    Args:
        nudge: the distance from the ridge at the start; it may be zero.
        rate: the learning rate.
        curvature: downwards across the ridge.
        still: how many steps are kept of a run that does not leave.

    >>> found = descend(0.0, 0.1, 1.0)
    >>> len(found.path), float(abs(found.path[:, 1]).max())
    (1001, 0.0)
    """
    start = np.array([UP, nudge])
    found = run(SGD(rate), saddle(curvature), start, ROWS)
    left = np.flatnonzero(np.abs(found.params[:, 1]) > 1)
    rows = min(int(left[0]) + 3, len(found.params)) if len(left) else still + 1
    parts = (found.params, found.loss, found.gradient)
    return Descent(*(np.asarray(part, np.float64)[:rows] for part in parts))
