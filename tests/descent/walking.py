"""A rule's own steps, one after the other: a third of the program of `run` for each rule."""

from functools import partial
from typing import Any

import jax
from jax import lax


def walked(rule: Any, loss: Any, start: Any, steps: int) -> tuple[Any, Any]:
    """(steps + 1, ...), the parameters and the rule's memory, from the start on.

    One program for all numbers of a rule, and of a loss that is a pytree.

    >>> import numpy as np
    >>> from landscape import SGD
    >>> walked(SGD(0.25), lambda x: x**2, np.float32(1), 2)[0].tolist()
    [1.0, 0.5, 0.25]
    """
    function = jax.tree_util.treedef_is_leaf(jax.tree.structure(loss))
    loss = jax.tree_util.Partial(loss) if function else loss
    return _walked(rule, loss, jax.tree.map(jax.numpy.asarray, start), steps)


@partial(jax.jit, static_argnums=3)
def _walked(rule: Any, loss: Any, start: Any, steps: int) -> tuple[Any, Any]:
    def step(now: tuple[Any, Any], _: None) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
        return rule.step(loss, *now, jax.random.key(0)), now

    return lax.scan(step, (start, rule.init(start)), length=steps + 1)[1]
