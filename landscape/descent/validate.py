"""The door: what a person gives is checked here, before anything is compiled."""

import jax
import numpy as np

from landscape.core import tree
from landscape.core.leaves import Whole, split
from landscape.core.types import Loss, Params
from landscape.descent.loop import RECORD_ALL_UP_TO
from landscape.descent.ranges import in_range, one_number
from landscape.descent.rules.rule import Rule
from landscape.descent.tracing.program import as_pytree
from landscape.descent.training.fit import point_of

BUCKETS = (300, 1_000, 5_000, 20_000)
RECORD_BYTES = 64 * 2**20


def prepare(
    rule: Rule, loss: Loss, params: Params, steps: int, noise: float, tolerance: float, batched: bool = False
) -> tuple[Rule, Params, Loss, Whole]:
    """Check everything at the door and cast it to the parameters' dtype.

    Args:
        batched: whether a hyperparameter may be an array, one value for each of several runs.

    Returns:
        The rule, the parameters that move, the loss as a function of them, and the way back to the whole.
    """
    if not isinstance(rule, Rule):
        raise TypeError(f"the rule must be an optimizer such as landscape.Adam(0.05); given {rule!r}")
    if isinstance(steps, bool) or not isinstance(steps, (int, np.integer)) or steps < 1:
        raise ValueError(f"steps must be a whole number of at least 1; given {steps!r}")
    for name, given in {"noise": noise, "tolerance": tolerance}.items():
        one_number(name, given, "[0, inf)")
    in_range(rule, batched)
    moving, whole = split("params", point_of(params))
    dtype = jax.tree.leaves(moving)[0].dtype
    return tree.cast(rule, dtype), moving, tree.cast(as_pytree(whole.loss(loss), moving), dtype), whole


def padded_steps(steps: int) -> int:
    """The recorded length: a few sizes, so that the number of steps does not recompile."""
    return next((size for size in BUCKETS if steps <= size), -(-steps // BUCKETS[-1]) * BUCKETS[-1])


def recording_plan(rule: Rule, params: Params, steps: int) -> tuple[int, int]:
    """How many rows (parameters, memory, gradient) to keep room for, and every how many steps one."""
    room = padded_steps(steps) + 1
    if tree.size(params) > RECORD_ALL_UP_TO:
        row = jax.eval_shape(lambda p: (p, p, rule.init(p)), params)
        size = sum(leaf.size * leaf.dtype.itemsize for leaf in jax.tree.leaves(row))
        room = min(room, max(2, RECORD_BYTES // size))
    return room, max(1, -(-steps // (room - 1)))
