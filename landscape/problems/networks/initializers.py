"""Initial weights by name: how wide the first random numbers are, so whether signals survive depth.

Each takes a random key and a shape that ends in (inputs, units); a convolution's window stands before, and
counts in both fans: n_in = window * inputs, n_out = window * units. Normal means an untruncated normal.

>>> import jax
>>> weight = INITIALIZERS["he_normal"](jax.random.key(0), (200, 100))
>>> abs(float(weight.var()) - 2 / 200) < 0.0005
True
"""

import math
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jaxtyping import Array

Shape = tuple[int, ...]
Initializer = Callable[..., Array]
"""(key, shape, dtype) -> weights."""

CONSTANT = 0.1
SMALL, LARGE = 0.01, 1.0


def fans(shape: Shape) -> tuple[int, int]:
    """How many numbers feed one unit, and how many units one input feeds.

    >>> fans((64, 10)), fans((3, 3, 8, 16))
    ((64, 10), (72, 144))
    """
    window = math.prod(shape[:-2])
    return window * shape[-2], window * shape[-1]


def zeros(key: Array, shape: Shape, dtype: Any = jnp.float32) -> Array:
    """W = 0: every unit of a layer stays equal to its neighbours for ever."""
    return jnp.zeros(shape, dtype)


def constant(key: Array, shape: Shape, dtype: Any = jnp.float32) -> Array:
    """W = 0.1: not zero, and no less symmetric."""
    return jnp.full(shape, CONSTANT, dtype)


def small_normal(key: Array, shape: Shape, dtype: Any = jnp.float32) -> Array:
    """Standard deviation 0.01: in a deep network the signal dies out."""
    return _normal(key, shape, dtype, SMALL**2)


def large_normal(key: Array, shape: Shape, dtype: Any = jnp.float32) -> Array:
    """Standard deviation 1: units saturate, or the signal explodes."""
    return _normal(key, shape, dtype, LARGE**2)


def lecun_normal(key: Array, shape: Shape, dtype: Any = jnp.float32) -> Array:
    """Variance 1 / n_in: an affine map keeps the variance (LeCun et al. 1998)."""
    return _normal(key, shape, dtype, 1 / fans(shape)[0])


def xavier_uniform(key: Array, shape: Shape, dtype: Any = jnp.float32) -> Array:
    """Variance 2 / (n_in + n_out), for signal and gradient alike (Glorot & Bengio 2010)."""
    return _uniform(key, shape, dtype, 2 / sum(fans(shape)))


def xavier_normal(key: Array, shape: Shape, dtype: Any = jnp.float32) -> Array:
    """Variance 2 / (n_in + n_out), for signal and gradient alike (Glorot & Bengio 2010)."""
    return _normal(key, shape, dtype, 2 / sum(fans(shape)))


def he_uniform(key: Array, shape: Shape, dtype: Any = jnp.float32) -> Array:
    """Variance 2 / n_in: the 2 makes up for the half that ReLU cuts off (He et al. 2015)."""
    return _uniform(key, shape, dtype, 2 / fans(shape)[0])


def he_normal(key: Array, shape: Shape, dtype: Any = jnp.float32) -> Array:
    """Variance 2 / n_in: the 2 makes up for the half that ReLU cuts off (He et al. 2015)."""
    return _normal(key, shape, dtype, 2 / fans(shape)[0])


def orthogonal(key: Array, shape: Shape, dtype: Any = jnp.float32) -> Array:
    """W^T W = I, or W W^T = I where there are more units than inputs (Saxe et al. 2014).

    A kernel counts as the matrix (n_in, units). Without gain: ReLU then halves the second moment a layer.
    """
    inputs, units = fans(shape)[0], shape[-1]
    tall = jax.random.normal(key, (max(inputs, units), min(inputs, units)), dtype)
    basis, triangle = jnp.linalg.qr(tall)
    basis = basis * jnp.sign(jnp.diagonal(triangle))  # without the signs some rotations are drawn more often
    return (basis if inputs >= units else basis.T).reshape(shape)


def _normal(key: Array, shape: Shape, dtype: Any, variance: float) -> Array:
    return math.sqrt(variance) * jax.random.normal(key, shape, dtype)


def _uniform(key: Array, shape: Shape, dtype: Any, variance: float) -> Array:
    bound = math.sqrt(3 * variance)
    return jax.random.uniform(key, shape, dtype, -bound, bound)


INITIALIZERS: dict[str, Initializer] = {
    function.__name__: function
    for function in (
        zeros,
        constant,
        small_normal,
        large_normal,
        lecun_normal,
        xavier_uniform,
        xavier_normal,
        he_uniform,
        he_normal,
        orthogonal,
    )
}
