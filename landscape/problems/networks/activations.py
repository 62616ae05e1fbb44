"""Activation functions by name: the bend between two affine maps, without which depth adds nothing.

Each takes an array of any shape and bends every entry alike; a NaN stays a NaN.

>>> import jax.numpy as jnp
>>> ACTIVATIONS["relu"](jnp.array([-2.0, 3.0])).tolist()
[0.0, 3.0]
"""

from collections.abc import Callable

import jax.numpy as jnp
from jax import lax
from jaxtyping import Array, Float

Values = Float[Array, "..."]
Activation = Callable[[Values], Values]

LEAK = 0.01
SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772
"""With these mean 0 and variance 1 are the fixed point of a SELU layer with LeCun weights."""


def sigmoid(z: Values) -> Values:
    """1 / (1 + exp(-z)), in (0, 1); its slope is 1/4 at most (Rumelhart et al. 1986)."""
    return lax.logistic(z)


def tanh(z: Values) -> Values:
    """(exp(z) - exp(-z)) / (exp(z) + exp(-z)), in (-1, 1), with slope 1 at zero (LeCun et al. 1998)."""
    return jnp.tanh(z)


def relu(z: Values) -> Values:
    """max(z, 0), with slope 0 at zero (Nair & Hinton 2010)."""
    return jnp.where(z <= 0, 0, z)


def leaky_relu(z: Values) -> Values:
    """z where positive, 0.01 z elsewhere: no unit goes silent for good (Maas et al. 2013)."""
    return jnp.where(z <= 0, LEAK * z, z)


def elu(z: Values) -> Values:
    """z where positive, exp(z) - 1 elsewhere, down to -1 (Clevert et al. 2016, alpha = 1)."""
    # Without the inner choice a large z overflows in the branch that is not taken, and its slope is NaN.
    return jnp.where(z <= 0, jnp.expm1(jnp.where(z <= 0, z, 0)), z)


def selu(z: Values) -> Values:
    """1.0507 z where positive, 1.0507 * 1.6733 (exp(z) - 1) elsewhere (Klambauer et al. 2017)."""
    return SELU_SCALE * jnp.where(z <= 0, SELU_ALPHA * elu(z), z)


def gelu(z: Values) -> Values:
    """z Phi(z) = z/2 (1 + erf(z / sqrt 2)), exact, not the tanh formula (Hendrycks & Gimpel 2016)."""
    return 0.5 * z * lax.erfc(-z * 0.5**0.5)


def silu(z: Values) -> Values:
    """z sigmoid(z), also called swish (Elfwing et al. 2018; Ramachandran et al. 2017)."""
    return z * lax.logistic(z)


def softplus(z: Values) -> Values:
    """log(1 + exp(z)), a smooth ReLU whose slope is the sigmoid (Dugas et al. 2001)."""
    return jnp.logaddexp(z, 0)


def identity(z: Values) -> Values:
    """z: no bend at all, so that a deep network is one affine map."""
    return z


ACTIVATIONS: dict[str, Activation] = {
    function.__name__: function
    for function in (sigmoid, tanh, relu, leaky_relu, elu, selu, gelu, silu, softplus, identity)
}
