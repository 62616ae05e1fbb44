"""A small dense network as a plain dict, in JAX and once more in NumPy's double precision."""

import jax
import jax.numpy as jnp
import numpy as np

from landscape.core.types import pytree, static

RANDOM = np.random.default_rng(7)
X = RANDOM.normal(size=(30, 5)).astype(np.float32)
Y = RANDOM.integers(0, 3, 30)


def weights(seed=0):
    """5 inputs, 8 hidden units, 3 classes; biases that are not zero."""
    random = np.random.default_rng(seed)
    return {
        name: random.normal(size=shape).astype(np.float32)
        for name, shape in {"w1": (5, 8), "b1": (8,), "w2": (8, 3), "b2": (3,)}.items()
    }


def outputs(params, x):
    return jax.nn.relu(x @ params["w1"] + params["b1"]) @ params["w2"] + params["b2"]


def loss_of(x, y):
    """The mean cross-entropy, with its data captured."""

    def loss(params):
        z = outputs(params, x)
        return jnp.mean(jax.nn.logsumexp(z, axis=1) - jnp.take_along_axis(z, y[:, None], 1)[:, 0])

    return loss


def accuracy(params):
    return jnp.mean(jnp.argmax(outputs(params, X), axis=1) == Y)


loss = loss_of(X, Y)


def in_numpy(params):
    """The loss and the accuracy, computed without JAX."""
    w1, b1, w2, b2 = (params[name].astype(np.float64) for name in ("w1", "b1", "w2", "b2"))
    z = np.maximum(X.astype(np.float64) @ w1 + b1, 0) @ w2 + b2
    rows = np.arange(len(Y))
    return float(np.mean(np.log(np.exp(z).sum(axis=1)) - z[rows, Y])), float(np.mean(z.argmax(axis=1) == Y))


@pytree
class Wide:
    """A loss that computes with a large matrix: so many megabytes at every point."""

    megabytes: int = static(default=16)

    def __call__(self, params):
        side = 512 * self.megabytes
        return jnp.sum(jnp.outer(jnp.sin(jnp.arange(side) * params["w"].sum()), jnp.ones(512)) ** 2) / side
