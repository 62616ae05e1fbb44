"""Smooth test functions of the optimization literature with few, known critical points."""

import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import hyper, pytree
from landscape.problems.surfaces.surface import Point, Scales, Surface, points


def mirrored(*coordinates: Point) -> list[np.ndarray]:
    """Return the points, each followed by its mirror image through the origin."""
    return points(*(mirror for x, y in coordinates for mirror in ((x, y), (-x, -y))))


@pytree
class Rosenbrock(Surface):
    """A curved valley, easy to enter and slow to follow; `steepness` 100 is the classic."""

    name = "rosenbrock"
    latex = r"f(x, y) = (1 - x)^2 + b\,(y - x^2)^2"
    citation = "Rosenbrock 1960"
    domain = ((-2.2, 2.2), (-0.8, 3.2))
    origin = (-1.5, 2.0)
    global_minimum = 0.0
    scales = Scales(
        rate=0.001,
        stride=0.05,
        tuned={
            "momentum": {"learning_rate": 0.001},
            "nesterov": {"learning_rate": 0.001},
            "adadelta": {"eps": 1e-6},
            "rmsprop": {"learning_rate": 0.01},
            "radam": {"learning_rate": 0.006},
        },
    )

    steepness: float = hyper(default=100.0, low=1.0, high=1000.0, log=True, symbol="b")

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        return (1 - x) ** 2 + self.steepness * (y - x**2) ** 2

    @property
    def minima(self) -> list[np.ndarray]:
        return points((1.0, 1.0))


@pytree
class Beale(Surface):
    """Flat valleys with steep corners, and a saddle on the way to the one minimum."""

    name = "beale"
    latex = r"f(x, y) = (1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2"
    citation = "Beale 1958"
    domain = ((-0.5, 4.5), (-2.0, 2.0))
    origin = (1.0, 1.5)
    global_minimum = 0.0
    scales = Scales(rate=0.01, stride=0.05, tuned={"radam": {"learning_rate": 0.01}})

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2

    @property
    def minima(self) -> list[np.ndarray]:
        return points((3.0, 0.5))

    @property
    def saddles(self) -> list[np.ndarray]:
        return points((0.0, 1.0))


@pytree
class Himmelblau(Surface):
    """Four equal minima around one hill: where a run ends depends on how it sets off."""

    name = "himmelblau"
    latex = r"f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2"
    citation = "Himmelblau 1972"
    domain = ((-6.0, 6.0), (-5.0, 5.0))
    origin = (0.6, -0.7)
    global_minimum = 0.0
    scales = Scales(
        rate=0.005, stride=0.1, tuned={"radam": {"learning_rate": 0.01}, "newton": {"damping": 100.0}}
    )

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2

    @property
    def minima(self) -> list[np.ndarray]:
        return points(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.2831859912861696),
            (3.5844283403304917, -1.8481265269644036),
        )

    @property
    def saddles(self) -> list[np.ndarray]:
        return points(
            (3.385154183607021, 0.07385187983774928),
            (0.08667750455539634, 2.8842547011747763),
            (-3.0730257507643897, -0.08135304428796751),
            (-0.12796134673068005, -1.9537149802445766),
        )


@pytree
class Booth(Surface):
    """A tilted quadratic valley of condition number 9."""

    name = "booth"
    latex = r"f(x, y) = (x + 2y - 7)^2 + (2x + y - 5)^2"
    citation = "Jamil and Yang 2013"
    domain = ((-7.0, 9.0), (-2.0, 8.0))
    origin = (-5.0, 0.0)
    global_minimum = 0.0
    scales = Scales(rate=0.03, stride=0.1)

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2

    @property
    def minima(self) -> list[np.ndarray]:
        return points((1.0, 3.0))


