"""What a network is judged by on a split: pytree callables of the parameters, with the data as leaves."""

from typing import Any

import jax
import jax.numpy as jnp
from jaxtyping import Array

from landscape.types import Params, Scalar, pytree


def objective(outputs: Array, y: Any, smoothing: Any = 0.0) -> Scalar:
    """The mean cross-entropy for labels, the mean squared error for targets.

    With smoothing eps the label's share is 1 - eps, and eps is spread over all classes:
    L = -(1 - eps) log p_y - eps mean_k log p_k (Szegedy et al. 2016).
    """
    if not jnp.issubdtype(y.dtype, jnp.integer):
        return jnp.mean((outputs - y) ** 2)
    total = jax.nn.logsumexp(outputs, axis=-1)
    picked = jnp.take_along_axis(outputs, y[:, None], axis=-1)[:, 0]
    even = jnp.mean(outputs, axis=-1)
    return jnp.mean(total - picked - smoothing * (even - picked))


@pytree
class SplitLoss:
    """params -> the objective over a split, in evaluation mode."""

    network: Any
    x: Any
    y: Any
    statistics: Any

    def __call__(self, params: Params) -> Scalar:
        outputs = self.network.apply(params, self.x, statistics=self.statistics)
        return objective(outputs, self.y, self.network.label_smoothing)


@pytree
class SplitAccuracy:
    """params -> the share of a split's examples whose label has the largest output."""

    network: Any
    x: Any
    y: Any
    statistics: Any

    def __call__(self, params: Params) -> Scalar:
        outputs = self.network.apply(params, self.x, statistics=self.statistics)
        return jnp.mean((jnp.argmax(outputs, axis=-1) == self.y).astype(outputs.dtype))
