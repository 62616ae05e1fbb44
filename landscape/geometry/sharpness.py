"""How fast the loss rises around a solution: Keskar's sharpness in a box, and along random directions."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree
from jaxtyping import Array

from landscape.descent.door import default_key
from landscape.geometry.curvature import enter, whole
from landscape.types import Loss, Params


def sharpness(
    loss: Loss,
    params: Params,
    *,
    eps: float = 1e-3,
    key: Array | None = None,
    starts: int = 4,
    steps: int = 50,
) -> float:
    r"""Keskar's sharpness, the largest relative rise of the loss in a small box, in percent.

    $$100 \, \frac{\max_{z \in C} f(x + z) - f(x)}{1 + f(x)}, \qquad
      C = \{z : |z_i| \le \varepsilon (|x_i| + 1)\}$$

    The maximum is searched by projected gradient ascent: each step goes along the gradient's signs,
    measured in sides of the box, is clipped to the box, and is halved whenever the loss does not rise;
    once from the centre and from `starts` random points. What is found is a lower bound of the maximum.

    Args:
        loss: params -> scalar, above -1 at the point.
        params: a pytree of arrays, the point x.
        eps: the box's half-width where a parameter is 0.
        key: the random key of the starts; `jax.random.key(0)` when none is given.
        starts: how many random points of the box to ascend from.
        steps: ascent steps from each; a new number does not recompile.

    Returns:
        The sharpness in percent; inf when the loss overflows in the box, NaN when it is NaN at the point.

    Raises:
        TypeError: when the loss is not callable or returns no scalar.
        ValueError: for a number out of range, parameters that are not finite, or a loss of -1 or less.

    >>> round(sharpness(lambda x: 3.0 * x[0]**2 + x[1]**2, np.zeros(2), eps=0.1), 4)
    4.0

    Source: Keskar et al. 2017, equation 4; they search by ten steps of L-BFGS-B.
    """
    if not (np.isfinite(eps) and eps > 0):
        raise ValueError(f"eps must be a positive number; given {eps}")
    loss, params, _ = enter(loss, params)
    starts, steps, key = whole("starts", starts, low=0), whole("steps", steps), default_key(key)
    ascend = _ascent(jax.tree.structure((loss, params)))
    with jax.default_matmul_precision("highest"):
        tops = [
            ascend(loss, params, eps, min(i, 1), jax.random.fold_in(key, i), steps) for i in range(starts + 1)
        ]
    centre, top = float(tops[0][0]), max(float(top) for _, top in tops)
    if centre <= -1:
        raise ValueError(f"the measure divides by 1 + loss, so the loss must be above -1; it is {centre:.6g}")
    return 100 * (top - centre) / (1 + centre)


@lru_cache(maxsize=64)
def _ascent(structure: Any) -> Callable:
    """The compiled search from one point of the box for one kind of loss; the least used is dropped."""

    def ascend(loss: Loss, params: Params, eps: Any, spread: Any, key: Array, steps: Any) -> tuple:
        centre, unravel = ravel_pytree(params)
        side = eps * (jnp.abs(centre) + 1)
        at = jax.value_and_grad(lambda z: loss(unravel(centre + side * z)))

        def step(_: Any, now: tuple) -> tuple:
            z, value, slope, stride = now
            trial = jnp.clip(z + stride * jnp.sign(slope), -1, 1)
            risen, uphill = at(trial)
            better = (risen > value) | jnp.isnan(value)
            return (
                jnp.where(better, trial, z),
                jnp.where(better, risen, value),
                jnp.where(better, uphill, slope),
                jnp.where(better, stride, stride / 2),
            )

        start = spread * jax.random.uniform(key, centre.shape, centre.dtype, -1, 1)
        first = (start, *at(start), jnp.full((), 2.0, centre.dtype))  # two sides reach any corner
        return loss(params), jax.lax.fori_loop(0, steps, step, first)[1]

    return jax.jit(ascend)