@pytree
class Matyas(Surface):
    """A nearly flat diagonal valley, condition number 25."""

    name = "matyas"
    latex = r"f(x, y) = 0.26\,(x^2 + y^2) - 0.48\,xy"
    citation = "Matyas 1965"
    domain = ((-9.6, 9.6), (-6.0, 6.0))
    origin = (-8.0, -2.0)
    global_minimum = 0.0
    scales = Scales(rate=0.5, stride=0.1)

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        return 0.26 * (x**2 + y**2) - 0.48 * x * y

    @property
    def minima(self) -> list[np.ndarray]:
        return points((0.0, 0.0))


@pytree
class ThreeHumpCamel(Surface):
    """One global and two local minima in a row."""

    name = "three_hump_camel"
    latex = r"f(x, y) = 2x^2 - 1.05x^4 + \tfrac{1}{6}x^6 + xy + y^2"
    citation = "Branin 1972"
    domain = ((-2.4, 2.4), (-1.8, 1.8))
    origin = (-1.9, -1.5)
    global_minimum = 0.0
    scales = Scales(rate=0.05, stride=0.03)

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2

    @property
    def minima(self) -> list[np.ndarray]:
        # On y = -x/2 the slope along x vanishes at 0 and where x^4 - 4.2 x^2 + 3.5 = 0.
        x = np.sqrt(2.1 + np.sqrt(2.1**2 - 3.5))
        return points((0.0, 0.0), (-x, x / 2), (x, -x / 2))

    @property
    def saddles(self) -> list[np.ndarray]:
        x = np.sqrt(2.1 - np.sqrt(2.1**2 - 3.5))
        return points((-x, x / 2), (x, -x / 2))


@pytree
class SixHumpCamel(Surface):
    """Two equal global minima and four local ones."""

    name = "six_hump_camel"
    latex = r"f(x, y) = \left(4 - 2.1x^2 + \tfrac{1}{3}x^4\right)x^2 + xy + \left(4y^2 - 4\right)y^2"
    citation = "Branin 1972"
    domain = ((-2.2, 2.2), (-1.2, 1.2))
    origin = (1.1, -1.0)
    global_minimum = -1.0316284534898774
    scales = Scales(rate=0.02, stride=0.02)

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (4 * y**2 - 4) * y**2

    @property
    def minima(self) -> list[np.ndarray]:
        return mirrored(
            (0.08984201310031806, -0.7126564030207396),
            (-1.703606714969981, 0.7960835686726251),
            (1.6071047529201974, 0.5686514548841314),
        )

    @property
    def saddles(self) -> list[np.ndarray]:
        return points((0.0, 0.0)) + mirrored(
            (1.1092053368047865, -0.7682680925095399),
            (1.2960702671671092, 0.6050843880386585),
            (1.638067984189779, 0.2286740690443941),
        )


@pytree
class GoldsteinPrice(Surface):
    """Values from 3 to a million: one learning rate can hardly serve the rim and the floor."""

    name = "goldstein_price"
    latex = (
        r"f = \left[1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6xy + 3y^2)\right]"
        r"\left[30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36xy + 27y^2)\right]"
    )
    citation = "Goldstein and Price 1971"
    domain = ((-2.0, 2.0), (-2.0, 1.2))
    origin = (-0.5, -1.5)
    global_minimum = 3.0
    scales = Scales(
        rate=1e-5,
        stride=0.02,
        tuned={
            "momentum": {"learning_rate": 1e-5},
            "nesterov": {"learning_rate": 1e-5},
            "radam": {"learning_rate": 5e-5},
            "sam": {"learning_rate": 1e-5},
        },
    )

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        near = 19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2
        far = 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
        return (1 + (x + y + 1) ** 2 * near) * (30 + (2 * x - 3 * y) ** 2 * far)

    @property
    def minima(self) -> list[np.ndarray]:
        return points((0.0, -1.0), (-0.6, -0.4), (1.8, 0.2), (1.2, 0.8))

    @property
    def saddles(self) -> list[np.ndarray]:
        return points((-0.4, -0.6), (1.2, -0.2), (1.4, 0.6), (0.6, 0.4))
