"""A loss whose gradients are small and wrong most of the time: Adam forgets the rare large one."""

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Array, Float

from landscape.descent.rules.rule import GradientRule

STEPS = 3000


def constrained_path(rule: GradientRule, large: float, steps: int = STEPS) -> Float[np.ndarray, " rows"]:
    r"""Run a rule on [-1, 1] from 0, where every third slope is C and the others are -1.

    The mean slope is $(C - 2)/3$, above zero for C > 2, so that the best point is -1 and the worst is 1.

    Args:
        rule: one that needs gradients alone.
        large: C.
        steps: how many.

    >>> import landscape as ls
    >>> bool(constrained_path(ls.SGD(0.05), 3.0)[-1] < -0.8)
    True

    Source: Reddi, Kale & Kumar 2018, On the convergence of Adam and beyond.
    """
    with jax.enable_x64(True):
        rule = jax.tree.map(lambda leaf: jnp.asarray(leaf, jnp.float64), rule)
        return np.asarray(_run(rule, jnp.float64(large), steps))


@partial(jax.jit, static_argnums=2)
def _run(rule: GradientRule, large: Any, steps: int) -> Array:
    def step(carry: tuple, t: Any) -> tuple:
        x, state = carry
        update, state = rule.direction(jnp.where(t % 3 == 0, large, -1.0), state, x)
        x = jnp.clip(x + update, -1.0, 1.0)
        return (x, state), x

    start = jnp.float64(0.0)
    path = lax.scan(step, (start, rule.init(start)), jnp.arange(steps))[1]
    return jnp.concatenate([start[None], path])
