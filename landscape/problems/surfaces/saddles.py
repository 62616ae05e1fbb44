"""Saddle points: down one way, up another. All three fall away without a minimum."""

import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import hyper, pytree
from landscape.problems.surfaces.rotation import rotate
from landscape.problems.surfaces.surface import Scales, Surface, points


@pytree
class Saddle(Surface):
    """The classic saddle x^2 - y^2, with either curvature and the angle of its axes tunable."""

    name = "saddle"
    latex = r"f = \tfrac{1}{2}\left(a\,u^2 - b\,v^2\right), \quad (u, v) = R_{-\theta}\,(x, y)"
    citation = "Dauphin et al. 2014"
    domain = ((-2.4, 2.4), (-1.5, 1.5))
    origin = (-1.8, 0.01)
    scales = Scales(rate=0.02, stride=0.02)

    rise: float = hyper(default=2.0, low=0.01, high=10.0, log=True, symbol="a")
    descent: float = hyper(default=2.0, low=0.01, high=10.0, log=True, symbol="b")
    angle: float = hyper(default=0.0, low=-90.0, high=90.0, symbol=r"\theta")

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        u, v = rotate(params, -self.angle)
        return 0.5 * (self.rise * u**2 - self.descent * v**2)

    @property
    def saddles(self) -> list[np.ndarray]:
        return points((0.0, 0.0))


@pytree
class DauphinSaddle(Surface):
    """A saddle steeper up than down, on which Newton's method walks straight to the saddle."""

    name = "dauphin_saddle"
    latex = r"f(x, y) = 5x^2 - y^2"
    citation = "Dauphin et al. 2014"
    domain = ((-2.4, 2.4), (-1.5, 1.5))
    origin = (-1.8, 0.01)
    scales = Scales(rate=0.02, stride=0.02)

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        return 5 * x**2 - y**2

    @property
    def saddles(self) -> list[np.ndarray]:
        return points((0.0, 0.0))


@pytree
class MonkeySaddle(Surface):
    """Three valleys meet where gradient and Hessian both vanish, so curvature shows no way out."""

    name = "monkey_saddle"
    latex = r"f(x, y) = x^3 - 3xy^2"
    citation = "Hilbert and Cohn-Vossen 1932"
    domain = ((-2.4, 2.4), (-1.5, 1.5))
    origin = (1.8, 0.01)
    scales = Scales(rate=0.01, stride=0.01)

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        return x**3 - 3 * x * y**2

    @property
    def saddles(self) -> list[np.ndarray]:
        return points((0.0, 0.0))
