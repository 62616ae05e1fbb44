"""Adam with one idea changed: its norm, its lookahead, its warm-up, or what its variance measures."""

import jax.numpy as jnp
from jaxtyping import Array, Int

from landscape.core import tree
from landscape.core.types import Params, Scalar, hyper, pytree
from landscape.descent.rules.adam import corrected, moments, no_moments, quotient
from landscape.descent.rules.adaptive import average
from landscape.descent.rules.rule import GradientRule, State


@pytree
class AdaMax(GradientRule):
    r"""AdaMax: Adam with the largest recent gradient in place of the root mean square.

    m <- b1 * m + (1 - b1) * g
    u <- max(b2 * u, abs(g) + eps)
    x <- x - lr / (1 - b1^t) * m / u

    The form of torch.optim.Adamax and Optax; the paper has no eps, Keras adds it to u.

    Args:
        learning_rate, b1, eps: as for `Adam`.
        b2: how slowly the largest gradient is forgotten, in [0, 1).

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.AdaMax(0.1), lambda x: 1000 * x.sum(), np.zeros(1), steps=2)
    >>> print(path.params.ravel().round(3))
    [ 0.  -0.1 -0.2]

    Source: Kingma & Ba 2015, section 7.1.
    """

    network_rate = 0.003

    learning_rate: float = hyper(0.002, 1e-5, 1.0, log=True, symbol=r"\eta", within="[0, inf)")
    b1: float = hyper(0.9, 0.0, 0.999, symbol=r"\beta_1", within="[0, 1)")
    b2: float = hyper(0.999, 0.0, 0.9999, symbol=r"\beta_2", within="[0, 1)")
    eps: float = hyper(1e-8, 1e-12, 1e-1, log=True, symbol=r"\epsilon", within="[0, inf)")

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": 2 * stride}

    def init(self, params: Params) -> State:
        zeros = tree.zeros_like(params)
        return {"first_moment": zeros, "largest": zeros, "count": jnp.int32(0)}

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        count = state["count"] + 1
        first = average(self.b1, state["first_moment"], grad)
        size = tree.map(lambda g: jnp.abs(g) + self.eps, grad)
        largest = tree.map(lambda u, g: jnp.maximum(self.b2 * u, g), state["largest"], size)
        m = corrected(self.b1, first, count)
        update = tree.map(lambda m, u: -self.learning_rate * m / u, m, largest)
        return update, {"first_moment": first, "largest": largest, "count": count}


