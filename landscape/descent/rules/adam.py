"""Adam and its closest kin: a decaying mean of gradients over the root of one of their squares."""

import jax.numpy as jnp
from jaxtyping import Array, Int

from landscape.core import tree
from landscape.core.types import Params, Scalar, hyper, pytree, static
from landscape.descent.rules.adaptive import average
from landscape.descent.rules.rule import GradientRule, State


def corrected(decay: Scalar | float, mean: Params, count: Int[Array, ""]) -> Params:
    """An average that began at zero, divided by the weight it has gathered, 1 - decay^count."""
    return tree.scale(1 / gathered(decay, count), mean)


def gathered(decay: Scalar | float, count: Int[Array, ""]) -> Scalar:
    """1 - decay^count, to the last digits also where the power is almost one.

    >>> float(gathered(0.5, jnp.int32(2)))
    0.75
    """
    return -jnp.expm1(count * jnp.log1p(decay - 1))


def quotient(rate: Scalar | float, m: Params, v: Params, eps: Scalar | float) -> Params:
    """The update -rate * m / (sqrt(v) + eps)."""
    return tree.map(lambda m, v: -rate * m / (jnp.sqrt(v) + eps), m, v)


def no_moments(params: Params) -> State:
    """Both averages at zero, and no step counted."""
    zeros = tree.zeros_like(params)
    return {"first_moment": zeros, "second_moment": zeros, "count": jnp.int32(0)}


def moments(b1: Scalar | float, b2: Scalar | float, grad: Params, state: State) -> State:
    """Both averages with one more gradient in them, and the steps counted so far."""
    return {
        "first_moment": average(b1, state["first_moment"], grad),
        "second_moment": average(b2, state["second_moment"], tree.map(jnp.square, grad)),
        "count": state["count"] + 1,
    }


@pytree
class Adam(GradientRule):
    r"""Adam: momentum over the root mean square gradient, both freed of their start at zero.

    m <- b1 * m + (1 - b1) * g
    v <- b2 * v + (1 - b2) * g^2
    x <- x - lr * m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + eps)

    The form of torch.optim.Adam, Optax and Keras. The paper's faster form moves the corrections into
    the rate, lr * sqrt(1 - b2^t) / (1 - b1^t), which scales eps with them.

    Args:
        learning_rate: the length of each coordinate's first step, > 0 (parameter units).
        b1: the share of the mean gradient kept, in [0, 1).
        b2: the share of the mean square kept, in [0, 1).
        eps: keeps the quotient finite, > 0 (units of gradient).
        bias_correction: without it the first step is (1 - b1) / sqrt(1 - b2) times as long, 3.16.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.Adam(0.1), lambda x: 1000 * x.sum(), np.zeros(1), steps=2)
    >>> print(path.params.ravel().round(3))
    [ 0.  -0.1 -0.2]

    Source: Kingma & Ba 2015, Adam: a method for stochastic optimization.
    """

    network_rate = 0.003

    learning_rate: float = hyper(0.001, 1e-5, 1.0, log=True, symbol=r"\eta", within="[0, inf)")
    b1: float = hyper(0.9, 0.0, 0.999, symbol=r"\beta_1", within="[0, 1)")
    b2: float = hyper(0.999, 0.0, 0.9999, symbol=r"\beta_2", within="[0, 1)")
    eps: float = hyper(1e-8, 1e-12, 1e-1, log=True, symbol=r"\epsilon", within="[0, inf)")
    bias_correction: bool = static(True, choices=(True, False))

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": stride}

    def init(self, params: Params) -> State:
        return no_moments(params)

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        state = moments(self.b1, self.b2, grad, state)
        m, v = state["first_moment"], state["second_moment"]
        if self.bias_correction:
            m, v = corrected(self.b1, m, state["count"]), corrected(self.b2, v, state["count"])
        return quotient(self.learning_rate, m, v, self.eps), state


