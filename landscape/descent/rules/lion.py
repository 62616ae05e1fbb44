"""Lion: a rule that keeps only the sign."""

import jax.numpy as jnp

from landscape.core import tree
from landscape.core.types import Params, hyper, pytree
from landscape.descent.rules.adaptive import average
from landscape.descent.rules.rule import GradientRule, State


@pytree
class Lion(GradientRule):
    r"""Lion: every coordinate moves by the same length, in the direction its momentum votes for.

    x <- x - lr * (sign(b1 * m + (1 - b1) * g) + wd * x)
    m <- b2 * m + (1 - b2) * g

    The form of the paper and of Optax (whose wd is 1e-3 by default; here it is 0). Its steps do not
    shrink near a minimum, so it needs a rate 3 to 10 times smaller than Adam's, or a schedule.

    Args:
        learning_rate: the length of every coordinate's step, > 0 (parameter units).
        b1: the momentum's share in the vote, in [0, 1).
        b2: the share of the momentum kept, in [0, 1).
        weight_decay: wd, decoupled and multiplied by the rate, >= 0.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.Lion(0.5), lambda x: (x * np.array([1e-3, 1e3])).sum(), np.zeros(2), steps=2)
    >>> path.params.tolist()
    [[0.0, 0.0], [-0.5, -0.5], [-1.0, -1.0]]

    Source: Chen et al. 2023, Symbolic discovery of optimization algorithms.
    """

    network_rate = 0.0003

    learning_rate: float = hyper(1e-4, 1e-5, 1.0, log=True, symbol=r"\eta", within="[0, inf)")
    b1: float = hyper(0.9, 0.0, 0.999, symbol=r"\beta_1", within="[0, 1)")
    b2: float = hyper(0.99, 0.0, 0.999, symbol=r"\beta_2", within="[0, 1)")
    weight_decay: float = hyper(0.0, 0.0, 1.0, log=True, symbol=r"\lambda", within="[0, inf)")

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": stride / 4}

    def init(self, params: Params) -> State:
        return {"first_moment": tree.zeros_like(params)}

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        vote = tree.map(jnp.sign, average(self.b1, state["first_moment"], grad))
        update = tree.scale(-self.learning_rate, tree.axpy(self.weight_decay, params, vote))
        return update, {"first_moment": average(self.b2, state["first_moment"], grad)}
