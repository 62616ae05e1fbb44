"""What a hidden layer is made of besides its activation: affine maps, normalization, dropout."""

from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from jaxtyping import Array, Float

EPS = 1e-5
KEPT = 0.9
"""The share of the running statistics that one more batch leaves standing."""

Statistics = dict[str, Array]
"""The running mean and variance of one layer's units."""

Running = list[Statistics] | None
"""One of them for each hidden layer; None without batch norm."""


def affine(layer: dict[str, Any], x: Any) -> Float[Array, "n ..."]:
    """x W + b, or a 3 x 3 convolution with a stride of 2, which halves each side of the image."""
    weight = layer["weight"]
    if weight.ndim == 2:
        return x.reshape(x.shape[0], -1) @ weight + layer["bias"]
    return (
        lax.conv_general_dilated(x, weight, (2, 2), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        + layer["bias"]
    )


def batch_norm(
    layer: dict[str, Any], z: Float[Array, "n ..."], running: Statistics | None, learning: bool
) -> tuple[Float[Array, "n ..."], Statistics | None]:
    """Each unit to mean 0 and variance 1, then gamma z + beta (Ioffe & Szegedy 2015).

    Over the batch while learning, or when there are no running statistics; by those otherwise. The
    variance is the biased one, in the running average too.
    """
    if learning or running is None:
        axes = tuple(range(z.ndim - 1))
        mean, variance = jnp.mean(z, axes), jnp.var(z, axes)
    else:
        mean, variance = running["mean"], running["variance"]
    if learning and running is not None:
        now = {"mean": mean, "variance": variance}
        running = {name: KEPT * running[name] + (1 - KEPT) * now[name] for name in now}
    return layer["gamma"] * (z - mean) * lax.rsqrt(variance + EPS) + layer["beta"], running


def layer_norm(layer: dict[str, Any], z: Float[Array, "n ..."]) -> Float[Array, "n ..."]:
    """Each example's layer to mean 0 and variance 1, then gamma z + beta (Ba, Kiros & Hinton 2016)."""
    axes = tuple(range(1, z.ndim))
    mean, variance = jnp.mean(z, axes, keepdims=True), jnp.var(z, axes, keepdims=True)
    return layer["gamma"] * (z - mean) * lax.rsqrt(variance + EPS) + layer["beta"]


def drop(key: Array, share: Any, h: Float[Array, "n ..."]) -> Float[Array, "n ..."]:
    """A share of the units at zero, the others grown so that the mean stays (Srivastava et al. 2014)."""
    return jnp.where(jax.random.bernoulli(key, 1 - share, h.shape), h / (1 - share), 0.0)
