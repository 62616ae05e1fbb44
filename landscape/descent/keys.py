"""Random keys at the door: JAX's own of either style, or a seed."""

from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array

Key = Any
"""A key of `jax.random.key` or `jax.random.PRNGKey`, a seed, or None for the same key every time."""


def as_key(key: Any) -> Array:
    """One random key.

    Args:
        key: a key of either style, a whole number, its seed, or None, `jax.random.key(0)`.

    Raises:
        TypeError: for anything else.

    >>> bool(as_key(7) == jax.random.key(7)), bool(as_key(None) == as_key(jax.random.PRNGKey(0)))
    (True, True)
    """
    if key is None:
        return _first()
    if isinstance(key, (int, np.integer)) and not isinstance(key, bool):
        return jax.random.key(int(key))
    if isinstance(key, jax.Array) and jnp.issubdtype(key.dtype, jax.dtypes.prng_key) and not key.ndim:
        return key
    if isinstance(key, (jax.Array, np.ndarray)) and key.dtype == np.uint32 and key.shape == (2,):
        return jax.random.wrap_key_data(jnp.asarray(key))
    raise TypeError(f"key must be jax.random.key(seed), or the seed itself, a whole number; given {key!r}")


@cache
def _first() -> Array:
    return jax.random.key(0)
