"""Activation functions by name: the bend between two affine maps, without which depth adds nothing."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

Activation = Callable[[Float[Array, "..."]], Float[Array, "..."]]


def identity(z: Float[Array, "..."]) -> Float[Array, "..."]:
    """z: no bend at all, so that a deep network is one affine map."""
    return z


def gelu(z: Float[Array, "..."]) -> Float[Array, "..."]:
    """z Phi(z) with the exact Gaussian distribution function (Hendrycks & Gimpel 2016)."""
    return jax.nn.gelu(z, approximate=False)


ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": jax.nn.sigmoid,
    "tanh": jnp.tanh,
    "relu": jax.nn.relu,
    "leaky_relu": jax.nn.leaky_relu,
    "elu": jax.nn.elu,
    "selu": jax.nn.selu,
    "gelu": gelu,
    "silu": jax.nn.silu,
    "softplus": jax.nn.softplus,
    "identity": identity,
}
