"""Losses whose Hessian is known: quadratics of a chosen spectrum, and a very small network."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

from landscape.core.types import hyper, pytree


@pytree
class Quadratic:
    """f = x' H x / 2."""

    hessian: jax.Array

    def __call__(self, x):
        return x @ self.hessian @ x / 2


@pytree
class TinyNetwork:
    """The squared error of a tanh network with one hidden layer, on data it carries."""

    x: jax.Array
    y: jax.Array
    scale: float = hyper(1.0)

    def __call__(self, params):
        hidden = jnp.tanh(self.x @ params["in"]["weight"] + params["in"]["bias"])
        return self.scale * jnp.mean((hidden @ params["out"] - self.y) ** 2)


def quadratic(spectrum, seed=0):
    """A quadratic with these eigenvalues along random axes."""
    spectrum = np.asarray(spectrum, float)
    axes = np.linalg.qr(np.random.default_rng(seed).normal(size=(len(spectrum),) * 2))[0]
    return Quadratic(jnp.asarray((axes * spectrum) @ axes.T))


def network(seed=0, hidden=6):
    """A loss of a nested tree of parameters, 48 with six hidden units, and a point of it."""
    draw = np.random.default_rng(seed).normal
    loss = TinyNetwork(jnp.asarray(draw(size=(30, 4))), jnp.asarray(draw(size=(30, 3))))
    params = {
        "in": {"weight": draw(size=(4, hidden)), "bias": draw(size=hidden)},
        "out": draw(size=(hidden, 3)),
    }
    return loss, jax.tree.map(jnp.asarray, params)


@partial(jax.jit, compiler_options={"xla_backend_optimization_level": 3})
def dense_hessian(loss, params):
    """The whole Hessian over the raveled parameters."""
    flat, unravel = ravel_pytree(params)
    return jax.hessian(lambda x: loss(unravel(x)))(flat)
