"""Double precision for one call: where a claim is about mathematics and not about rounding."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscape.core import tree


def in_double(program: Callable[..., Any], *given: Any, **fixed: Any) -> Any:
    """Call a program in double precision, whatever the precision outside.

    Args:
        program: a function of arrays, compiled or not.
        given: its arguments, such as a rule, a loss and arrays: every number in them is cast, whole-number
            arrays excepted, and so is a Python number.
        fixed: keyword arguments, passed on as they are: what the program keeps static.

    Returns:
        What the program returns, with NumPy arrays for leaves.

    >>> in_double(lambda x: x / 3, 1.0).dtype
    dtype('float64')
    """
    with jax.enable_x64(True):
        cast = jax.tree.map(jnp.asarray, tree.cast(given, jnp.float64))
        return jax.tree.map(np.asarray, program(*cast, **fixed))