@pytree
class AdamW(GradientRule):
    r"""AdamW: Adam, with the weights shrunk beside the gradient and not through it.

    m <- b1 * m + (1 - b1) * g
    v <- b2 * v + (1 - b2) * g^2
    x <- x - lr * (m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + eps) + wd * x)

    The form of torch.optim.AdamW (wd 0.01) and Optax (wd 1e-4): the decay is multiplied by the rate.
    In the paper it follows a schedule of its own, free of the rate.

    Args:
        learning_rate, b1, b2, eps: as for `Adam`.
        weight_decay: wd, the share of the weights taken off per unit of rate, >= 0.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.AdamW(0.1, weight_decay=0.5), lambda x: 0 * x.sum(), np.ones(1), steps=2)
    >>> print(path.params.ravel().round(4))
    [1.     0.95   0.9025]

    Source: Loshchilov & Hutter 2019, Decoupled weight decay regularization.
    """

    network_rate = 0.003

    learning_rate: float = hyper(0.001, 1e-5, 1.0, log=True, symbol=r"\eta", within="[0, inf)")
    b1: float = hyper(0.9, 0.0, 0.999, symbol=r"\beta_1", within="[0, 1)")
    b2: float = hyper(0.999, 0.0, 0.9999, symbol=r"\beta_2", within="[0, 1)")
    eps: float = hyper(1e-8, 1e-12, 1e-1, log=True, symbol=r"\epsilon", within="[0, inf)")
    weight_decay: float = hyper(0.01, 0.0, 1.0, log=True, symbol=r"\lambda", within="[0, inf)")

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": stride, "weight_decay": 0.01}

    def init(self, params: Params) -> State:
        return no_moments(params)

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        state = moments(self.b1, self.b2, grad, state)
        m = corrected(self.b1, state["first_moment"], state["count"])
        v = corrected(self.b2, state["second_moment"], state["count"])
        update = quotient(self.learning_rate, m, v, self.eps)
        return tree.axpy(-self.learning_rate * self.weight_decay, params, update), state


@pytree
class AMSGrad(GradientRule):
    r"""AMSGrad: Adam whose denominator never shrinks, so that a rare large gradient is not forgotten.

    m <- b1 * m + (1 - b1) * g
    v <- b2 * v + (1 - b2) * g^2
    w <- max(w, v)
    x <- x - lr * m / (1 - b1^t) / (sqrt(w / (1 - b2^t)) + eps)

    The form of torch.optim.Adam(amsgrad=True): the maximum is of the uncorrected average, which is
    then corrected. Optax takes the maximum of the corrected one; the paper corrects nothing.

    Args:
        learning_rate, b1, b2, eps: as for `Adam`.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.AMSGrad(0.1), lambda x: (x**2).sum(), np.ones(1), steps=200)
    >>> bool((np.diff(path.state["second_moment_maximum"].ravel()) >= 0).all())
    True

    Source: Reddi, Kale & Kumar 2018, On the convergence of Adam and beyond.
    """

    network_rate = 0.003

    learning_rate: float = hyper(0.001, 1e-5, 1.0, log=True, symbol=r"\eta", within="[0, inf)")
    b1: float = hyper(0.9, 0.0, 0.999, symbol=r"\beta_1", within="[0, 1)")
    b2: float = hyper(0.999, 0.0, 0.9999, symbol=r"\beta_2", within="[0, 1)")
    eps: float = hyper(1e-8, 1e-12, 1e-1, log=True, symbol=r"\epsilon", within="[0, inf)")

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": stride}

    def init(self, params: Params) -> State:
        return no_moments(params) | {"second_moment_maximum": tree.zeros_like(params)}

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        highest = state["second_moment_maximum"]
        state = moments(self.b1, self.b2, grad, state)
        highest = tree.map(jnp.maximum, highest, state["second_moment"])
        m = corrected(self.b1, state["first_moment"], state["count"])
        v = corrected(self.b2, highest, state["count"])
        return quotient(self.learning_rate, m, v, self.eps), state | {"second_moment_maximum": highest}
