"""Terrain that training meets: a shelf, a wall, and two wells of unequal depth."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import hyper, pytree
from landscape.problems.surfaces.curves import quartic_wells
from landscape.problems.surfaces.surface import Scales, Surface, points


@pytree
class Plateau(Surface):
    """A shelf around a drop: the slope fades like e^(-r^2 / 2w^2), so far out there is almost none."""

    name = "plateau"
    latex = r"f(x, y) = 1 - e^{-(x^2 + y^2) / 2w^2}"
    citation = "Goodfellow, Bengio and Courville 2016"
    domain = ((-4.0, 4.0), (-2.5, 2.5))
    origin = (-2.9, 1.2)
    global_minimum = 0.0
    scales = Scales(rate=1.0, stride=0.05, tuned={"newton": {"damping": 1.0}})

    width: float = hyper(default=1.0, low=0.3, high=3.0, log=True, symbol="w")

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        return -jnp.expm1(-jnp.sum(params**2) / (2 * self.width**2))

    @property
    def minima(self) -> list[np.ndarray]:
        return points((0.0, 0.0))


@pytree
class Cliff(Surface):
    """The wall on which gradients explode: the loss of one recurrent unit after fifty steps.

    The state s <- w sigmoid(s) + b starts at 0.5 and should reach sigmoid(s) = `target` after
    fifty steps. Where the recurrence changes from one fixed point to two, the loss jumps within a
    hair's breadth, and the slope there is thousands of times the slope on either side.
    The loss is zero along a whole curve inside the wall, so no single minimum is stated.

    Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks, 2013.
    """

    name = "cliff"
    latex = r"f(w, b) = \left(\sigma(s_{50}) - \tau\right)^2, \quad s_t = w\,\sigma(s_{t-1}) + b, \ s_0 = 0.5"
    citation = "Pascanu, Mikolov and Bengio 2013"
    domain = ((3.0, 6.2), (-3.5, -1.2))
    origin = (4.5, -3.0)
    global_minimum = 0.0
    scales = Scales(rate=0.1, stride=0.02, tuned={"newton": {"damping": 5.0}})

    target: float = hyper(default=0.7, low=0.5, high=0.9, symbol=r"\tau")

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        weight, bias = params
        state = jnp.full_like(weight, 0.5)
        state = jax.lax.scan(lambda s, _: (weight * jax.nn.sigmoid(s) + bias, None), state, length=50)[0]
        return (jax.nn.sigmoid(state) - self.target) ** 2


@pytree
class DoubleWell(Surface):
    """A local and a global minimum with a pass between them; `tilt` makes one deeper."""

    name = "double_well"
    latex = r"f(x, y) = \tfrac{1}{4}x^4 - \tfrac{1}{2}x^2 + t\,x + \tfrac{1}{2}y^2"
    citation = "Kramers 1940"
    domain = ((-1.9, 1.9), (-1.2, 1.2))
    origin = (1.7, 0.9)
    scales = Scales(rate=0.1, stride=0.03)

    tilt: float = hyper(default=0.15, low=-0.5, high=0.5, symbol="t")

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        x, y = params
        return x**4 / 4 - x**2 / 2 + self.tilt * x + y**2 / 2

    @property
    def minima(self) -> list[np.ndarray]:
        return points(*((x, 0.0) for x in quartic_wells(self.tilt).minima))

    @property
    def saddles(self) -> list[np.ndarray]:
        return points(*((x, 0.0) for x in quartic_wells(self.tilt).hills))

    @property
    def global_minimum(self) -> float:
        return quartic_wells(self.tilt).lowest
