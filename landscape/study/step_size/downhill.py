"""Where downhill points: at right angles to the contour, and seldom at the minimum."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from landscape.problems.surfaces.surface import Surface

Points = Float[np.ndarray, "points 2"]


def gradients(surface: Surface, places: Points) -> Points:
    """The gradient at many places.

    >>> from landscape.problems.surfaces.quadratics import Ravine
    >>> gradients(Ravine(20.0), np.array([[1.0, 1.0]])).tolist()
    [[1.0, 20.0]]
    """
    return np.asarray(_gradients(surface, jnp.asarray(places, jnp.float32)), np.float64)


@jax.jit
def _gradients(surface: Surface, places: jax.Array) -> jax.Array:
    return jax.vmap(jax.grad(surface))(places)


def off_course(surface: Surface, places: Points, minimum: np.ndarray) -> Float[np.ndarray, " points"]:
    """The angle between the way downhill and the way to the minimum, in degrees.

    Args:
        surface: with a gradient that is not zero there.
        places: not the minimum itself.
        minimum: (2,).

    >>> from landscape.problems.surfaces.quadratics import Ravine
    >>> off_course(Ravine(20.0), np.array([[1.0, 1.0], [1.0, 0.0]]), np.zeros(2)).round(1).tolist()
    [42.1, 0.0]
    """
    down, there = -gradients(surface, places), np.asarray(minimum) - places
    across = down[:, 0] * there[:, 1] - down[:, 1] * there[:, 0]
    return np.degrees(np.arctan2(np.abs(across), np.sum(down * there, axis=1)))


def scattered(count: int, width: float = 2.0, seed: int = 0) -> Points:
    """Random places in a square about the origin.

    >>> scattered(200).shape
    (200, 2)
    """
    return np.random.default_rng(seed).uniform(-width, width, (count, 2))
