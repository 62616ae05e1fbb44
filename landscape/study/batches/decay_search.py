"""Rates that fall against rates that stay, on a ravine with noise: what a decay gains, for any rule."""

from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.descent.follow import follow
from landscape.descent.rules.first_order import SGD
from landscape.descent.rules.rule import Rule
from landscape.descent.schedules.registry import SCHEDULES
from landscape.descent.schedules.schedule import Schedule
from landscape.study.batches.schedules import Listed

CURVATURES = np.array([1.0, 50.0], np.float32)
START = 5.0
STEPS, LAST, RUNS = 2_000, 200, 16


def followed(
    rule: Rule, schedule: Schedule, steps: int = STEPS, *, noise: float = 1.0, seed: int = 0
) -> np.ndarray:
    r"""The mean loss of many runs on the noisy ravine after every step, each with noise of its own.

    $$f = \tfrac12\,(x^2 + 50 y^2), \qquad g = \nabla f + \sigma n, \quad n \sim N(0, I)$$

    Args:
        rule: an optimizer that treats every parameter alone; its learning rate is the schedule's.
        schedule: the rate; its fields may be arrays that broadcast. It looks at no loss.
        steps: how many, from x = y = 5.
        noise: $\sigma$, in both coordinates.
        seed: of the noise, which is the same for every rate.

    Returns:
        (*batch, steps), the batch being what the schedule's fields broadcast to; not finite once diverged.

    >>> from landscape.descent.schedules.decays import Constant
    >>> followed(SGD(0.0), Constant(np.array([0.01, 0.02])), 10).shape
    (2, 10)
    """
    schedule = jax.tree.map(lambda leaf: jnp.asarray(leaf, jnp.float32), schedule)
    shape = np.broadcast_shapes(*(leaf.shape for leaf in jax.tree.leaves(schedule)))
    flat = jax.tree.map(lambda leaf: jnp.broadcast_to(leaf, shape).ravel(), schedule)
    rule = jax.tree.map(lambda leaf: jnp.asarray(leaf, jnp.float32), _with_rate(rule, 0.0))
    losses = _followed(rule, _rates(flat, steps), jnp.float32(noise), jax.random.key(seed))
    return np.asarray(losses, np.float64).reshape(*shape, steps)


def settled(rule: Rule, schedule: Schedule, steps: int = STEPS, **noise: Any) -> np.ndarray:
    """The mean of the last 200 losses of `followed`, of which it takes the arguments.

    >>> from landscape.descent.schedules.decays import Constant, Cosine
    >>> rates = np.array([0.01, 0.02])
    >>> kept, fallen = settled(SGD(0.0), Constant(rates)), settled(SGD(0.0), Cosine(rates, 0.0, STEPS))
    >>> bool((fallen < kept / 5).all())
    True

    Source: Robbins & Monro 1951; Bottou, Curtis & Nocedal 2018, section 4.
    """
    return followed(rule, schedule, steps, **noise)[..., -LAST:].mean(axis=-1)


def falling(name: str, rate: float, steps: int) -> Schedule:
    """A schedule for a whole run: constant, a tenth from halfway on, a cosine to zero, or 1/t to an eleventh.

    Args:
        name: "constant", "step", "cosine" or "inverse_time".
        rate: at the start.
        steps: of the run.

    >>> float(falling("step", 0.1, 100)(49)), round(float(falling("step", 0.1, 100)(50)), 3)
    (0.10000000149011612, 0.01)
    """
    fields: dict[str, dict[str, float]] = {
        "constant": {}, "step": {"factor": 0.1, "every": steps / 2}, "cosine": {"steps": steps},
        "inverse_time": {"every": steps / 10},
    }  # fmt: skip
    kinds: dict[str, Any] = SCHEDULES
    return kinds[name](value=rate, **fields[name])


def _with_rate(rule: Any, rate: Any) -> Rule:
    """The same rule at another learning rate."""
    return replace(rule, learning_rate=rate)


@partial(jax.jit, static_argnums=1)
def _rates(schedules: Schedule, steps: int) -> Array:
    """(steps, schedules), what each asks for at each step."""
    each = jax.vmap(lambda made, step: made(step), (0, None))
    return jax.vmap(each, (None, 0))(schedules, jnp.arange(steps))


@jax.jit
def _followed(rule: Rule, rates: Array, noise: Array, key: Array) -> Array:
    steps = len(rates)
    tilts = noise * jax.random.normal(key, (steps, RUNS, 2))

    def each(x: Array) -> Array:
        return jnp.sum(CURVATURES * x**2, axis=-1) / 2

    def loss(x: Array, tilt: Array) -> Array:
        """Of all runs, which are one array of parameters."""
        return each(x).sum() + jnp.sum(tilt * x)

    def one(rates: Array) -> Array:
        falling, begin = _with_rate(rule, Listed(rates)), jnp.full((RUNS, 2), START)
        return follow(falling, loss, begin, steps, tilts, lambda x, state, now: each(x).mean())[1:]

    return jax.vmap(one)(rates.T)


class Search(NamedTuple):
    """Two ways to look for a rate and a decay among a few of each.

    Attributes:
        one_by_one: (rates + decays,), the loss of each run: first every rate without a decay, then every
            decay at the best of them.
        jointly: (rates * decays,), the loss of each run, rate by rate.
    """

    one_by_one: np.ndarray
    jointly: np.ndarray


def mapped(
    rates: Float[np.ndarray, " rates"],
    decays: Float[np.ndarray, " decays"],
    noise: float = 1.0,
    seed: int = 0,
) -> Float[np.ndarray, "rates decays"]:
    r"""The loss at the end of gradient descent with $\eta_t = \eta_0 / (1 + k t)$, for every rate and decay.

    Args:
        rates: $\eta_0$.
        decays: $k$, per step, from 0.
        noise, seed: as for `settled`.

    >>> mapped(np.array([0.001, 0.01]), np.array([0.0, 0.001])).shape
    (2, 2)
    """
    every = 1 / np.maximum(decays, 1e-9)  # no decay: halved after a billion steps
    kind: Any = SCHEDULES["inverse_time"]
    return settled(SGD(0.0), kind(rates[:, None], every), noise=noise, seed=seed)


def searched(loss: Float[np.ndarray, "rates decays"]) -> Search:
    """Search one after the other and jointly in the same map, whose first column has no decay.

    >>> searched(np.array([[4.0, 3.0], [2.0, 1.0]]))
    Search(one_by_one=array([4., 2., 2., 1.]), jointly=array([4., 3., 2., 1.]))
    """
    first = np.nan_to_num(loss, nan=np.inf)[:, 0]
    return Search(np.concatenate([first, loss[np.argmin(first)]]), loss.ravel())
