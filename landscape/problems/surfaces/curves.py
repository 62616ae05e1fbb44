"""Curves of one variable with a local and a global minimum."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import hyper, pytree
from landscape.problems.surfaces.surface import Scales, Surface, points


class Wells(NamedTuple):
    """The critical points of x^4/4 - x^2/2 + tilt x, the deepest minimum first."""

    minima: list[float]
    hills: list[float]
    lowest: float


def quartic_wells(tilt: float) -> Wells:
    """Solve x^3 - x + tilt = 0 in double precision.

    Beyond |tilt| = 2 / (3 sqrt 3) = 0.3849 one well has vanished and one real root is left.

    >>> wells = quartic_wells(0.15)
    >>> [round(x, 4) for x in wells.minima], round(wells.hills[0], 4), round(wells.lowest, 4)
    ([-1.0679, 0.9143], 0.1536, -0.4053)
    """
    tilt = float(tilt)
    roots = np.roots([1.0, 0.0, -1.0, tilt])
    real = roots[np.abs(roots.imag) < 1e-7].real
    depth = real**4 / 4 - real**2 / 2 + tilt * real
    curvature = 3 * real**2 - 1
    order = np.argsort(depth)
    minima = [float(real[i]) for i in order if curvature[i] > 0]
    return Wells(minima, [float(x) for x in real[curvature < 0]], float(depth.min()))


@pytree
class TiltedWell(Surface):
    """The double well on a line: which minimum a run reaches depends on start and step."""

    name = "tilted_well"
    latex = r"f(x) = \tfrac{1}{4}x^4 - \tfrac{1}{2}x^2 + t\,x"
    citation = "Kramers 1940"
    dimension = 1
    domain = ((-2.0, 2.0),)
    origin = (1.8,)
    scales = Scales(rate=0.1, stride=0.03)

    tilt: float = hyper(default=0.15, low=-0.5, high=0.5, symbol="t")

    def __call__(self, params: Float[Array, "1"]) -> Float[Array, ""]:
        (x,) = params
        return x**4 / 4 - x**2 / 2 + self.tilt * x

    @property
    def minima(self) -> list[np.ndarray]:
        return points(*((x,) for x in quartic_wells(self.tilt).minima))

    @property
    def global_minimum(self) -> float:
        return quartic_wells(self.tilt).lowest
