"""What becomes of gradient descent when its formula is misread: the wrong sign, or the cost for the slope."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.core import tree
from landscape.core.types import Loss, Params, hyper, pytree
from landscape.descent.rules.rule import Rule, State
from landscape.problems.surfaces.surface import Surface, points
from landscape.study.step_size.basins import walks


@pytree
class Lifted(Surface):
    """A parabola with a constant added: c x^2 / 2 + b, whose slope knows nothing of b."""

    name = "lifted"
    latex = r"f(x) = \tfrac{1}{2} c\, x^2 + b"
    citation = "Cauchy 1847"
    dimension = 1
    domain = ((-2.0, 2.0),)
    origin = (1.0,)

    curvature: float = hyper(default=10.0, low=0.1, high=100.0, log=True, symbol="c")
    offset: float = hyper(default=0.0, low=-100.0, high=100.0, symbol="b")

    def __call__(self, params: Float[Array, "1"]) -> Float[Array, ""]:
        return 0.5 * self.curvature * params[0] ** 2 + self.offset

    @property
    def minima(self) -> list[np.ndarray]:
        return points((0.0,))

    @property
    def global_minimum(self) -> float:
        return self.offset


@pytree
class CostForSlope(Rule):
    """The misread rule of `by_cost`."""

    learning_rate: float = hyper(0.01, 1e-5, 10.0, log=True, symbol=r"\eta")

    def init(self, params: Params) -> State:
        return {}

    def step(self, loss: Loss, params: Params, state: State, key: object) -> tuple[Params, State]:
        cost, slope = jax.value_and_grad(loss)(params)
        return tree.map(lambda p, g: p - self.learning_rate * jnp.sign(g) * cost, params, slope), state


def uphill(
    surface: Surface,
    rates: Float[np.ndarray, " runs"],
    starts: Float[np.ndarray, " runs"],
    steps: int,
) -> Float[np.ndarray, "runs frames"]:
    r"""Every place that a run passes which adds the slope: gradient ascent.

    $$x_{k+1} = x_k + \eta f'(x_k)$$

    Args:
        surface: a curve.
        rates: $\eta$ of each run.
        starts: $x_0$ of each run.
        steps: how many.

    >>> uphill(Lifted(10.0, 5.0), np.array([0.05]), np.array([1.0]), 3).tolist()
    [[1.0, 1.5, 2.25, 3.375]]
    """
    return walks(surface, -np.asarray(rates), starts, steps)


def by_cost(
    surface: Surface,
    rates: Float[np.ndarray, " runs"],
    starts: Float[np.ndarray, " runs"],
    steps: int,
) -> Float[np.ndarray, "runs frames"]:
    r"""Every place that a run passes which takes the slope's sign, and the cost for its size.

    $$x_{k+1} = x_k - \eta\,\operatorname{sign}(f'(x_k))\,f(x_k)$$

    A constant added to the cost changes these steps, though the curve has the same shape and the same
    minimum.

    Args:
        surface: a curve.
        rates: $\eta$ of each run.
        starts: $x_0$ of each run.
        steps: how many.

    >>> by_cost(Lifted(10.0, 0.0), np.array([0.05]), np.array([1.0]), 1).tolist()
    [[1.0, 0.75]]
    >>> by_cost(Lifted(10.0, 5.0), np.array([0.05]), np.array([1.0]), 1).tolist()
    [[1.0, 0.5]]
    """
    return walks(surface, rates, starts, steps, CostForSlope)
