"""Networks written out layer by layer in NumPy and double precision, and data of noise to try them on."""

import jax
import jax.numpy as jnp
import numpy as np
from scipy import special
from scipy.signal import correlate2d

from landscape.problems.data.splits import Dataset, Split

DEFINITIONS = {
    "sigmoid": special.expit,
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "leaky_relu": lambda z: np.maximum(z, 0) + 0.01 * np.minimum(z, 0),
    "elu": lambda z: np.maximum(z, 0) + np.expm1(np.minimum(z, 0)),
    "selu": lambda z: 1.05070098735548 * np.where(z > 0, z, 1.67326324235438 * np.expm1(np.minimum(z, 0))),
    "gelu": lambda z: z * special.ndtr(z),
    "silu": lambda z: z * special.expit(z),
    "softplus": lambda z: np.logaddexp(0, z),
    "identity": lambda z: z,
}
"""Activations as their papers define them."""


def made(shape=(5, 4, 2), classes=3, examples=40, seed=0):
    """A data set of noise; its three splits are one."""
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(examples, *shape)).astype(np.float32)
    y = draw.integers(0, classes, examples).astype(np.int32) if classes else x.reshape(examples, -1)[:, 0]
    return Dataset("noise", *[Split(x, y)] * 3, classes=classes)


def parameters(network, data, dtype=jnp.float32):
    """Drawn parameters, moved so that no bias, gamma or beta is at its first value."""
    params = network.init(jax.random.key(0), data)
    draw = np.random.default_rng(1)
    return jax.tree.map(lambda a: jnp.asarray(a + 0.3 * draw.normal(size=a.shape), dtype), params)


def convolved(x, kernel):
    """SciPy's correlation of each channel at every pixel, then every second one kept."""
    odd = [(0, 0), *((size % 2, 1) for size in x.shape[1:3]), (0, 0)]
    x = np.pad(x, odd)
    return np.array([
        [
            sum(correlate2d(image[:, :, c], kernel[:, :, c, f], mode="valid") for c in range(image.shape[2]))
            for f in range(kernel.shape[3])
        ]
        for image in x
    ])[:, :, ::2, ::2].transpose(0, 2, 3, 1)  # fmt: skip


def reference(network, params, x, running=None):
    """Outputs and hidden activations in double precision, by the equations."""
    params = jax.tree.map(lambda a: np.asarray(a, np.float64), params)
    h, hidden = np.asarray(x, np.float64), []
    for i, layer in enumerate(params):
        weight = layer["weight"]
        z = convolved(h, weight) if weight.ndim == 4 else h.reshape(len(h), -1) @ weight
        z = z + layer["bias"]
        if i == len(params) - 1:
            return z[:, 0] if z.shape[1] == 1 else z, hidden
        if network.normalization != "none":
            axes = tuple(range(z.ndim - 1)) if network.normalization == "batch" else tuple(range(1, z.ndim))
            mean, variance = z.mean(axis=axes, keepdims=True), z.var(axis=axes, keepdims=True)
            if running is not None:
                mean, variance = np.asarray(running[i]["mean"]), np.asarray(running[i]["variance"])
            z = layer["gamma"] * (z - mean) / np.sqrt(variance + 1e-5) + layer["beta"]
        out = DEFINITIONS[network.activation](z)
        h = out + h if network.skip and out.shape == h.shape else out
        hidden.append(h)
    raise AssertionError("a network has an output layer")
