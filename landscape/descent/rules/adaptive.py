"""Rules that divide each coordinate's step by a memory of its squared gradients."""

import jax.numpy as jnp

from landscape.core import tree
from landscape.core.types import Params, Scalar, hyper, pytree, static
from landscape.descent.rules.rule import GradientRule, State


def average(decay: Scalar | float, old: Params, new: Params) -> Params:
    """The exponentially decaying average, decay * old + (1 - decay) * new."""
    return tree.map(lambda a, b: decay * a + (1 - decay) * b, old, new)


@pytree
class AdaGrad(GradientRule):
    r"""AdaGrad: every coordinate's rate shrinks with all the squared gradients it has seen.

    s <- s + g^2
    x <- x - lr * g / (sqrt(s) + eps)

    The form of torch.optim.Adagrad, with the lecture's eps. Others put eps inside the root (Optax) or
    start s above zero (Keras and Optax at 0.1), which softens the first steps.

    Args:
        learning_rate: the length of each coordinate's first step, > 0 (parameter units).
        eps: keeps the quotient finite where no gradient was seen, > 0 (units of gradient).

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.AdaGrad(1.0, eps=0.0), lambda x: x.sum(), np.zeros(1), steps=4)
    >>> print(path.update.ravel().round(3))
    [-1.    -0.707 -0.577 -0.5  ]

    Source: Duchi, Hazan & Singer 2011, Adaptive subgradient methods.
    """

    network_rate = 0.03

    learning_rate: float = hyper(0.01, 1e-4, 10.0, log=True, symbol=r"\eta", within="[0, inf)")
    eps: float = hyper(1e-7, 1e-12, 1e-1, log=True, symbol=r"\epsilon", within="[0, inf)")

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": 10 * stride}

    def init(self, params: Params) -> State:
        return {"square_sum": tree.zeros_like(params)}

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        total = tree.map(lambda s, g: s + g**2, state["square_sum"], grad)
        update = tree.map(lambda g, s: -self.learning_rate * g / (jnp.sqrt(s) + self.eps), grad, total)
        return update, {"square_sum": total}


@pytree
class AdaDelta(GradientRule):
    r"""AdaDelta: the averaged size of past updates takes the place of a learning rate.

    s <- rho * s + (1 - rho) * g^2
    d <- sqrt(u + eps) / sqrt(s + eps) * g
    u <- rho * u + (1 - rho) * d^2
    x <- x - lr * d

    The form of torch.optim.Adadelta and of the paper, where lr is 1. There is a hidden rate: u starts
    at zero, so eps sets the length of the first step, sqrt(eps / (1 - rho)) for a large gradient.

    Args:
        learning_rate: a factor on the rule's own step, 1 in the paper.
        rho: the share of both averages kept, in [0, 1).
        eps: sets the first step's length, > 0.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.AdaDelta(eps=1e-4), lambda x: 1000 * x.sum(), np.zeros(1), steps=1)
    >>> print(path.update.ravel().round(4))
    [-0.0447]

    Source: Zeiler 2012, ADADELTA: an adaptive learning rate method.
    """

    network_rate = 1.0

    learning_rate: float = hyper(1.0, 1e-2, 100.0, log=True, symbol=r"\eta", within="[0, inf)")
    rho: float = hyper(0.95, 0.0, 0.999, symbol=r"\rho", within="[0, 1)")
    eps: float = hyper(1e-6, 1e-10, 1.0, log=True, symbol=r"\epsilon", within="[0, inf)")

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": 1.0, "rho": 0.95, "eps": stride**2 / 100}

    def init(self, params: Params) -> State:
        return {"square_average": tree.zeros_like(params), "delta_average": tree.zeros_like(params)}

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        square = average(self.rho, state["square_average"], tree.map(jnp.square, grad))

        def ratio(g: Params, s: Params, u: Params) -> Params:
            return jnp.sqrt(u + self.eps) / jnp.sqrt(s + self.eps) * g

        delta = tree.map(ratio, grad, square, state["delta_average"])
        moved = average(self.rho, state["delta_average"], tree.map(jnp.square, delta))
        return tree.scale(-self.learning_rate, delta), {"square_average": square, "delta_average": moved}


@pytree
class RMSProp(GradientRule):
    r"""RMSProp: divide by the root of the recent mean square gradient, so the rate does not die out.

    s <- decay * s + (1 - decay) * g^2
    v <- momentum * v + g / (sqrt(s) + eps)
    x <- x - lr * v

    Centred, the mean is taken off: sqrt(s - m^2), with m <- decay * m + (1 - decay) * g. This is the
    form of torch.optim.RMSprop (its alpha is decay, 0.99 by default); Optax calls it
    eps_in_sqrt=False. Keras and older texts put eps inside the root.

    Args:
        learning_rate: the length of a coordinate's step under a steady gradient, > 0.
        decay: the share of the averages kept, in [0, 1).
        momentum: the share of the velocity kept, in [0, 1); 0 is the plain rule.
        eps: keeps the quotient finite, > 0 (units of gradient).
        centered: divide by the standard deviation, not the root mean square.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.RMSProp(1.0), lambda x: x.sum(), np.zeros(1), steps=100)
    >>> print(path.update[[0, -1]].ravel().round(3))
    [-3.162 -1.   ]

    Source: Tieleman & Hinton 2012, lecture 6.5; centred: Graves 2013.
    """

    network_rate = 0.001

    learning_rate: float = hyper(0.01, 1e-5, 1.0, log=True, symbol=r"\eta", within="[0, inf)")
    decay: float = hyper(0.9, 0.0, 0.999, symbol=r"\gamma", within="[0, 1]")
    momentum: float = hyper(0.0, 0.0, 0.999, symbol=r"\rho", within="[0, 1)")
    eps: float = hyper(1e-8, 1e-12, 1e-1, log=True, symbol=r"\epsilon", within="[0, inf)")
    centered: bool = static(False, choices=(False, True))

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": stride / 2, "decay": 0.9}

    def init(self, params: Params) -> State:
        zeros = tree.zeros_like(params)
        return {"square_average": zeros, "velocity": zeros} | (
            {"gradient_average": zeros} if self.centered else {}
        )

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        square = average(self.decay, state["square_average"], tree.map(jnp.square, grad))
        after, spread = {"square_average": square}, square
        if self.centered:
            mean = average(self.decay, state["gradient_average"], grad)
            # never negative but for rounding
            spread = tree.map(lambda s, m: jnp.maximum(s - m**2, 0), square, mean)
            after["gradient_average"] = mean
        scaled = tree.map(lambda g, s: g / (jnp.sqrt(s) + self.eps), grad, spread)
        after["velocity"] = tree.axpy(self.momentum, state["velocity"], scaled)
        return tree.scale(-self.learning_rate, after["velocity"]), after

    def velocity(self, state: State) -> Params:
        return state["velocity"]