@pytree
class NAdam(GradientRule):
    r"""NAdam: Adam that looks ahead with its momentum, as Nesterov does.

    m <- b1 * m + (1 - b1) * g
    v <- b2 * v + (1 - b2) * g^2
    n <- b1 * m / (1 - b1^(t+1)) + (1 - b1) * g / (1 - b1^t)
    x <- x - lr * n / (sqrt(v / (1 - b2^t)) + eps)

    The form of Optax, with a constant b1. torch.optim.NAdam and Keras let b1 rise slowly with the
    step (momentum_decay), as the paper also suggests.

    Args:
        learning_rate, b1, b2, eps: as for `Adam`.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.NAdam(0.1), lambda x: (x**2).sum(), np.ones(1), steps=200)
    >>> bool(path.loss[-1] < 1e-3)
    True

    Source: Dozat 2016, Incorporating Nesterov momentum into Adam.
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
        return no_moments(params)

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        state = moments(self.b1, self.b2, grad, state)
        ahead = corrected(self.b1, state["first_moment"], state["count"] + 1)
        now = corrected(self.b1, grad, state["count"])
        m = average(self.b1, ahead, now)
        v = corrected(self.b2, state["second_moment"], state["count"])
        return quotient(self.learning_rate, m, v, self.eps), state


def effective_samples(b2: Scalar | float, count: Int[Array, ""]) -> tuple[Scalar, Scalar]:
    r"""How many gradients an average of squares stands for, in the end and after `count` steps.

    r_inf = 2 / (1 - b2) - 1 = coth h,  r = r_inf - 2 t b2^t / (1 - b2^t) = t + L(h) - t L(t h)
    with h = -log(b2) / 2 and Langevin's function L(h) = coth h - 1 / h

    In the middle form r is a difference of large numbers: with b2 = 0.9999 single precision loses a third
    of it. In the last form nothing cancels.

    >>> [round(float(n), 3) for n in effective_samples(0.999, jnp.int32(6))]
    [1999.0, 5.994]
    """
    half = -jnp.log1p(b2 - 1) / 2
    late = count * half > 1
    one = langevin(half)
    early = count * (1 - langevin(jnp.where(late, 1, count * half)))
    ended = 1 / half - 2 * count / jnp.expm1(2 * count * jnp.where(late, half, 1))
    return one + 1 / half, one + jnp.where(late, ended, early)


def langevin(h: Scalar) -> Scalar:
    """coth h - 1 / h for h > 0, by its series where the two are almost the same."""
    small = h < 0.3
    z = jnp.where(small, h, 0.0)
    series = z / 3 * (1 - z**2 / 15 * (1 - z**2 * 2 / 21 * (1 - z**2 / 10)))
    wide = jnp.where(small, 1.0, h)
    return jnp.where(small, series, 1 / jnp.tanh(wide) - 1 / wide)


@pytree
class RAdam(GradientRule):
    r"""RAdam: Adam that trusts its denominator only as far as its few first samples allow.

    m <- b1 * m + (1 - b1) * g
    v <- b2 * v + (1 - b2) * g^2
    r_inf = 2 / (1 - b2) - 1,  r = r_inf - 2 t b2^t / (1 - b2^t)
    c = sqrt((r - 4)(r - 2) r_inf / ((r_inf - 4)(r_inf - 2) r))
    x <- x - lr * c * m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + eps)   where r >= 5
    x <- x - lr * m / (1 - b1^t)                                     before

    The form of Optax. torch.optim.RAdam adds eps to sqrt(v) before the correction.

    Args:
        learning_rate, b1, b2, eps: as for `Adam`; the first steps (5 by default) are plain momentum.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.RAdam(0.1), lambda x: 0.5 * (x**2).sum(), np.ones(1), steps=500)
    >>> bool(path.loss[-1] < 1e-3)
    True

    Source: Liu et al. 2020, On the variance of the adaptive learning rate and beyond.
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
        return no_moments(params)

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        state = moments(self.b1, self.b2, grad, state)
        count = state["count"]
        limit, samples = effective_samples(self.b2, count)
        trusted = samples >= 5
        samples = jnp.maximum(samples, 5)
        trust = jnp.sqrt((samples - 4) * (samples - 2) * limit / ((limit - 4) * (limit - 2) * samples))
        m = corrected(self.b1, state["first_moment"], count)
        v = corrected(self.b2, state["second_moment"], count)
        adaptive = quotient(self.learning_rate * trust, m, v, self.eps)
        return tree.where(trusted, adaptive, tree.scale(-self.learning_rate, m)), state


@pytree
class AdaBelief(GradientRule):
    r"""AdaBelief: Adam that divides by how far the gradient strays from its own mean.

    m <- b1 * m + (1 - b1) * g
    s <- b2 * s + (1 - b2) * (g - m)^2 + eps
    x <- x - lr * m / (1 - b1^t) / (sqrt(s / (1 - b2^t)) + eps)

    The form of the paper and of Optax, which names the inner eps eps_root. A steady gradient makes
    large steps, a fluttering one small ones.

    Args:
        learning_rate, b1, b2: as for `Adam`.
        eps: added to the variance at every step, and to its root, > 0.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.AdaBelief(0.1), lambda x: (x**2).sum(), np.ones(1), steps=200)
    >>> bool(path.loss[-1] < 1e-3)
    True

    Source: Zhuang et al. 2020, AdaBelief optimizer: adapting stepsizes by the belief in gradients.
    """

    network_rate = 0.003

    learning_rate: float = hyper(0.001, 1e-5, 1.0, log=True, symbol=r"\eta", within="[0, inf)")
    b1: float = hyper(0.9, 0.0, 0.999, symbol=r"\beta_1", within="[0, 1)")
    b2: float = hyper(0.999, 0.0, 0.9999, symbol=r"\beta_2", within="[0, 1)")
    eps: float = hyper(1e-16, 1e-20, 1e-2, log=True, symbol=r"\epsilon", within="[0, inf)")

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": stride}

    def init(self, params: Params) -> State:
        return no_moments(params)

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        count = state["count"] + 1
        first = average(self.b1, state["first_moment"], grad)
        strayed = tree.map(lambda g, m: (g - m) ** 2, grad, first)
        second = average(self.b2, state["second_moment"], strayed)
        second = tree.map(lambda s: s + self.eps, second)
        m, v = corrected(self.b1, first, count), corrected(self.b2, second, count)
        state = {"first_moment": first, "second_moment": second, "count": count}
        return quotient(self.learning_rate, m, v, self.eps), state
