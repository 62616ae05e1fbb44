"""Armijo's line search, and gradient descent that chooses each step's length by it."""

from functools import partial

import jax
import jax.numpy as jnp
from jax import lax
from jaxtyping import Array, Bool, Int

from landscape.core import tree
from landscape.core.types import Loss, Params, Scalar, hyper, pytree, static
from landscape.descent.rules.rule import CountingRule, State


def armijo(
    loss: Loss,
    params: Params,
    value: Scalar,
    direction: Params,
    slope: Scalar,
    length: Scalar,
    *,
    first: Scalar | float,
    slope_rtol: Scalar | float,
    decrease_factor: Scalar | float,
    trials: int,
) -> tuple[Scalar, Int[Array, ""]]:
    """Shorten a step until the loss falls by a fair share of what its slope promises.

    f(x + a * d) <= f(x) + slope_rtol * a * |d| * slope,  a = first * decrease_factor^k

    Rounding is forgiven: a loss that rises by less than its own last digit passes, else no step
    would pass beside a minimum.

    Args:
        loss, params, value: the loss, the point, and the loss there.
        direction, slope, length: where to go, the derivative of the loss that way per unit of length,
            negative, and the direction's length. (Their product is the derivative along the direction; it
            may leave the range of floating point.)
        first: the longest step tried.
        slope_rtol: the share of the promised fall that is asked for, in (0, 1).
        decrease_factor: how much shorter each further trial is, in (0, 1).
        trials: the most trials.

    Returns:
        The step, 0 when no trial passed, and how many trials (one loss each) were made.
    """
    slack = jnp.finfo(value.dtype).eps * jnp.abs(value)

    def unsettled(search: tuple[Scalar, Int[Array, ""], Bool[Array, ""]]) -> Bool[Array, ""]:
        return ~search[2] & (search[1] < trials)

    def attempt(search: tuple[Scalar, Int[Array, ""], Bool[Array, ""]]) -> tuple:
        step = jnp.where(search[1] == 0, search[0], search[0] * decrease_factor)
        reached = loss(tree.axpy(step, direction, params))
        return step, search[1] + 1, reached <= value + slope_rtol * (step * length) * slope + slack

    begin = jnp.asarray(first, value.dtype), jnp.int32(0), jnp.bool_(False)
    step, spent, passed = lax.while_loop(unsettled, attempt, begin)
    return jnp.where(passed, step, 0), spent


@pytree
class Backtracking(CountingRule):
    r"""Gradient descent that tries a long step and shortens it until the loss falls enough.

    x <- x - a * g,  the first a in lr, lr * c, lr * c^2 ... with f(x - a g) <= f(x) - slope_rtol * a * g.g

    Each trial is one more evaluation of the loss. Optax and optimistix start from a multiple of the
    last accepted step; here every search starts from lr anew.

    Args:
        learning_rate: the longest step tried, > 0.
        slope_rtol: the share of the promised fall that is asked for, in (0, 1).
        decrease_factor: c, how much shorter each further trial is, in (0, 1).
        max_backtracking_steps: the most trials; when none passes the point stays.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.Backtracking(1.0), lambda x: 2 * (x**2).sum(), np.ones(1), steps=1)
    >>> path.params.ravel().tolist(), path.evaluations.tolist()
    ([1.0, 0.0], [0, 4])

    Source: Armijo 1966; Nocedal & Wright 2006, section 3.1.
    """

    learning_rate: float = hyper(1.0, 1e-3, 100.0, log=True, symbol=r"\eta", within="[0, inf)")
    slope_rtol: float = hyper(1e-4, 1e-6, 0.9, log=True, symbol="c_1", within="(0, 1)")
    decrease_factor: float = hyper(0.5, 0.1, 0.9, symbol=r"\tau", within="(0, 1)")
    max_backtracking_steps: int = static(30)

    def init(self, params: Params) -> State:
        return {"evaluations": jnp.int32(0)}

    def step(self, loss: Loss, params: Params, state: State, key: Array | None) -> tuple[Params, State]:
        value, grad = jax.value_and_grad(loss)(params)
        steep = tree.norm(grad)
        search = partial(armijo, loss, params, value, tree.scale(-1, grad), -steep, steep)
        length, trials = search(
            first=self.learning_rate,
            slope_rtol=self.slope_rtol,
            decrease_factor=self.decrease_factor,
            trials=self.max_backtracking_steps,
        )
        return tree.axpy(-length, grad, params), {"evaluations": 1 + trials}
