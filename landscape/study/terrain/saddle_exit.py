"""How long gradient descent waits at a saddle: as long as its distance from the ridge takes to grow."""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Float

from landscape.descent.rules.first_order import SGD
from landscape.descent.run import run
from landscape.problems.surfaces.saddles import Saddle

LIMIT = 20_000
ROWS = 3000  # of a recorded descent
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


def saddle(curvature: Any) -> Saddle:
    r"""The saddle $f = \frac12 x^2 - \frac\lambda2 y^2$, whose ridge is the line y = 0."""
    return Saddle(1.0, curvature, 0.0)


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


def counted(nudges: Any, rate: float, curvature: float) -> Float[np.ndarray, " runs"]:
    """After how many steps gradient descent really is farther than 1 from the ridge, in double precision.

    Args:
        nudges: (runs,), the distances from the ridge at the start.
        rate: the learning rate.
        curvature: downwards across the ridge.

    Returns:
        Whole numbers, or nan where it never left.

    >>> counted([1e-2, 1e-4, 1e-8, 0.0], 0.1, 1.0).tolist()
    [49.0, 97.0, 194.0, nan]
    """
    with jax.enable_x64(True):
        given = (jnp.asarray(value, jnp.float64) for value in (nudges, rate, curvature))
        found = np.asarray(_counted(*given), np.float64)
    return np.where(found > LIMIT, np.nan, found)


@jax.jit
def _counted(nudges: jax.Array, rate: jax.Array, curvature: jax.Array) -> jax.Array:
    surface, slope = saddle(curvature), jax.grad(Saddle.__call__, argnums=1)  # pyright: ignore[reportArgumentType]

    def one(nudge: Any) -> Any:
        def going(carry: tuple) -> Any:
            return (jnp.abs(carry[0][1]) <= 1) & (carry[1] <= LIMIT)

        def step(carry: tuple) -> tuple:
            return carry[0] - rate * slope(surface, carry[0]), carry[1] + 1

        return lax.while_loop(going, step, (jnp.stack([jnp.full_like(nudge, UP), nudge]), 0))[1]

    return jax.vmap(one)(nudges)


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
