"""A loss whose gradients are small and wrong most of the time: Adam forgets the rare large one."""

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import Loss, Params, pytree
from landscape.descent.double import in_double
from landscape.descent.follow import follow
from landscape.descent.rules.rule import Rule, State

STEPS = 3000


@pytree
class Projected(Rule):
    """A rule on an interval: each step ends at the point of [-1, 1] that is nearest to where it went."""

    rule: Rule

    def init(self, params: Params) -> State:
        return self.rule.init(params)

    def step(self, loss: Loss, params: Params, state: State, key: Array | None) -> tuple[Params, State]:
        params, state = self.rule.step(loss, params, state, key)
        return jnp.clip(params, -1.0, 1.0), state


def constrained_path(rule: Rule, large: float, steps: int = STEPS) -> Float[np.ndarray, " rows"]:
    r"""Run a rule on [-1, 1] from 0, where every third slope is C and the others are -1.

    The mean slope is $(C - 2)/3$, above zero for C > 2, so that the best point is -1 and the worst is 1.

    Args:
        rule: the optimizer.
        large: C.
        steps: how many.

    >>> import landscape as ls
    >>> bool(constrained_path(ls.SGD(0.05), 3.0)[-1] < -0.8)
    True

    Source: Reddi, Kale & Kumar 2018, On the convergence of Adam and beyond.
    """
    return in_double(_run, rule, large, steps=steps)


@partial(jax.jit, static_argnames="steps")
def _run(rule: Rule, large: Any, steps: int) -> Array:
    t = jnp.arange(steps)
    slopes = jnp.where(t % 3 == 0, large, -1.0)
    return follow(Projected(rule), lambda x, slope: slope * x, jnp.zeros_like(large), steps, slopes)[0]
