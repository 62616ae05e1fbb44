"""The shape of a loss curve: what it says of the learning rate."""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree
from jaxtyping import Array, Float

from landscape.core.types import Loss, Params
from landscape.descent.follow import follow
from landscape.descent.rules.first_order import SGD
from landscape.descent.rules.rule import Rule, State
from landscape.study.common.noisy_cosine import wave
from landscape.study.sharpness.edge_of_stability import NETWORK, HalfSquares

DIVERGED, HIGH, LOW, GOOD = "diverged", "high", "low", "good"
BEHIND = 1.5
"""A loss that ends above so many times the best of its ladder has not got far enough."""
TURNING = 0.2
"""Where more than this share of the steps turn back on the one before, the run jumps back and forth."""
RISEN = 1.001
"""A loss above so many times its start has risen, not only been rounded."""


class Ladder(NamedTuple):
    """Gradient descent at several rates from one start.

    Attributes:
        rates: (runs,).
        loss: (runs, frames).
        cosine: (runs, steps - 1), between each step and the one before; nan where one has no length.
    """

    rates: np.ndarray
    loss: np.ndarray
    cosine: np.ndarray


def ladder(loss: Loss, params: Params, rates: Float[np.ndarray, " runs"], steps: int) -> Ladder:
    """Full-batch gradient descent at several rates at once.

    Args:
        loss: a loss that is a pytree.
        params: where all begin.
        rates: learning rates.
        steps: of each.

    >>> from landscape.problems.surfaces.quadratics import Parabola
    >>> found = ladder(Parabola(10.0), np.ones(1, np.float32), np.array([0.05, 0.199]), 3)
    >>> found.loss.shape, found.cosine[:, 0].tolist()
    ((2, 4), [1.0, -1.0])
    """
    made = _ladder(loss, params, jnp.asarray(rates, jnp.float32), steps)
    return Ladder(np.asarray(rates), *(np.asarray(part, np.float64) for part in made))


def _run(loss: Loss, params: Params, rates: Array, steps: int) -> tuple[Array, Array]:
    flat, unravel = ravel_pytree(params)

    def of(x: Array) -> Array:
        return loss(unravel(x))

    def run(rate: Any) -> tuple[Array, Array]:
        def record(x: Array, state: State, now: Rule) -> tuple[Array, Array]:
            return jax.value_and_grad(of)(x)

        values, slopes = follow(SGD(rate), of, flat, steps, record=record)
        length = jnp.linalg.norm(slopes, axis=1)
        dots = jnp.sum(slopes[1:] * slopes[:-1], axis=1)
        return values, (dots / (length[1:] * length[:-1]))[:-1]

    return jax.vmap(run)(rates)


_ladder = jax.jit(_run, static_argnums=3, compiler_options={"xla_backend_optimization_level": 3})


def turned(found: Ladder) -> np.ndarray:
    """The share of each run's steps that turn back on the one before: their cosine is below zero.

    >>> from landscape.problems.surfaces.quadratics import Parabola
    >>> turned(ladder(Parabola(10.0), np.ones(1, np.float32), np.array([0.05, 0.199]), 3)).tolist()
    [0.0, 1.0]
    """
    with np.errstate(invalid="ignore"):
        return np.mean(found.cosine < 0, axis=1)


def labels(found: Ladder) -> list[str]:
    """What each loss curve says of its rate: "diverged", "high", "low" or "good".

    Diverged: the loss is not finite, or ends above its start. High: more than a fifth of the steps turn back
    on the step before, or the loss once stood above its start, as both do near and above 2 / curvature. Low:
    the loss ends above one and a half times the best of these runs. Good: the rest.

    Args:
        found: runs of one problem.

    >>> from landscape.problems.surfaces.quadratics import Parabola
    >>> labels(ladder(Parabola(10.0), np.ones(1, np.float32), np.array([0.001, 0.1, 0.199, 0.3]), 500))
    ['low', 'good', 'high', 'diverged']

    Source: the loss curves of Stanford CS231n, lecture 7.
    """
    lost = ~np.isfinite(found.loss[:, -1]) | (found.loss[:, -1] > found.loss[:, 0])
    best = found.loss[~lost, -1].min(initial=np.inf)
    high = (turned(found) > TURNING) | (found.loss > RISEN * found.loss[:, :1]).any(axis=1)
    low = found.loss[:, -1] > BEHIND * best
    return np.select([lost, high, low], [DIVERGED, HIGH, LOW], GOOD).tolist()


def fitted(rates: Float[np.ndarray, " rates"], steps: int, seed: int = 0) -> Ladder:
    """The ladder of a small tanh network that fits a noisy wave with all examples in every step.

    Args:
        rates: learning rates.
        steps: of each.
        seed: of the examples and of the start.

    >>> fitted(np.array([0.01, 0.1]), 10).loss.shape
    (2, 11)
    """
    data = wave(seed)
    loss = HalfSquares(NETWORK.without_initializer(), *data.train)
    return ladder(loss, NETWORK.init(jax.random.key(seed), data), rates, steps)
