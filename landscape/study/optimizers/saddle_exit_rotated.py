"""How many steps a rule needs to leave a saddle, against the angle by which the saddle is turned."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Array, Float

from landscape.descent.rules.rule import Rule
from landscape.problems.surfaces.rotation import rotate
from landscape.problems.surfaces.saddles import Saddle

RISE, FALL = 1.0, 0.1
"""The curvature up along s, and down along u."""

LIMIT = 40_000


def saddle(angle: float) -> Saddle:
    r"""The saddle $f = \frac12 s^2 - \frac1{20} u^2$ turned by an angle in degrees."""
    return Saddle(RISE, FALL, angle)


def start(angle: float, aside: float = 1e-3) -> Float[np.ndarray, "2"]:
    """The point s = 2, u = `aside` of the turned saddle: far up the ridge, hardly off its crest."""
    turn = np.deg2rad(angle)
    return np.array(
        [2 * np.cos(turn) - aside * np.sin(turn), 2 * np.sin(turn) + aside * np.cos(turn)], np.float64
    )


def exit_steps(
    rule: Rule, angles: Any, aside: float = 1e-3, limit: int = LIMIT
) -> Float[np.ndarray, " angles"]:
    """The first step at which the way out, abs(u), exceeds 1, for each angle, in double precision.

    Args:
        rule: the optimizer.
        angles: (angles,), by how many degrees the saddle is turned.
        aside: u at the start, the distance from the crest.
        limit: the most steps that are taken.

    Returns:
        Whole numbers, or nan where the run was still at the saddle after `limit` steps.

    >>> import landscape as ls
    >>> exit_steps(ls.SGD(0.05), [0.0, 45.0]).tolist()
    [1386.0, 1386.0]

    Source: Staib et al. 2019; Antonakopoulos et al. 2022.
    """
    with jax.enable_x64(True):
        rule = jax.tree.map(lambda leaf: jnp.asarray(leaf, jnp.float64), rule)
        taken = np.asarray(_leave(rule, jnp.asarray(angles, jnp.float64), aside, limit), np.float64)
    return np.where(taken > limit, np.nan, taken)


@jax.jit
def _leave(rule: Rule, angles: Array, aside: Any, limit: Any) -> Array:
    def one(angle: Any) -> Any:
        surface = Saddle(RISE, FALL, angle)
        params = jnp.stack(rotate(jnp.stack([jnp.float64(2.0), jnp.float64(aside)]), angle))

        def going(carry: tuple) -> Any:
            params, _, count = carry
            return (jnp.abs(rotate(params, -angle)[1]) <= 1) & (count <= limit)

        def step(carry: tuple) -> tuple:
            params, state, count = carry
            params, state = rule.step(surface, params, state, None)
            return params, state, count + 1

        return lax.while_loop(going, step, (params, rule.init(params), 0))[2]

    return jax.vmap(one)(angles)
