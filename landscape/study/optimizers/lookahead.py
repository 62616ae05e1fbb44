"""One step of Nesterov's rule taken apart: jump with the velocity, measure there, correct."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import numpy as np
from jaxtyping import Float

from landscape.core.types import Loss
from landscape.descent.double import in_double
from landscape.descent.follow import follow
from landscape.descent.rules.first_order import Nesterov
from landscape.descent.tracing.program import as_pytree
from landscape.problems.surfaces.rotation import rotate

Vector = Float[np.ndarray, " n"]


@dataclass(frozen=True, eq=False)
class Jump:
    r"""One step from $W$ with the velocity $a$, as Nesterov's rule and as heavy ball takes it.

    Attributes:
        path: (steps + 1, n), the way here, $W$ last.
        here: $W$.
        velocity: $a$.
        ahead: $W - \eta\beta a$, where the jump lands and the gradient is taken.
        slope_here: $\nabla f(W)$.
        slope_ahead: the gradient at the landing.
        landing: where Nesterov's step ends, $W - \eta(\beta a + \nabla f(W - \eta\beta a))$.
        ball: where heavy ball's would, $W - \eta(\beta a + \nabla f(W))$.
    """

    path: Float[np.ndarray, "rows n"]
    here: Vector
    velocity: Vector
    ahead: Vector
    slope_here: Vector
    slope_ahead: Vector
    landing: Vector
    ball: Vector


def jump(rule: Nesterov, loss: Loss, start: Any, steps: int, most: int = 64, *, turned: float = 0.0) -> Jump:
    r"""Run Nesterov's rule for some steps and take the next one apart.

    Args:
        rule: its learning rate and momentum.
        loss: a loss of one vector.
        start: (n,), where the run begins, at rest.
        steps: how many steps before the one that is taken apart, at most `most`.
        most: the length of the compiled run; another number of steps up to it does not compile anew.
        turned: by how many degrees the velocity of a plane is turned before the step, to make it wrong.

    >>> import landscape as ls
    >>> found = jump(ls.Nesterov(0.01, 0.9), lambda x: 5 * (x**2).sum(), [1.0], 1)
    >>> [round(float(point[0]), 4) for point in (found.here, found.ahead, found.landing)]
    [0.9, 0.81, 0.729]

    Source: Nesterov 1983; Sutskever et al. 2013.
    """
    begin = np.asarray(start, np.float64)
    with jax.enable_x64(True):
        loss = as_pytree(loss, begin)
    path, velocities = in_double(_path, rule, loss, begin, steps=most + 1)
    here, velocity = path[steps], velocities[steps]
    if turned:
        velocity = np.stack(in_double(rotate, velocity, turned))
    ahead = here - float(rule.learning_rate) * float(rule.momentum) * velocity
    slope_here, slope_ahead = in_double(_slopes, loss, np.stack([here, ahead]))
    ball = ahead - float(rule.learning_rate) * slope_here
    landing = in_double(_step, rule, loss, here, velocity)
    return Jump(path[: steps + 1], here, velocity, ahead, slope_here, slope_ahead, landing, ball)


@partial(jax.jit, static_argnames="steps")
def _path(rule: Nesterov, loss: Loss, start: jax.Array, steps: int) -> tuple[jax.Array, jax.Array]:
    points, memory = follow(rule, loss, start, steps)
    return points, memory["velocity"]


@jax.jit
def _step(rule: Nesterov, loss: Loss, params: jax.Array, velocity: jax.Array) -> jax.Array:
    """One step from any point with any velocity."""
    return rule.step(loss, params, rule.init(params) | {"velocity": velocity}, None)[0]


@jax.jit
def _slopes(loss: Loss, points: jax.Array) -> jax.Array:
    return jax.vmap(jax.grad(loss))(points)
