"""Turning a point about the origin, for surfaces whose axes may be tilted live."""

import jax.numpy as jnp
from jaxtyping import Array, Float


def rotate(params: Float[Array, "2"], degrees: float | Float[Array, ""]) -> tuple[Array, Array]:
    """Return the point turned anticlockwise by an angle.

    >>> [round(float(c), 6) for c in rotate(jnp.array([1.0, 0.0]), 90.0)]
    [-0.0, 1.0]
    """
    x, y = params
    radians = jnp.deg2rad(jnp.asarray(degrees, params.dtype))
    cosine, sine = jnp.cos(radians), jnp.sin(radians)
    return cosine * x - sine * y, sine * x + cosine * y
