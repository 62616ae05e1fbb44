"""Momentum on a parabola and down a slope: how far it overshoots, how long it takes, how it coasts."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Float

from landscape.descent.double import in_double
from landscape.descent.follow import follow
from landscape.descent.rules.rule import GradientRule, Rule


@dataclass(frozen=True)
class Settling:
    """How a run on a quadratic comes to rest.

    Attributes:
        steps: until the distance stays below the tolerance; None if it never does.
        overshoot: the lowest value of the first coordinate, which began above zero.
        lost: whether the distance grew a millionfold.
    """

    steps: int | None
    overshoot: float
    lost: bool


def settle(rule: Rule, curvatures: Any, steps: int, within: float = 1e-6) -> Settling:
    r"""Run a rule on $f = \frac12 \sum_i \lambda_i x_i^2$ from ones, in double precision.

    Args:
        rule: the optimizer.
        curvatures: (n,), the curvatures.
        steps: how many steps at most.
        within: the share of the distance at the start that counts as arrived.

    >>> import landscape as ls
    >>> settle(ls.Momentum(0.01, 0.9), [10.0], 1000).steps
    257

    Source: Polyak 1964; Lessard, Recht & Packard 2016.
    """
    path = quadratic_path(rule, curvatures, steps)
    with np.errstate(over="ignore", invalid="ignore"):
        distance = np.linalg.norm(path, axis=1)
        near = distance < within * distance[0]
        lost = bool(not np.isfinite(distance).all() or (distance > 1e6 * distance[0]).any())
    away = np.flatnonzero(~near)
    arrived = int(away[-1]) + 1
    return Settling(arrived if arrived <= steps else None, float(np.nanmin(path[:, 0])), lost)


def quadratic_path(rule: Rule, curvatures: Any, steps: int) -> Float[np.ndarray, "rows n"]:
    r"""The way of a rule on $f = \frac12 \sum_i \lambda_i x_i^2$ from ones, in double precision.

    Args:
        rule: the optimizer.
        curvatures: (n,), the curvatures.
        steps: how many steps.

    >>> import landscape as ls
    >>> quadratic_path(ls.SGD(0.5), [1.0], 2).ravel().tolist()
    [1.0, 0.5, 0.25]
    """
    return in_double(_quadratic, rule, np.asarray(curvatures), steps=steps)


@partial(jax.jit, static_argnames="steps")
def _quadratic(rule: Rule, curvatures: jax.Array, steps: int) -> jax.Array:
    def loss(x: jax.Array) -> jax.Array:
        return 0.5 * jnp.sum(curvatures * x**2)

    return follow(rule, loss, jnp.ones_like(curvatures), steps)[0]


def fed(rule: GradientRule, gradients: Any) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The steps of a rule that is fed these gradients, wherever it goes, and its memory after each.

    Args:
        rule: a rule that needs nothing but gradients.
        gradients: (steps,) or (steps, n).

    Returns:
        The steps, of the same shape, and the entries of the memory by name, each with one row for each step.

    >>> import landscape as ls
    >>> moves, memory = fed(ls.Momentum(1.0, 0.5), np.ones(3))
    >>> moves.tolist(), memory["velocity"].tolist()
    ([-1.0, -1.5, -1.75], [1.0, 1.5, 1.75])
    """
    return in_double(_fed, rule, np.asarray(gradients))


@jax.jit
def _fed(rule: GradientRule, gradients: jax.Array) -> Any:
    def step(state: Any, gradient: jax.Array) -> tuple:
        update, state = rule.direction(gradient, state, jnp.zeros_like(gradient))
        return state, (update, state)

    return lax.scan(step, rule.init(gradients[0]), gradients)[1]  # no descent: nothing moves


def weights(momentum: float, count: int) -> Float[np.ndarray, " count"]:
    r"""The weights $\rho^k$ of past gradients in the velocity, from the latest.

    >>> weights(0.5, 3).tolist()
    [1.0, 0.5, 0.25]
    """
    return momentum ** np.arange(count, dtype=np.float64)
