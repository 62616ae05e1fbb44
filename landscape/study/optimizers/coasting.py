"""A slope that ends in a plateau: how momentum gathers speed on the one and coasts on the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import pytree
from landscape.descent.double import in_double
from landscape.descent.follow import follow
from landscape.descent.rules.first_order import Momentum
from landscape.problems.surfaces.surface import Surface
from landscape.study.optimizers.momentum import fed, weights

STEPS = 1500
"""How many steps are followed."""


@pytree
class Slide(Surface):
    """A slope of 1 that ends at 0 in a plateau: max(-x, 0)."""

    name = "slide"
    latex = r"f(x) = \max(-x, 0)"
    citation = "Polyak 1964"
    dimension = 1
    domain = ((-10.0, 10.0),)
    origin = (-10.0,)

    def __call__(self, params: Float[Array, "1"]) -> Float[Array, ""]:
        return jax.nn.relu(-params[0])


@dataclass(frozen=True, eq=False)
class Coast:
    """A run down the slide and along the plateau.

    Attributes:
        path: (steps + 1,), where it is.
        gradients: (steps,), what was measured before each step.
        velocity: (steps,), after each.
        edge: the step after which it is on the plateau; None if it never gets there.
        beyond: how far it still goes from there, measured.
        promised: the same by theory, from the velocity at the edge.
    """

    path: Float[np.ndarray, " rows"]
    gradients: Float[np.ndarray, " steps"]
    velocity: Float[np.ndarray, " steps"]
    edge: int | None
    beyond: float
    promised: float


def coast(rate: float, momentum: float, length: float, steps: int = STEPS) -> Coast:
    r"""Let momentum go at the top of a slide, in double precision.

    From the edge on nothing pushes, and the velocity $v$ that is left carries it on by

    $$\eta \sum_{k \ge 1} \beta^k v = \frac{\eta\beta}{1-\beta}\,v$$

    Args:
        rate: $\eta$.
        momentum: $\beta$; 0 is gradient descent.
        length: of the slope.
        steps: how many.

    >>> ball, plain = coast(0.1, 0.9, 100.0), coast(0.1, 0.0, 100.0)
    >>> round(ball.beyond, 2), round(ball.promised, 2), round(plain.beyond, 2)
    (9.0, 9.0, 0.0)

    Source: Polyak 1964.
    """
    path, gradients, velocity = in_double(_slide, Momentum(rate, momentum), length, steps=steps)
    over = np.flatnonzero(path > -1e-9)
    if not len(over):
        return Coast(path, gradients, velocity, None, float("nan"), float("nan"))
    edge = int(over[0])
    speed = velocity[edge - 1]
    return Coast(
        path, gradients, velocity, edge, float(path[-1] - path[edge]),
        float(-rate * momentum / (1 - momentum) * speed),
    )  # fmt: skip


@partial(jax.jit, static_argnames="steps")
def _slide(rule: Momentum, length: Any, steps: int) -> tuple[Array, Array, Array]:
    def loss(x: Array) -> Array:
        # A slope that ended within rounding of the edge would push once more.
        return jnp.where(x < -1e-9, -x, 0.0)

    path, memory = follow(rule, loss, -length, steps)
    return path, jax.vmap(jax.grad(loss))(path[:-1]), memory["velocity"][1:]


def by_age(
    gradients: Float[np.ndarray, " steps"], momentum: float, ages: Sequence[int]
) -> Float[np.ndarray, "groups steps"]:
    r"""The velocity at each step, split by how long ago its gradients were measured.

    $$a_t = \sum_k \beta^k g_{t-k}$$

    Args:
        gradients: (steps,), as they were measured.
        momentum: $\beta$.
        ages: where each group begins, from 0; the last has no end.

    >>> by_age(np.ones(4), 0.5, (0, 1)).tolist()
    [[1.0, 1.0, 1.0, 1.0], [0.0, 0.5, 0.75, 0.875]]
    """
    steps = len(gradients)
    kept = weights(momentum, steps)
    ends = [*ages[1:], steps]
    groups = []
    for low, high in zip(ages, ends, strict=True):
        part = np.where((np.arange(steps) >= low) & (np.arange(steps) < high), kept, 0.0)
        groups.append(np.convolve(gradients, part)[:steps])
    return np.array(groups)


@dataclass(frozen=True, eq=False)
class BuildUp:
    """How the velocity grows under a gradient of 1: each step's, its end, and when it has 63 % of it."""

    velocity: Float[np.ndarray, " steps"]
    terminal: float
    steps: int


@lru_cache(maxsize=64)
def build_up(momentum: float, steps: int = 3000) -> BuildUp:
    r"""Feed momentum a gradient of 1 until its velocity is $1/(1-\beta)$.

    Args:
        momentum: $\beta$, at most 0.99.
        steps: how many gradients.

    >>> found = build_up(0.9)
    >>> round(found.terminal, 4), found.steps
    (10.0, 10)
    """
    velocity = fed(Momentum(1.0, momentum), np.ones(steps))[1]["velocity"]
    reached = velocity >= (1 - np.exp(-1)) / (1 - momentum)
    return BuildUp(velocity, float(velocity[-1]), int(np.argmax(reached)) + 1)
