"""Convex quadratics: one eigenvalue, two, and one whose gradient is meant to be noisy."""

import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import hyper, pytree
from landscape.problems.surfaces.rotation import rotate
from landscape.problems.surfaces.surface import Scales, Surface, points


@pytree
class Parabola(Surface):
    """One weight, one curvature: f = c x^2 / 2, stable for learning rates below 2/c."""

    name = "parabola"
    latex = r"f(x) = \tfrac{1}{2} c\, x^2"
    citation = "Cauchy 1847"
    dimension = 1
    domain = ((-2.0, 2.0),)
    origin = (1.0,)
    global_minimum = 0.0
    scales = Scales(rate=0.1, stride=0.03)

    curvature: float = hyper(default=1.0, low=0.1, high=100.0, log=True, symbol="c")

    def __call__(self, params: Float[Array, "1"]) -> Float[Array, ""]:
        return 0.5 * self.curvature * params[0] ** 2

    @property
    def minima(self) -> list[np.ndarray]:
        return points((0.0,))


@pytree
class Bowl(Surface):
    """Equal curvature in every direction, so the gradient points straight at the minimum."""

    name = "bowl"
    latex = r"f(x, y) = x^2 + y^2"
    citation = "De Jong 1975"
    domain = ((-3.2, 3.2), (-2.0, 2.0))
    origin = (-2.4, 1.4)
    global_minimum = 0.0
    scales = Scales(rate=0.05, stride=0.05)

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        return x**2 + y**2

    @property
    def minima(self) -> list[np.ndarray]:
        return points((0.0, 0.0))


@pytree
class Ravine(Surface):
    """A long valley: curvature 1 along it and `condition` across it, turned by `angle` degrees."""

    name = "ravine"
    latex = r"f = \tfrac{1}{2}\left(u^2 + \kappa v^2\right), \quad (u, v) = R_{-\theta}\,(x, y)"
    citation = "Polyak 1964"
    domain = ((-3.2, 3.2), (-2.0, 2.0))
    origin = (-2.6, 1.2)
    global_minimum = 0.0
    scales = Scales(rate=0.08, stride=0.05, tuned={"momentum": {"learning_rate": 0.02}})

    condition: float = hyper(default=20.0, low=1.0, high=1000.0, log=True, symbol=r"\kappa")
    angle: float = hyper(default=0.0, low=-90.0, high=90.0, symbol=r"\theta")

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        u, v = rotate(params, -self.angle)
        return 0.5 * (u**2 + self.condition * v**2)

    @property
    def minima(self) -> list[np.ndarray]:
        return points((0.0, 0.0))


@pytree
class NoisyBowl(Surface):
    """A quadratic whose races begin with gradient noise, as mini-batches would bring.

    The loss itself is exact; `noise` is the standard deviation of each gradient coordinate that
    a run on this surface is to be given.
    """

    name = "noisy_bowl"
    latex = (
        r"f = \tfrac{1}{2}\left(x^2 + \kappa y^2\right), \quad g = \nabla f + \sigma \xi, \ \xi \sim N(0, I)"
    )
    citation = "Schaul, Zhang and LeCun 2013"
    domain = ((-6.4, 6.4), (-4.0, 4.0))
    origin = (-5.0, 3.0)
    global_minimum = 0.0
    scales = Scales(rate=0.05, stride=0.1)

    noise: float = hyper(default=1.0, low=0.0, high=10.0, symbol=r"\sigma")
    condition: float = hyper(default=4.0, low=1.0, high=100.0, log=True, symbol=r"\kappa")

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        return 0.5 * (x**2 + self.condition * y**2)

    @property
    def minima(self) -> list[np.ndarray]:
        return points((0.0, 0.0))
