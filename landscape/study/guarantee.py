"""Nesterov's bound on smooth convex losses, and the same schedule on a network, which has none."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Array, Float

STEPS = 500
HIDDEN, POINTS = 8, 32


@dataclass(frozen=True, eq=False)
class Race:
    """Losses above the lowest possible one, or above 0.

    Attributes:
        nesterov, descent: (steps,), after each step from the first.
        bound: (steps,), what no smooth convex loss exceeds with a rate of 1/L; None: no promise.
    """

    nesterov: Float[np.ndarray, " steps"]
    descent: Float[np.ndarray, " steps"]
    bound: Float[np.ndarray, " steps"] | None

    @property
    def share(self) -> float:
        """The most that Nesterov's loss ever is of the bound; infinite once it is lost, 0 without a bound."""
        if self.bound is None:
            return 0.0
        with np.errstate(over="ignore", invalid="ignore"):
            return float(np.nan_to_num(self.nesterov / self.bound, nan=np.inf, posinf=np.inf).max())


def bound(smoothness: float, distance: float, steps: int = STEPS) -> Float[np.ndarray, " steps"]:
    r"""What Nesterov's method keeps below on every convex loss whose gradient is L-Lipschitz.

    $$f(x_t) - f^* \le \frac{2L\,\lVert x_0 - x^*\rVert^2}{(t+1)^2}$$

    Args:
        smoothness: L.
        distance: from the start to the minimum.
        steps: t = 1 .. steps.

    >>> bound(1.0, 1.0, 3).tolist()
    [0.5, 0.2222222222222222, 0.125]

    Source: Beck & Teboulle 2009, theorem 4.4.
    """
    return 2 * smoothness * distance**2 / (np.arange(1, steps + 1) + 1.0) ** 2


@lru_cache(maxsize=64)
def convex(condition: float, scale: float = 1.0) -> Race:
    """Curvatures 1 and `condition` from (1, 1), with `scale` times the rate that the bound allows.

    >>> race = convex(1000.0)
    >>> race.bound is not None and bool((race.nesterov <= race.bound).all())
    True
    """
    with jax.enable_x64(True):
        rate = jnp.float64(scale / condition)
        both = _quadratic(jnp.asarray([1.0, condition], jnp.float64), jnp.ones(2, jnp.float64), rate)
        nesterov, descent = (np.asarray(losses) for losses in both)
    return Race(nesterov, descent, bound(condition, np.sqrt(2.0)))


@lru_cache(maxsize=64)
def network(seed: int, scale: float = 1.0) -> Race:
    """A small network that fits a cosine; the rate is `scale` over the steepest curvature at its start.

    No bound is known: the loss is not convex, and its curvature changes on the way.

    >>> race = network(0)
    >>> bool(race.nesterov[-1] < race.nesterov[0])
    True
    """
    with jax.enable_x64(True):
        sizes = 3 * HIDDEN + 1
        start = jnp.asarray(np.random.default_rng(seed).normal(size=sizes) * 0.7)
        steepest = float(np.linalg.eigvalsh(np.asarray(_curvature(start)))[-1])
        both = _fit(start, jnp.float64(scale / steepest))
        nesterov, descent = (np.asarray(losses) for losses in both)
    return Race(nesterov, descent, None)


def _race(loss: Any, start: Array, rate: Any) -> tuple[Array, Array]:
    """Nesterov with momentum (t - 1) / (t + 2), and plain descent."""
    slope = jax.grad(loss)

    def step(carry: tuple, t: Any) -> tuple:
        x, before, plain = carry
        ahead = x + (t - 1) / (t + 2) * (x - before)
        now, plain = ahead - rate * slope(ahead), plain - rate * slope(plain)
        return (now, x, plain), (loss(now), loss(plain))

    return lax.scan(step, (start, start, start), jnp.arange(1, STEPS + 1))[1]


@jax.jit
def _quadratic(curvatures: Array, start: Array, rate: Any) -> tuple[Array, Array]:
    return _race(lambda x: 0.5 * jnp.sum(curvatures * x**2), start, rate)


def _mismatch(weights: Array) -> Array:
    """The mean squared error of a network of one hidden layer on a cosine."""
    inner, shift, outer = jnp.split(weights[:-1], 3)
    x = jnp.linspace(-2.0, 2.0, POINTS)
    out = jnp.tanh(x[:, None] * inner + shift) @ outer + weights[-1]
    return jnp.mean((out - jnp.cos(jnp.pi * x / 2)) ** 2)


@jax.jit
def _fit(start: Array, rate: Any) -> tuple[Array, Array]:
    return _race(_mismatch, start, rate)


@jax.jit
def _curvature(start: Array) -> Array:
    return jax.hessian(_mismatch)(start)
