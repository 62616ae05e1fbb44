"""AdaGrad's sum and RMSProp's average after a steep past, at rest in a bowl, and where eps stands."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from landscape.core import tree
from landscape.core.types import Params, hyper, pytree
from landscape.descent.rules.adaptive import AdaGrad, RMSProp
from landscape.descent.rules.rule import GradientRule, State
from landscape.study.optimizers.momentum import fed, quadratic_path

STEEP, BEFORE, AFTER = 10.0, 1000, 200
"""The slope at first, how long it lasts, and how long the gentle one is followed."""

BOWL = 5000


@pytree
class InsideAdaGrad(GradientRule):
    r"""AdaGrad with eps inside the root, as Optax has it.

    s <- s + g^2
    x <- x - lr * g / sqrt(s + eps)

    Args:
        learning_rate: the length of the first step where eps is small, > 0.
        eps: keeps the quotient finite, > 0 (units of squared gradient).

    >>> round(float(fed(InsideAdaGrad(1.0, 3.0), np.ones(1))[0][0]), 6)
    -0.5

    Source: Duchi, Hazan & Singer 2011.
    """

    learning_rate: float = hyper(0.01, 1e-4, 10.0, log=True, symbol=r"\eta")
    eps: float = hyper(1e-7, 1e-12, 1e-1, log=True, symbol=r"\epsilon")

    def init(self, params: Params) -> State:
        return {"square_sum": tree.zeros_like(params)}

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        total = tree.map(lambda s, g: s + g**2, state["square_sum"], grad)
        update = tree.map(lambda g, s: -self.learning_rate * g / jnp.sqrt(s + self.eps), grad, total)
        return update, {"square_sum": total}


@dataclass(frozen=True, eq=False)
class Drop:
    """The steps after the slope has become gentle: (after,) of each rule."""

    adagrad: Float[np.ndarray, " after"]
    rmsprop: Float[np.ndarray, " after"]
    longer: Float[np.ndarray, " after"]
    first: float


def drop(rate: float, decay: float, slope: float, eps: float) -> Drop:
    r"""Feed a thousand steep gradients and then gentle ones.

    Args:
        rate: the learning rate.
        decay: RMSProp's, in [0, 1]; `longer` has 0.99.
        slope: the gentle gradient.
        eps: of all three.

    Returns:
        The lengths of steps, and the length of RMSProp's very first.

    >>> found = drop(0.1, 0.9, 0.01, 1e-7)
    >>> f"{found.adagrad[-1]:.2e} {found.rmsprop[-1]:.3f}"
    '3.16e-06 0.100'
    """
    gradients = np.r_[np.full(BEFORE, STEEP), np.full(AFTER, slope)]
    fields: dict[str, Any] = {"learning_rate": rate, "eps": eps}
    adagrad = -fed(AdaGrad(**fields), gradients)[0]
    moved = -fed(RMSProp(**fields, decay=decay), gradients)[0]
    longer = -fed(RMSProp(**fields, decay=0.99), gradients)[0]
    return Drop(adagrad[BEFORE:], moved[BEFORE:], longer[BEFORE:], float(moved[0]))


@lru_cache(maxsize=64)
def bowl(rate: float, decay: float, eps: float) -> tuple[np.ndarray, np.ndarray]:
    """The distance of AdaGrad and of RMSProp from the minimum of a bowl of curvature 1, from 1.

    >>> settled, buzzing = bowl(0.1, 0.9, 1e-7)
    >>> bool(settled[-1] < 1e-6), round(float(buzzing[-1]), 3)
    (True, 0.05)
    """
    fields: dict[str, Any] = {"learning_rate": rate, "eps": eps}
    paths = [
        quadratic_path(it, [1.0], BOWL)[:, 0] for it in (AdaGrad(**fields), RMSProp(**fields, decay=decay))
    ]
    return np.abs(paths[0]), np.abs(paths[1])


def first_factors(slope: float, eps: float) -> tuple[float, float]:
    """AdaGrad's first step in units of its rate, with eps outside the root and inside it.

    >>> outside, inside = first_factors(1e-8, 1e-7)
    >>> round(outside, 4), f"{inside:.2e}"
    (0.0909, '3.16e-05')
    """
    gradients, fields = np.array([slope]), {"learning_rate": 1.0, "eps": eps}
    outside, inside = (float(-fed(kind(**fields), gradients)[0][0]) for kind in (AdaGrad, InsideAdaGrad))
    return outside, inside
