"""Nesterov's bound on smooth convex losses, and the same schedule on a network, which has none."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float

from landscape.core.types import Loss, Params, Scalar, pytree
from landscape.descent.double import in_double
from landscape.descent.follow import follow
from landscape.descent.rules.first_order import SGD
from landscape.descent.rules.rule import Rule, State
from landscape.descent.schedules.schedule import Schedule
from landscape.study.common.noisy_cosine import cosine

STEPS = 500
HIDDEN, POINTS = 8, 32
DRAWS = 100


@dataclass(frozen=True, eq=False)
class Race:
    """Losses above the lowest possible one, or above 0.

    Attributes:
        nesterov, descent: (steps,), after each step from the first.
        bound: (steps,), what no smooth convex loss exceeds with a rate of at most 1/L; None: no guarantee.
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


def bound(rate: float, distance: float, steps: int = STEPS) -> Float[np.ndarray, " steps"]:
    r"""What Nesterov's method keeps below on every convex loss whose gradient is L-Lipschitz.

    $$f(x_t) - f^* \le \frac{2\,\lVert x_0 - x^*\rVert^2}{\eta\,(t+1)^2}, \qquad \eta \le \frac1L$$

    Args:
        rate: its learning rate; above 1/L nothing is guaranteed.
        distance: from the start to the minimum.
        steps: t = 1 .. steps.

    >>> bound(1.0, 1.0, 3).tolist()
    [0.5, 0.2222222222222222, 0.125]

    Source: Beck & Teboulle 2009, theorem 4.4.
    """
    return 2 * distance**2 / rate / (np.arange(1, steps + 1) + 1.0) ** 2


@lru_cache(maxsize=64)
def convex(condition: float, scale: float = 1.0) -> Race:
    """Curvatures 1 and `condition` from (1, 1), with `scale` times the rate that the bound allows.

    >>> race = convex(1000.0)
    >>> race.bound is not None and bool((race.nesterov <= race.bound).all())
    True
    """
    nesterov, descent = in_double(_quadratic, np.array([1.0, condition]), np.ones(2), scale / condition)
    return Race(nesterov, descent, bound(scale / condition, np.sqrt(2.0)))


@lru_cache(maxsize=256)
def network(seed: int, scale: float = 1.0) -> Race:
    """A small network that fits a cosine; the rate is `scale` over the steepest curvature at its start.

    No bound is known: the loss is not convex, and its curvature changes on the way.

    Args:
        seed: of its first weights.
        scale: the learning rate times that curvature.

    >>> race = network(0)
    >>> bool(race.nesterov[-1] < race.nesterov[0])
    True
    """
    start = 0.7 * np.random.default_rng(seed).normal(size=3 * HIDDEN + 1)
    steepest = float(np.linalg.eigvalsh(in_double(_curvature, start))[-1])
    nesterov, descent = in_double(_fit, start, scale / steepest)
    return Race(nesterov, descent, None)


@lru_cache(maxsize=1)
def ahead() -> Bool[np.ndarray, " draws"]:
    """For each of `DRAWS` first weights, whether Nesterov ends lower than plain descent, at a rate of 1/L.

    >>> ahead().sum().item(), np.flatnonzero(~ahead()).tolist()
    (99, [0])
    """
    races = [network(seed) for seed in range(DRAWS)]
    return np.array([race.nesterov[-1] < race.descent[-1] for race in races])


def momentum(t: Any) -> Any:
    r"""What Nesterov's method carries on at step t = 1, 2, ..: $(t - 1) / (t + 2)$.

    >>> [momentum(t) for t in (1, 4)]
    [0.0, 0.5]
    """
    return (t - 1) / (t + 2)


@pytree
class Growing(Schedule):
    """That momentum as a schedule, whose first step is 0."""

    def __call__(self, step: Any, state: Any = ()) -> Scalar:
        return momentum(step + 1)


@pytree
class Accelerated(Rule):
    """`Nesterov` as the bound's proof has it: its velocity is the last step; the points are the same.

    ahead = x + momentum * (x - the point before)
    x <- ahead - lr * grad f(ahead)
    """

    learning_rate: float
    momentum: Growing

    def init(self, params: Params) -> State:
        return {"before": params}

    def step(self, loss: Loss, params: Params, state: State, key: object) -> tuple[Params, State]:
        ahead = params + self.momentum * (params - state["before"])
        return ahead - self.learning_rate * jax.grad(loss)(ahead), {"before": params}


def _race(loss: Callable[[Array], Array], start: Array, rate: Any) -> tuple[Array, Array]:
    """Nesterov with its growing momentum, and plain descent: the losses after each step."""
    rules = Accelerated(rate, Growing()), SGD(rate)
    nesterov, descent = (
        follow(rule, loss, start, STEPS, record=lambda x, state, now: loss(x))[1:] for rule in rules
    )
    return nesterov, descent


@jax.jit
def _quadratic(curvatures: Array, start: Array, rate: Any) -> tuple[Array, Array]:
    return _race(lambda x: 0.5 * jnp.sum(curvatures * x**2), start, rate)


def _mismatch(weights: Array) -> Array:
    """The mean squared error of a network of one hidden layer on a cosine."""
    inner, shift, outer = jnp.split(weights[:-1], 3)
    x = jnp.linspace(-2.0, 2.0, POINTS)
    out = jnp.tanh(x[:, None] * inner + shift) @ outer + weights[-1]
    return jnp.mean((out - cosine(x)) ** 2)


@jax.jit
def _fit(start: Array, rate: Any) -> tuple[Array, Array]:
    return _race(_mismatch, start, rate)


@jax.jit
def _curvature(start: Array) -> Array:
    return jax.hessian(_mismatch)(start)
