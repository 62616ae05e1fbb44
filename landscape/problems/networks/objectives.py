"""What a network is judged by on a split: pytree callables of the parameters, with the data as leaves.

As arguments of a compiled program they share it with all others of their kind; compiled themselves, as in
`jax.jit(loss)`, each is told from the others by identity, for their arrays cannot be hashed.
"""

from typing import Any

import jax
import jax.numpy as jnp
from jaxtyping import Array

from landscape.core.types import Params, Scalar, pytree


def objective(outputs: Array, y: Any, smoothing: Any = 0.0) -> Scalar:
    r"""The mean cross-entropy for labels, the mean squared error for targets.

    With smoothing $\epsilon$ the target is $(1 - \epsilon)$ times the label plus $\epsilon / K$ for each of
    the $K$ classes (Szegedy et al. 2016):
    $L = -(1 - \epsilon) \log p_y - \epsilon \, \mathrm{mean}_k \log p_k$.

    Args:
        outputs: (n, classes) logits, or (n,) values.
        y: (n,) int labels, or (n,) float targets, which know no smoothing.
        smoothing: $\epsilon$.
    """
    if not jnp.issubdtype(y.dtype, jnp.integer):
        return jnp.mean((outputs - y) ** 2)
    total = jax.nn.logsumexp(outputs, axis=-1)
    # A sum over one label; the gradient of an index would be a scatter, which is slow and which XLA
    # computes again wherever a gradient is asked for twice.
    picked = jnp.sum(jnp.where(jnp.arange(outputs.shape[-1]) == y[:, None], outputs, 0), axis=-1)
    even = jnp.mean(outputs, axis=-1)
    return jnp.mean(total - picked - smoothing * (even - picked))


@pytree
class SplitLoss:
    """params -> the objective over a split, in evaluation mode."""

    network: Any
    x: Any
    y: Any
    statistics: Any

    __eq__, __hash__ = object.__eq__, object.__hash__

    def __call__(self, params: Params) -> Scalar:
        outputs = self.network.apply(params, self.x, statistics=self.statistics)
        return objective(outputs, self.y, self.network.label_smoothing)


@pytree
class SplitAccuracy:
    """params -> the share of a split's examples whose label has the largest output; NaN is never right."""

    network: Any
    x: Any
    y: Any
    statistics: Any

    __eq__, __hash__ = object.__eq__, object.__hash__

    def __call__(self, params: Params) -> Scalar:
        outputs = self.network.apply(params, self.x, statistics=self.statistics)
        right = (jnp.argmax(outputs, axis=-1) == self.y) & ~jnp.isnan(jnp.max(outputs, axis=-1))
        return jnp.mean(right.astype(outputs.dtype))
