"""Initial weights by name: how wide the first random numbers are, so whether signals survive depth."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jaxtyping import Array

Initializer = Callable[[Array, tuple[int, ...], Any], Array]
"""key, shape, dtype -> weights; the shape ends in (inputs, units), a kernel's window stands before."""

CONSTANT = 0.1
SMALL, LARGE = 0.01, 1.0


def zeros(key: Array, shape: tuple[int, ...], dtype: Any = jnp.float32) -> Array:
    """All zero: every unit of a layer stays equal to its neighbours for ever."""
    return jnp.zeros(shape, dtype)


def constant(key: Array, shape: tuple[int, ...], dtype: Any = jnp.float32) -> Array:
    """All 0.1: not zero, and no less symmetric."""
    return jnp.full(shape, CONSTANT, dtype)


def _normal(deviation: float) -> Initializer:
    def draw(key: Array, shape: tuple[int, ...], dtype: Any = jnp.float32) -> Array:
        return deviation * jax.random.normal(key, shape, dtype)

    return draw


INITIALIZERS: dict[str, Initializer] = {
    "zeros": zeros,
    "constant": constant,
    "small_normal": _normal(SMALL),
    "large_normal": _normal(LARGE),
    "lecun_normal": jax.nn.initializers.variance_scaling(1.0, "fan_in", "normal"),
    "xavier_uniform": jax.nn.initializers.glorot_uniform(),
    "xavier_normal": jax.nn.initializers.variance_scaling(1.0, "fan_avg", "normal"),
    "he_uniform": jax.nn.initializers.he_uniform(),
    "he_normal": jax.nn.initializers.variance_scaling(2.0, "fan_in", "normal"),
    "orthogonal": jax.nn.initializers.orthogonal(),
}
