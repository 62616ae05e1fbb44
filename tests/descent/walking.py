"""A rule's own step, compiled alone and walked in Python: a third of the program of `run` for each rule."""

from typing import Any

import jax


def walked(rule: Any, loss: Any, start: Any, steps: int) -> list[Any]:
    """The parameters after each step from the start, which is the first.

    >>> import numpy as np
    >>> from landscape import SGD
    >>> [float(x) for x in walked(SGD(0.25), lambda x: x**2, np.float32(1), 2)]
    [1.0, 0.5, 0.25]
    """
    key = jax.random.key(0)
    step = jax.jit(lambda params, state: rule.step(loss, params, state, key))
    params = jax.tree.map(jax.numpy.asarray, start)
    state, path = rule.init(params), [params]
    for _ in range(steps):
        params, state = step(params, state)
        path.append(params)
    return path
