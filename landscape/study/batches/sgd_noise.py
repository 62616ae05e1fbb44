"""Gradient descent with noise on one curvature: the floor it cannot get below, and when to lower the rate."""

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import Scalar, hyper, pytree
from landscape.descent.follow import follow
from landscape.descent.rules.first_order import SGD
from landscape.descent.rules.rule import State
from landscape.descent.schedules.schedule import Schedule

RUNS = 64
"""Runs at once, each with its own noise."""
WINDOW, SHARE = 200, 0.95
"""A loss stands still when the mean of so many losses is above that share of the mean of as many before."""


@pytree
class Drop(Schedule):
    r"""One fall: the value before a step, the value times a factor from then on.

    Args:
        value: the value before.
        factor: what is left of it.
        at: the first step of the lower value.

    >>> [round(float(Drop(0.2, 0.1, 10)(t)), 4) for t in (0, 9, 10, 99)]
    [0.2, 0.2, 0.02, 0.02]

    Source: He et al. 2016, section 3.4.
    """

    value: float = hyper(0.2, 1e-4, 2.0, log=True)
    factor: float = hyper(0.1, 0.001, 1.0, log=True)
    at: float = hyper(2_000, 1, 20_000, log=True)

    def __call__(self, step: int | Array, state: tuple = ()) -> Scalar:
        return jnp.where(step < jnp.asarray(self.at), self.value, self.value * jnp.asarray(self.factor))


class Descents(NamedTuple):
    """Runs of gradient descent with noise.

    Attributes:
        x: (runs, frames), where each one is.
        rate: (runs, frames), the learning rate of the step that leaves there.
        loss: (runs, frames), half the curvature times the square of x.
    """

    x: np.ndarray
    rate: np.ndarray
    loss: np.ndarray


def descend(
    schedule: Schedule,
    steps: int,
    *,
    curvature: float = 1.0,
    noise: float = 1.0,
    start: float = 1.0,
    seed: int = 0,
    runs: int = RUNS,
) -> Descents:
    r"""Many runs of gradient descent on one curvature, with noise of their own in every gradient.

    $$x_{k+1} = x_k - \eta_k\,(\lambda x_k + \sigma n_k), \qquad n_k \sim N(0, 1)$$

    Args:
        schedule: $\eta_k$; it is told each run's own loss.
        steps: how many.
        curvature: $\lambda$; below zero it is a ridge.
        noise: $\sigma$.
        start: $x_0$ of all runs.
        seed: of the noise.
        runs: how many.

    >>> found = descend(Drop(0.2, 0.1, 10), 20, noise=0.0, runs=2)
    >>> found.x.shape, round(float(found.x[0, 1]), 4)
    ((2, 21), 0.8)

    Source: Robbins and Monro 1951; Bottou, Curtis and Nocedal 2018, section 4.
    """
    key = jax.random.key(seed)
    made = _descend(
        schedule, jnp.float32(curvature), jnp.float32(noise), jnp.float32(start), key, steps, runs
    )
    return Descents(*(np.asarray(part, np.float64) for part in made))


@partial(jax.jit, static_argnums=(5, 6))
def _descend(
    schedule: Any, curvature: Array, noise: Array, start: Array, key: Array, steps: int, runs: int
) -> tuple[Array, ...]:
    tilts = noise * jax.random.normal(key, (steps + 1, runs))[:-1]

    def loss(x: Array, tilt: Any = 0.0) -> Array:
        # Tilted about the point itself: another slope, and the value that the schedule is told stays.
        return curvature * x**2 / 2 + tilt * (x - jax.lax.stop_gradient(x))

    def record(x: Array, state: State, now: Any) -> tuple[Array, ...]:
        return x, jnp.asarray(now.learning_rate), loss(x)

    return jax.vmap(lambda each: follow(SGD(schedule), loss, start, steps, each, record), 1)(tilts)


def floor(rate: float, noise: float = 1.0, curvature: float = 1.0) -> float:
    r"""The mean loss that noise keeps gradient descent at.

    $$L_\infty = \frac{\eta\,\sigma^2}{2\,(2 - \eta\lambda)}$$

    Args:
        rate: $\eta$, below $2/\lambda$.
        noise: $\sigma$.
        curvature: $\lambda$.

    >>> round(floor(0.2), 4), round(floor(0.02), 4)
    (0.0556, 0.0051)

    Source: Bottou, Curtis and Nocedal 2018, theorem 4.6.
    """
    return 0.5 * rate * noise**2 / (2 - rate * curvature)


def stands_still(
    loss: Float[np.ndarray, " frames"], window: int = WINDOW, share: float = SHARE
) -> int | None:
    """The first step at which a loss has stopped falling, or None.

    Args:
        loss: after every step.
        window: how many losses are averaged, now and before.
        share: at most this share of the earlier mean counts as falling.

    >>> stands_still(np.array([8.0, 4.0, 2.0, 1.0, 1.0, 1.0, 1.0]), window=2)
    6
    """
    total = np.cumsum(np.concatenate([[0.0], loss]))
    ends = np.arange(2 * window, len(loss) + 1)
    late, early = total[ends] - total[ends - window], total[ends - window] - total[ends - 2 * window]
    still = np.flatnonzero(late > share * early)
    return int(ends[still[0]]) - 1 if len(still) else None
