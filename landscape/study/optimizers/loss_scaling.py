"""What becomes of a path when the loss is multiplied by a number: the same valley in other units."""

from functools import partial
from typing import Any

import jax
import numpy as np
from jaxtyping import Float

from landscape.core.types import Loss, Params, Scalar, hyper, pytree
from landscape.descent.double import in_double
from landscape.descent.follow import follow
from landscape.descent.rules.rule import Rule

LOST = 1e6  # a path that went this far away is gone


@pytree
class Scaled:
    """A loss multiplied by a number: c f(x). Its minima stay where they are, its gradients do not.

    Args:
        loss: any loss that is a pytree, such as a surface.
        factor: c, > 0.

    >>> import landscape as ls, jax.numpy as jnp
    >>> float(Scaled(ls.SURFACES["bowl"], 10.0)(jnp.ones(2)))
    20.0
    """

    loss: Loss
    factor: float = hyper(1.0, 1e-3, 1e3, log=True, symbol="c")

    def __call__(self, params: Params) -> Scalar:
        return self.factor * self.loss(params)


def scaled_paths(
    rule: Rule, loss: Loss, start: Any, factors: Any, steps: int
) -> Float[np.ndarray, "factors rows n"]:
    r"""The paths of one rule on $c f$, for many $c$ at once.

    Args:
        rule: the optimizer.
        loss: of one vector, a pytree such as a surface.
        start: (n,), where every run begins.
        factors: (factors,), the numbers c.
        steps: how many steps.

    Returns:
        (factors, steps + 1, n) in double precision, not finite where a run got out of hand.

    >>> import landscape as ls
    >>> paths = scaled_paths(ls.AdaGrad(0.1), ls.SURFACES["bowl"], [1.0, 2.0], [1.0, 1000.0], 50)
    >>> bool(np.abs(paths[1] - paths[0]).max() < 1e-5)
    True

    Source: Kingma & Ba 2015, section 2.1 (invariance to the scale of the gradient).
    """
    return in_double(_paths, rule, loss, np.asarray(start), np.asarray(factors), steps=steps)


def deviation(
    paths: Float[np.ndarray, "factors rows n"], reference: Float[np.ndarray, "rows n"]
) -> np.ndarray:
    """How far each path ever is from a reference: (factors,), infinite for one that is not finite.

    >>> deviation(np.array([[[0.0], [3.0]], [[0.0], [np.nan]]]), np.zeros((2, 1))).tolist()
    [3.0, inf]
    """
    with np.errstate(over="ignore", invalid="ignore"):
        apart = np.linalg.norm(paths - reference, axis=-1).max(axis=-1)
    return np.where(np.isfinite(apart) & (apart < LOST), apart, np.inf)


@partial(jax.jit, static_argnames="steps")
def _paths(rule: Rule, loss: Loss, start: jax.Array, factors: jax.Array, steps: int) -> jax.Array:
    return jax.vmap(lambda factor: follow(rule, Scaled(loss, factor), start, steps)[0])(factors)
