"""What a point of a surface is: a minimum, a maximum, a saddle, degenerate, or not critical at all."""

from enum import StrEnum
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import Loss, pytree
from landscape.descent.double import in_double
from landscape.problems.surfaces.registry import SURFACES

FLAT = 1e-6
"""A gradient no longer than this counts as zero, where Newton's method has found the point."""
CURVED = 5.0
"""A curvature no larger than so many times the root of that counts as zero: beside the inflection of x^3,
where the gradient is still g, the curvature is still 3.5 times the root of g."""
ROUNDS = 80


class Kind(StrEnum):
    """What a point is by its gradient and its curvatures."""

    NONE = "none"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    SADDLE = "saddle"
    DEGENERATE = "degenerate"


@pytree
class Hill:
    """The bowl turned upside down, f = -(x^2 + y^2)."""

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        return -jnp.sum(params**2)


PROBED: dict[str, Any] = {
    "six_hump_camel": SURFACES["six_hump_camel"],
    "saddle": SURFACES["saddle"],
    "bowl": SURFACES["bowl"],
    "hill": Hill(),
    "monkey_saddle": SURFACES["monkey_saddle"],
    "himmelblau": SURFACES["himmelblau"],
}
"""Surfaces with critical points of every kind."""


class Probe(NamedTuple):
    """A point of a surface and what it is.

    Attributes:
        point: (2,).
        value: the surface's.
        gradient: (2,).
        eigenvalues: (2,), of the Hessian, ascending.
        directions: (2, 2), the eigenvectors as columns.
    """

    point: np.ndarray
    value: float
    gradient: np.ndarray
    eigenvalues: np.ndarray
    directions: np.ndarray

    @property
    def kind(self) -> Kind:
        """As `classify` has it."""
        return classify(float(np.linalg.norm(self.gradient)), self.eigenvalues)


def classify(gradient: float, eigenvalues: Float[np.ndarray, " n"], flat: float = FLAT) -> Kind:
    r"""The second-derivative test, in any number of dimensions.

    $$\|\nabla f\| = 0:\quad \lambda_{\min} > 0\ \text{minimum},\quad \lambda_{\max} < 0\
    \text{maximum},\quad \lambda_{\min} < 0 < \lambda_{\max}\ \text{saddle}$$

    Args:
        gradient: its length at the point.
        eigenvalues: of the Hessian there, in any order.
        flat: a gradient no longer than this counts as zero, and a curvature no larger than
            `CURVED` times its root: a test at a place where a run rests needs more than at an exact one.

    Returns:
        NONE where the gradient is not zero; else SADDLE where curvatures of both signs are found,
        DEGENERATE where one is zero and the others do not differ, and MINIMUM or MAXIMUM where all have
        one sign.

    >>> [str(classify(0.0, np.array(pair))) for pair in ([1.0, 2.0], [-2.0, 2.0], [-2.0, -1.0], [0.0, 5.0])]
    ['minimum', 'saddle', 'maximum', 'degenerate']
    >>> str(classify(0.1, np.array([1.0, 2.0])))
    'none'

    Source: Nocedal & Wright 2006, theorems 2.2 to 2.4.
    """
    if gradient > flat:
        return Kind.NONE
    curved = CURVED * flat**0.5
    up, down = bool((eigenvalues > curved).any()), bool((eigenvalues < -curved).any())
    if up and down:
        return Kind.SADDLE
    if (np.abs(eigenvalues) <= curved).any():
        return Kind.DEGENERATE
    return Kind.MINIMUM if up else Kind.MAXIMUM


def probe(surface: Loss, point: Float[np.ndarray, "2"]) -> Probe:
    """The gradient and the curvatures at a point, in double precision.

    Args:
        surface: a pytree, such as those of `PROBED`.
        point: where.

    >>> found = probe(PROBED["saddle"], np.zeros(2))
    >>> found.eigenvalues.round(6).tolist(), str(found.kind)
    ([-2.0, 2.0], 'saddle')
    """
    value, gradient, hessian = in_double(_derivatives, surface, np.asarray(point))
    values, vectors = np.linalg.eigh(hessian)
    return Probe(np.asarray(point, np.float64), float(value), gradient, values, vectors)


@jax.jit
def _derivatives(surface: Any, point: Array) -> tuple[Array, Array, Array]:
    def of(x: Array) -> Array:
        return surface(x)

    return of(point), jax.grad(of)(point), jax.hessian(of)(point)


def settled(surface: Loss, point: Float[np.ndarray, "2"], reach: float) -> Probe:
    """The critical point that Newton's method finds beside a point, or the point itself if none is near.

    Args:
        surface: a pytree, such as those of `PROBED`.
        point: where to begin.
        reach: how far the critical point may be.

    >>> found = settled(PROBED["six_hump_camel"], np.array([0.1, -0.7]), 0.2)
    >>> found.point.round(4).tolist(), str(found.kind)
    ([0.0898, -0.7127], 'minimum')

    Source: Nocedal & Wright 2006, section 3.3.
    """
    first = at = probe(surface, point)
    for _ in range(ROUNDS):
        if np.linalg.norm(at.gradient) < FLAT**2:
            break
        step = np.linalg.lstsq((at.directions * at.eigenvalues) @ at.directions.T, at.gradient)[0]
        at = probe(surface, at.point - step)
        if not np.linalg.norm(at.point - first.point) <= 2 * reach:
            return first
    near = np.linalg.norm(at.point - first.point) <= reach
    return at if near and np.linalg.norm(at.gradient) <= FLAT else first


def cut(
    surface: Loss, found: Probe, reach: float, points: int = 81
) -> tuple[Float[np.ndarray, " points"], Float[np.ndarray, "2 points"]]:
    """How the surface rises and falls along the two eigenvectors through a point.

    Args:
        surface: a pytree, such as those of `PROBED`.
        found: the point.
        reach: how far to either side.
        points: along each.

    >>> t, heights = cut(PROBED["saddle"], probe(PROBED["saddle"], np.zeros(2)), 1.0, 3)
    >>> t.tolist(), heights.round(6).tolist()
    ([-1.0, 0.0, 1.0], [[-1.0, 0.0, -1.0], [1.0, 0.0, 1.0]])
    """
    t = np.linspace(-reach, reach, points)
    places = found.point + t[None, :, None] * found.directions.T[:, None, :]
    heights = in_double(_values, surface, places.reshape(-1, 2))
    return t, heights.reshape(2, points) - found.value


@jax.jit
def _values(surface: Any, points: Array) -> Array:
    return jax.vmap(lambda point: surface(point))(points)
