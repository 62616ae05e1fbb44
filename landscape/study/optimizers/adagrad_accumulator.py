"""How AdaGrad's memory grows and its steps shrink, when it is fed gradients wherever it goes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from landscape.core import tree
from landscape.core.types import Params, hyper, pytree
from landscape.descent.rules.adaptive import AdaDelta, AdaGrad, RMSProp
from landscape.descent.rules.rule import GradientRule, State
from landscape.study.optimizers.momentum import fed

EVERY = 100
"""A rare feature is seen once in so many steps."""


@pytree
class Reciprocal(GradientRule):
    r"""AdaGrad with the reciprocal of the sum in place of its inverse root: not a rule that is used.

    s <- s + g^2
    x <- x - lr * g / s

    Args:
        learning_rate: the length of the first step under a gradient of 1, > 0.

    >>> fed(Reciprocal(1.0), np.ones(4))[0].round(3).tolist()
    [-1.0, -0.5, -0.333, -0.25]
    """

    learning_rate: float = hyper(0.01, 1e-4, 10.0, log=True, symbol=r"\eta")

    def init(self, params: Params) -> State:
        return {"square_sum": tree.zeros_like(params)}

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        total = tree.map(lambda s, g: s + g**2, state["square_sum"], grad)
        return tree.map(lambda g, s: -self.learning_rate * g / (s + (s == 0)), grad, total), {
            "square_sum": total
        }


@dataclass(frozen=True, eq=False)
class Growth:
    """What one rule does with a sequence of gradients of a frequent and a rare feature.

    Attributes:
        steps: (steps, 2), the length of each step.
        travel: (steps, 2), the sum of the steps so far.
        memory: (steps, 2), the sum or the average of squared gradients.
    """

    steps: Float[np.ndarray, "steps 2"]
    travel: Float[np.ndarray, "steps 2"]
    memory: Float[np.ndarray, "steps 2"]


def growth(rate: float, steps: int) -> dict[str, Growth]:
    r"""Feed a gradient of 1 at every step to one weight, and at every hundredth to another.

    Args:
        rate: the learning rate; with 0 nothing moves, and the memory grows all the same.
        steps: how many gradients.

    Returns:
        For "adagrad", "rmsprop", "adadelta" (its rate is a factor of 1) and "reciprocal".

    >>> found = growth(1.0, 100)
    >>> found["adagrad"].steps[[3, 99], 0].round(6).tolist(), float(found["adagrad"].memory[-1, 0])
    ([0.5, 0.1], 100.0)

    Source: Duchi, Hazan & Singer 2011; Zeiler 2012.
    """
    gradients = np.ones((steps, 2))
    gradients[:, 1] = np.arange(steps) % EVERY == EVERY - 1
    fields: dict[str, Any] = {"learning_rate": rate}
    rules: dict[str, tuple[GradientRule, str]] = {
        "adagrad": (AdaGrad(**fields, eps=1e-12), "square_sum"),
        "rmsprop": (RMSProp(**fields), "square_average"),
        "adadelta": (AdaDelta(**fields | {"learning_rate": 1.0}), "square_average"),
        "reciprocal": (Reciprocal(**fields), "square_sum"),
    }
    found = {}
    for name, (rule, entry) in rules.items():
        moves, memory = fed(rule, gradients)
        found[name] = Growth(-moves, -np.cumsum(moves, axis=0), memory[entry])
    return found
