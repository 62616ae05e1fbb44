"""What a hidden layer is made of besides its activation: affine maps, normalization, dropout."""

from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from jaxtyping import Array, Float

EPS = 1e-5
STATISTICS_DECAY = 0.9
"""The share of the running statistics that one more batch leaves standing."""

KERNEL = (3, 3)

Statistics = dict[str, Any]
"""The running mean and variance of one layer's units."""

Running = list[Statistics] | None
"""One of them for each hidden layer; None without batch norm."""


def affine(layer: dict[str, Any], x: Any) -> Float[Array, "n ..."]:
    """x W + b; of an image's every patch where W is the kernel of a convolution."""
    weight = layer["weight"]
    if weight.ndim == 4:
        return convolution(weight, x) + layer["bias"]
    return x.reshape(x.shape[0], -1) @ weight + layer["bias"]


def convolution(kernel: Any, x: Any) -> Float[Array, "n rows columns units"]:
    """The kernel on the 3 x 3 patch around every second pixel of every second row, zeros beyond the edge.

    One matrix product, the kernel's rows with all patches of all images side by side. The examples lie
    next to each other in memory, so that a shifted image is copied a row of examples at a time: on a CPU
    twice as fast as XLA's own convolution, and many networks run side by side without slowing down. XLA
    carries this order through what follows, so that between convolutions the transpositions cost nothing.

    Args:
        kernel: (3, 3, channels, units).
        x: (n, height, width, channels).

    Returns:
        (n, ceil(height / 2), ceil(width / 2), units).
    """
    n, height, width, _ = x.shape
    rows, columns = (height + 1) // 2, (width + 1) // 2
    beyond = ((0, 0), (height % 2, 1), (width % 2, 1), (0, 0))
    images = jnp.pad(jnp.transpose(x, (3, 1, 2, 0)), beyond)
    shifted = [
        images[:, i : i + 2 * rows - 1 : 2, j : j + 2 * columns - 1 : 2]
        for i in range(KERNEL[0])
        for j in range(KERNEL[1])
    ]
    patches = jnp.concatenate(shifted).reshape(-1, rows * columns * n)
    out = kernel.reshape(len(patches), -1).T @ patches
    return jnp.transpose(out.reshape(-1, rows, columns, n), (3, 1, 2, 0))


def batch_norm(
    layer: dict[str, Any],
    z: Float[Array, "n ..."],
    running: Statistics | None,
    learning: bool,
    eps: float = EPS,
) -> tuple[Float[Array, "n ..."], Statistics | None]:
    r"""Each unit to mean 0 and variance 1, then scaled and shifted.

    $\gamma (z - \mu) / \sqrt{\sigma^2 + \epsilon} + \beta$

    The mean and the variance are the batch's, of each unit over the examples, of a filter over the pixels
    too, while learning or when there are no running ones; the running ones otherwise. The variance is the
    biased one, in the running average too (torch keeps the unbiased one there).

    Args:
        layer: with "gamma" and "beta", (units,).
        z: (n, ..., units), the affine map's values.
        running: mean and variance, (units,); None uses the batch's own.
        learning: moves the running ones on, to 0.9 of the old and 0.1 of the batch's.
        eps: keeps a unit that does not vary from dividing by zero.

    Returns:
        The normalised values, and the running statistics after this batch (Ioffe & Szegedy 2015).
    """
    if learning or running is None:
        axes = tuple(range(z.ndim - 1))
        mean, variance = jnp.mean(z, axes), jnp.var(z, axes)
    else:
        mean, variance = running["mean"], running["variance"]
    if learning and running is not None:
        now = {"mean": mean, "variance": variance}
        running = {
            name: STATISTICS_DECAY * running[name] + (1 - STATISTICS_DECAY) * now[name] for name in now
        }
    return layer["gamma"] * (z - mean) * lax.rsqrt(variance + eps) + layer["beta"], running


def layer_norm(layer: dict[str, Any], z: Float[Array, "n ..."]) -> Float[Array, "n ..."]:
    """Each example's whole layer to mean 0 and variance 1, then each unit scaled and shifted.

    Of images over pixels and filters together, with one gamma and beta a filter (torch has one a pixel;
    Flax normalises each pixel by itself). Training and evaluation are alike (Ba, Kiros & Hinton 2016).
    """
    axes = tuple(range(1, z.ndim))
    mean, variance = jnp.mean(z, axes, keepdims=True), jnp.var(z, axes, keepdims=True)
    return layer["gamma"] * (z - mean) * lax.rsqrt(variance + EPS) + layer["beta"]


def drop(key: Array, share: Any, h: Float[Array, "n ..."]) -> Float[Array, "n ..."]:
    """A share of the units at zero, the others grown so that the mean stays (Srivastava et al. 2014)."""
    return jnp.where(jax.random.bernoulli(key, 1 - share, h.shape), h / (1 - share), 0)
