"""What a constant rate does in a valley: straight in, in one step, past and back, or ever farther out."""

from collections.abc import Callable
from enum import IntEnum
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import ArrayLike, Float, UInt8

from landscape.descent import follow
from landscape.descent.rules.first_order import SGD
from landscape.problems.surfaces.surface import Surface
from landscape.study.step_size.basins import walks

TRIED = 24
"""So many steps tell whether a run comes nearer."""
EXACT = 0.01
"""One step was enough if what is left of the distance is no more than this share."""


class Manner(IntEnum):
    """How a run in a valley of one minimum goes on."""

    MONOTONE = 0
    ONE_STEP = 1
    OVERSHOOTS = 2
    DIVERGES = 3


def manners(
    surface: Surface, rates: Float[np.ndarray, " rates"], start: float
) -> UInt8[np.ndarray, " rates"]:
    """How gradient descent goes on at every rate, each one run for real.

    A run diverges if it is farther away in the end than at first; otherwise its first step tells: it is
    there, it is past the minimum, or it is still before it.

    Args:
        surface: a curve with one minimum.
        rates: positive learning rates.
        start: where all runs begin.

    Returns:
        The `Manner` of each run.

    >>> from landscape.problems.surfaces.quadratics import Parabola
    >>> found = manners(Parabola(10.0), np.array([0.05, 0.1, 0.15, 0.21]), 1.0)
    >>> [Manner(code).name for code in found]
    ['MONOTONE', 'ONE_STEP', 'OVERSHOOTS', 'DIVERGES']

    Source: Nesterov 2004, section 1.2.3.
    """
    paths = walks(surface, rates, np.full(len(rates), start), TRIED) - float(surface.minima[0][0])
    first, second, last = paths[:, 0], paths[:, 1], paths[:, -1]
    found = np.where(first * second < 0, Manner.OVERSHOOTS, Manner.MONOTONE)
    found[np.abs(second) <= EXACT * np.abs(first)] = Manner.ONE_STEP
    found[~(np.abs(last) <= np.abs(first))] = Manner.DIVERGES
    return found.astype(np.uint8)


def steps_until(
    surface: Surface,
    rates: Float[np.ndarray, " rates"],
    start: float,
    nearer: float = 1e-6,
    farther: float = 1e6,
    limit: int = 6000,
) -> Float[np.ndarray, "2 rates"]:
    """After how many steps a run first is so near to the minimum, and first so far from it.

    Args:
        surface: a curve with one minimum.
        rates: positive learning rates; new values do not recompile.
        start: where all runs begin.
        nearer, farther: the two distances.
        limit: how many steps are run.

    Returns:
        (2, rates): the steps until near, and until far; NaN where the run never is.

    >>> from landscape.problems.surfaces.quadratics import Parabola
    >>> steps_until(Parabola(10.0), np.array([0.01, 0.1, 0.199]), 1.0)[0].tolist()
    [132.0, 1.0, 1375.0]
    """
    many = jnp.asarray(rates, jnp.float32)
    minimum = float(surface.minima[0][0])
    return np.asarray(_counted(surface, many, start, minimum, nearer, farther, limit), np.float64)


def steps_predicted(
    rates: Float[np.ndarray, " rates"], curvature: float, times: float = 1e6
) -> Float[np.ndarray, " rates"]:
    r"""After how many steps the distance on a parabola is so many times smaller, or greater.

    $$k = \frac{\ln t}{\bigl|\ln|1 - \eta\lambda|\bigr|}$$

    Args:
        rates: $\eta$.
        curvature: $\lambda$.
        times: $t$, above 1.

    Returns:
        One number for each rate, not rounded; infinite where the distance stays as it is.

    >>> steps_predicted(np.array([0.001, 0.01, 0.199, 0.201]), 10.0).round(1).tolist()
    [1374.6, 131.1, 1374.6, 1388.4]
    """
    with np.errstate(divide="ignore"):
        return np.log(times) / np.abs(np.log(np.abs(1 - np.asarray(rates, np.float64) * curvature)))


@jax.jit
def _counted(
    surface: Surface,
    rates: jax.Array,
    start: ArrayLike,
    minimum: ArrayLike,
    nearer: ArrayLike,
    farther: ArrayLike,
    limit: ArrayLike,
) -> jax.Array:
    def off(x: jax.Array) -> jax.Array:
        return jnp.abs(x[0] - minimum)

    def count(rate: Any, there: Callable[[jax.Array], jax.Array]) -> jax.Array:
        return follow.steps_until(SGD(rate), surface, jnp.full(1, start, rate.dtype), there, limit)

    ends = (lambda x: off(x) < nearer, lambda x: off(x) > farther)
    return jnp.stack([jax.vmap(partial(count, there=there))(rates) for there in ends])
