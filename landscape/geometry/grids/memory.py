"""How much memory one evaluation of a loss may touch, read off its traced program."""

from typing import Any

import jax
import numpy as np

from landscape.core.jax_inside import ClosedJaxpr, Jaxpr
from landscape.core.types import Loss, Params


def footprint(loss: Loss, params: Params) -> int:
    """Bytes of the parameters and of every intermediate result: no evaluation needs more at a time.

    Args:
        loss: a pytree of arrays, params -> scalar.
        params: arrays; here and in the loss their shapes and types are enough.

    >>> footprint(jax.tree_util.Partial(lambda x: (2 * x).sum()), np.zeros(100, np.float32))
    804
    """
    closed = jax.make_jaxpr(lambda loss, params: loss(params))(loss, params)
    return sum(map(_bytes, jax.tree.leaves(params))) + _results(closed.jaxpr)


def _results(program: Jaxpr) -> int:
    """Bytes of all results in a program and in the programs it calls; a loop's body counts once."""
    total = 0
    for equation in program.eqns:
        total += sum(_bytes(variable.aval) for variable in equation.outvars)
        for inner in jax.tree.leaves(equation.params, is_leaf=lambda p: isinstance(p, (Jaxpr, ClosedJaxpr))):
            if isinstance(inner, (Jaxpr, ClosedJaxpr)):
                total += _results(inner.jaxpr if isinstance(inner, ClosedJaxpr) else inner)
    return total


def _bytes(value: Any) -> int:
    dtype = value.dtype
    return int(np.prod(value.shape)) * (dtype.itemsize if isinstance(dtype, np.dtype) else 4)
