"""Rules around a rule: SAM, gradient clipping, weight decay. Each changes the loss the inner rule sees."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jaxtyping import Array, Int

from landscape.core import tree
from landscape.core.types import Loss, Params, Scalar, hyper, pytree, static
from landscape.descent.rules.first_order import SGD
from landscape.descent.rules.rule import LossWrapper, Rule, State, Wrapper


@pytree
class SAM(LossWrapper):
    r"""Sharpness-aware minimization: descend by the gradient at the worst point nearby.

    g = grad f(x),  e = rho * g / |g|
    the inner rule steps from x by grad f(x + e)

    Every gradient costs two. Around any rule, Nesterov too: the inner one sees the loss f(x + e),
    with e held still. The paper's code and others average over parts of a batch (m-sharpness);
    here the loss is one.

    Args:
        rule: the rule that steps.
        rho: the radius of the neighbourhood, > 0 (parameter units).

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.SAM(ls.SGD(0.1), rho=0.5), lambda x: 0.5 * (x**2).sum(), np.ones(1), steps=1)
    >>> print(path.params.ravel().round(4), path.evaluations)
    [1.   0.85] [0 2]

    Source: Foret et al. 2021, Sharpness-aware minimization.
    """

    network_rate = 0.1

    rule: Rule = hyper(SGD(0.01))
    rho: float = hyper(0.05, 1e-3, 1.0, log=True, symbol=r"\rho", within="[0, inf)")

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": rate / 2, "rho": stride / 2}

    def view(self, loss: Loss) -> Loss:
        def worst(params: Params) -> Scalar:
            grad = jax.grad(loss)(jax.lax.stop_gradient(params))
            return loss(tree.axpy(self.rho, tree.unit(grad), params))

        return worst

    def evaluations(self, state: State) -> int | Int[Array, ""]:
        return 2 * self.rule.evaluations(state)


def _with_gradient(loss: Loss, change: Callable[[Params], Params]) -> Loss:
    """The same loss, but its gradient reads as `change` of the true one, and its Hessian is the true one.

    Were the change differentiated too, a clipped gradient, whose length is always the same, would have a
    singular Hessian, and Newton's method divide by it.
    """

    @jax.custom_jvp
    def read(grad: Params) -> Params:
        return change(grad)

    @read.defjvp
    def _(primals: tuple, tangents: tuple) -> tuple[Params, Params]:
        return read(*primals), tangents[0]

    @jax.custom_jvp
    def seen(params: Params) -> Scalar:
        return loss(params)

    @seen.defjvp
    def _(primals: tuple, tangents: tuple) -> tuple[Scalar, Scalar]:
        value, grad = jax.value_and_grad(loss)(*primals)
        return value, tree.dot(read(grad), *tangents)

    return seen


@pytree
class ClipNorm(LossWrapper):
    r"""Clip the gradient's norm: a longer gradient is shortened to it, its direction kept.

    g <- g * min(1, max_norm / |g|)

    As torch.nn.utils.clip_grad_norm_ (which adds 1e-6 to |g|) and optax.clip_by_global_norm: the
    norm runs over all parameters together.

    Args:
        rule: the rule that steps.
        max_norm: the longest gradient the rule sees, > 0.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.ClipNorm(ls.SGD(1.0), 1.0), lambda x: 3 * x[0] + 4 * x[1], np.zeros(2), steps=1)
    >>> print(path.update.round(3))
    [[-0.6 -0.8]]

    Source: Pascanu, Mikolov & Bengio 2013, On the difficulty of training recurrent neural networks.
    """

    rule: Rule = hyper(SGD(0.01))
    max_norm: float = hyper(1.0, 1e-3, 100.0, log=True, symbol="c", within="(0, inf)")

    def view(self, loss: Loss) -> Loss:
        def shorten(grad: Params) -> Params:
            longer = tree.norm(grad) > self.max_norm
            return tree.where(longer, tree.scale(self.max_norm, tree.unit(grad)), grad)

        return _with_gradient(loss, shorten)


@pytree
class ClipValue(LossWrapper):
    r"""Clip each coordinate of the gradient: this bends its direction towards a diagonal.

    g_i <- min(max(g_i, -max_value), max_value)

    As torch.nn.utils.clip_grad_value_ and optax.clip.

    Args:
        rule: the rule that steps.
        max_value: the largest coordinate the rule sees, > 0.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.ClipValue(ls.SGD(1.0), 1.0), lambda x: 3 * x[0] - 0.5 * x[1], np.zeros(2), steps=1)
    >>> path.update.tolist()
    [[-1.0, 0.5]]

    Source: Mikolov 2012, Statistical language models based on neural networks.
    """

    rule: Rule = hyper(SGD(0.01))
    max_value: float = hyper(1.0, 1e-3, 100.0, log=True, symbol="c", within="(0, inf)")

    def view(self, loss: Loss) -> Loss:
        def clamp(grad: Params) -> Params:
            return tree.map(lambda g: jnp.clip(g, -self.max_value, self.max_value), grad)

        return _with_gradient(loss, clamp)


@pytree
class WeightDecay(Wrapper):
    r"""Weight decay around any rule: coupled, through the loss, or decoupled, beside it.

    coupled:    the inner rule sees f(x) + wd / 2 * |x|^2
    decoupled:  x <- (inner step from x) - lr * wd * x

    Coupled is the weight_decay of torch.optim's rules and L2 regularization; an adaptive rule divides
    it away. Decoupled is AdamW's: `WeightDecay(Adam(lr), wd, decoupled=True)` is `AdamW(lr, wd)`. Its
    lr is the inner rule's learning_rate.

    Args:
        rule: the rule that steps.
        weight_decay: wd, >= 0.
        decoupled: whether the decay acts beside the gradient.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.WeightDecay(ls.SGD(0.1), 0.5), lambda x: 0 * x.sum(), np.ones(1), steps=2)
    >>> print(path.params.ravel().round(4))
    [1.     0.95   0.9025]

    Source: Loshchilov & Hutter 2019, Decoupled weight decay regularization.
    """

    rule: Rule = hyper(SGD(0.01))
    weight_decay: float = hyper(0.01, 0.0, 1.0, log=True, symbol=r"\lambda", within="[0, inf)")
    decoupled: bool = static(False, choices=(False, True))

    def step(self, loss: Loss, params: Params, state: State, key: Array | None) -> tuple[Params, State]:
        if not self.decoupled:
            regularized = lambda p: loss(p) + self.weight_decay / 2 * tree.dot(p, p)  # noqa: E731
            return self.rule.step(regularized, params, state, key)
        moved, state = self.rule.step(loss, params, state, key)
        return tree.axpy(-_learning_rate(self.rule) * self.weight_decay, params, moved), state


def _learning_rate(rule: Any) -> Any:
    """The learning rate of the innermost rule."""
    if hasattr(rule, "learning_rate"):
        return rule.learning_rate
    if not isinstance(rule, Wrapper):
        raise TypeError(f"decoupled decay is multiplied by the learning rate; {type(rule).__name__} has none")
    return _learning_rate(rule.rule)
