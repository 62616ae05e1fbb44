"""Surfaces with many minima, where the start and the step length decide where a run ends."""

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import hyper, pytree
from landscape.problems.surfaces.surface import Scales, Surface, points


def styblinski_roots() -> list[float]:
    """Return where the slope of z^4 - 16 z^2 + 5 z vanishes: deep well, hill, shallow well."""
    return sorted(np.roots([4.0, 0.0, -32.0, 5.0]).real.tolist())


@pytree
class StyblinskiTang(Surface):
    """Four wells, one in each quadrant, all of different depth but two."""

    name = "styblinski_tang"
    latex = r"f(x, y) = \tfrac{1}{2}\sum_{z \in \{x, y\}} \left(z^4 - 16z^2 + 5z\right)"
    citation = "Styblinski and Tang 1990"
    domain = ((-4.6, 4.6), (-4.2, 4.2))
    origin = (4.2, 3.9)
    scales = Scales(
        rate=0.01, stride=0.1, tuned={"momentum": {"learning_rate": 0.01}, "radam": {"learning_rate": 0.05}}
    )

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        return 0.5 * jnp.sum(params**4 - 16 * params**2 + 5 * params)

    @property
    def minima(self) -> list[np.ndarray]:
        deep, _, shallow = styblinski_roots()
        return points((deep, deep), (deep, shallow), (shallow, deep), (shallow, shallow))

    @property
    def saddles(self) -> list[np.ndarray]:
        deep, hill, shallow = styblinski_roots()
        return points((hill, deep), (deep, hill), (hill, shallow), (shallow, hill))

    @property
    def global_minimum(self) -> float:
        deep = styblinski_roots()[0]
        return deep**4 - 16 * deep**2 + 5 * deep


@pytree
class Rastrigin(Surface):
    """A bowl under a regular grid of pits; `amplitude` sets how deep they are.

    Only the global minimum is listed: with the default amplitude there is a local one near every
    pair of whole numbers.
    """

    name = "rastrigin"
    latex = r"f(x, y) = \sum_{z \in \{x, y\}} \left(z^2 + A\,(1 - \cos 2\pi z)\right)"
    citation = "Rastrigin 1974"
    domain = ((-3.2, 3.2), (-2.2, 2.2))
    origin = (-2.4, 1.3)
    global_minimum = 0.0
    scales = Scales(
        rate=0.002,
        stride=0.05,
        tuned={"momentum": {"learning_rate": 0.005}, "radam": {"learning_rate": 0.005}},
    )

    amplitude: float = hyper(default=10.0, low=0.0, high=20.0, symbol="A")

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        return jnp.sum(params**2 + self.amplitude * (1 - jnp.cos(2 * jnp.pi * params)))

    @property
    def minima(self) -> list[np.ndarray]:
        return points((0.0, 0.0))


@pytree
class Ackley(Surface):
    """A dimpled plain around a funnel, with a kink at the bottom where no gradient exists."""

    name = "ackley"
    latex = (
        r"f(x, y) = 20 + e - 20\,e^{-0.2\sqrt{(x^2 + y^2)/2}}"
        r" - e^{(\cos 2\pi x + \cos 2\pi y)/2}"
    )
    citation = "Ackley 1987"
    smooth = False
    domain = ((-4.8, 4.8), (-3.0, 3.0))
    origin = (-2.35, -2.5)
    global_minimum = 0.0
    scales = Scales(rate=0.02, stride=0.1, tuned={"newton": {"damping": 50.0}})

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        square = jnp.mean(params**2)
        # At the kink the root's slope is infinite; the inner choice keeps it out of the gradient.
        root = jnp.where(square > 0, jnp.sqrt(jnp.where(square > 0, square, 1.0)), 0.0)
        funnel = 20 - 20 * jnp.exp(-0.2 * root)
        return funnel + jnp.e - jnp.exp(jnp.mean(jnp.cos(2 * jnp.pi * params)))

    @property
    def minima(self) -> list[np.ndarray]:
        return points((0.0, 0.0))


@pytree
class Levy(Surface):
    """Waves of growing height around a gentle valley; only the global minimum is listed."""

    name = "levy"
    latex = (
        r"f = \sin^2 \pi u + (u - 1)^2 \left(1 + 10 \sin^2(\pi u + 1)\right)"
        r" + (v - 1)^2 \left(1 + \sin^2 2\pi v\right), \quad u = \tfrac{x + 3}{4}, \ v = \tfrac{y + 3}{4}"
    )
    citation = "Levy and Montalvo 1985"
    domain = ((-8.6, 10.6), (-5.0, 7.0))
    origin = (5.7, -1.5)
    global_minimum = 0.0
    scales = Scales(rate=0.02, stride=0.2, tuned={"newton": {"damping": 10.0}})

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        u, v = (params + 3) / 4
        start = jnp.sin(jnp.pi * u) ** 2
        middle = (u - 1) ** 2 * (1 + 10 * jnp.sin(jnp.pi * u + 1) ** 2)
        return start + middle + (v - 1) ** 2 * (1 + jnp.sin(2 * jnp.pi * v) ** 2)

    @property
    def minima(self) -> list[np.ndarray]:
        return points((1.0, 1.0))


@pytree
class Michalewicz(Surface):
    """Two narrow gorges in a plain so flat that a gradient is hard to find at all."""

    name = "michalewicz"
    latex = r"f(x, y) = -\sin x\, \sin^{20}\!\left(x^2/\pi\right) - \sin y\, \sin^{20}\!\left(2y^2/\pi\right)"
    citation = "Michalewicz 1992"
    domain = ((0.0, float(np.pi)), (0.0, float(np.pi)))
    origin = (1.7, 2.0)
    global_minimum = -1.8013034100985532
    scales = Scales(rate=0.02, stride=0.02, tuned={"newton": {"damping": 50.0}})

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        first = jnp.sin(x) * jnp.sin(x**2 / jnp.pi) ** 20
        return -first - jnp.sin(y) * jnp.sin(2 * y**2 / jnp.pi) ** 20

    @property
    def minima(self) -> list[np.ndarray]:
        return points((2.2029055201726093, np.pi / 2), (2.2029055201726093, 2.711571483843014))
