"""Gradient descent and its two forms of momentum, as the lecture writes them."""

import jax

from landscape.core import tree
from landscape.core.types import Loss, Params, hyper, pytree
from landscape.descent.rules.rule import GradientRule, Rule, State


@pytree
class SGD(GradientRule):
    r"""Gradient descent: step against the gradient.

    x <- x - lr * g

    On a full-batch loss this is gradient descent; with gradient noise or mini-batches it is
    stochastic gradient descent.

    Args:
        learning_rate: the step per unit of gradient (parameter units^2 per unit of loss); a negative one
            climbs.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.SGD(0.5), lambda x: 0.5 * (x**2).sum(), np.array([1.0, -2.0]), steps=2)
    >>> path.params.tolist()
    [[1.0, -2.0], [0.5, -1.0], [0.25, -0.5]]

    Source: Cauchy 1847; Robbins & Monro 1951.
    """

    network_rate = 0.1

    learning_rate: float = hyper(0.01, 1e-5, 10.0, log=True, symbol=r"\eta", within="(-inf, inf)")

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": rate}

    def init(self, params: Params) -> State:
        return {}

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        return tree.scale(-self.learning_rate, grad), state


@pytree
class Momentum(GradientRule):
    r"""Heavy ball: the gradient accelerates a velocity that friction slows.

    v <- rho * v + g
    x <- x - lr * v

    The form of torch.optim.SGD. Others write v <- rho * v - lr * g; x <- x + v, which is the same
    while the rate is constant, or damp the gradient by (1 - rho), which is the same at lr / (1 - rho).

    Args:
        learning_rate: the step per unit of velocity; a negative one climbs.
        momentum: rho, the share of the velocity kept, in [0, 1).

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.Momentum(0.1, 0.5), lambda x: x.sum(), np.array([0.0]), steps=2)
    >>> path.state["velocity"].ravel().tolist()
    [0.0, 1.0, 1.5]

    Source: Polyak 1964, Some methods of speeding up the convergence of iteration methods.
    """

    network_rate = 0.03

    learning_rate: float = hyper(0.01, 1e-5, 10.0, log=True, symbol=r"\eta", within="(-inf, inf)")
    momentum: float = hyper(0.9, 0.0, 0.999, symbol=r"\rho", within="[0, 1)")

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": rate / 4, "momentum": 0.9}

    def init(self, params: Params) -> State:
        return {"velocity": tree.zeros_like(params)}

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        velocity = tree.axpy(self.momentum, state["velocity"], grad)
        return tree.scale(-self.learning_rate, velocity), {"velocity": velocity}

    def velocity(self, state: State) -> Params:
        return state["velocity"]


@pytree
class Nesterov(Rule):
    r"""Nesterov's accelerated gradient: jump with the velocity, measure there, correct.

    v <- rho * v + grad f(x - lr * rho * v)
    x <- x - lr * v

    `params` are x; torch.optim.SGD(nesterov=True) and Optax report the lookahead point
    x - lr * rho * v instead, and take the gradient there.

    Args:
        learning_rate: the step per unit of velocity; a negative one climbs.
        momentum: rho, the share of the velocity kept, in [0, 1).

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.Nesterov(0.1, 0.9), lambda x: 5 * (x**2).sum(), np.array([1.0]), steps=300)
    >>> bool(abs(path.params[-1, 0]) < 1e-6)
    True

    Source: Nesterov 1983; in this form Sutskever et al. 2013.
    """

    network_rate = 0.03

    learning_rate: float = hyper(0.01, 1e-5, 10.0, log=True, symbol=r"\eta", within="(-inf, inf)")
    momentum: float = hyper(0.9, 0.0, 0.999, symbol=r"\rho", within="[0, 1)")

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": rate / 4, "momentum": 0.9}

    def init(self, params: Params) -> State:
        return {"velocity": tree.zeros_like(params)}

    def step(self, loss: Loss, params: Params, state: State, key: object) -> tuple[Params, State]:
        lookahead = tree.axpy(-self.learning_rate * self.momentum, state["velocity"], params)
        velocity = tree.axpy(self.momentum, state["velocity"], jax.grad(loss)(lookahead))
        return tree.axpy(-self.learning_rate, velocity, params), {"velocity": velocity}

    def velocity(self, state: State) -> Params:
        return state["velocity"]
