"""How fast the loss rises around a solution: Keskar's sharpness in a box, and along random directions."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree
from jaxtyping import Array

from landscape.core import tree
from landscape.core.progress import Progress
from landscape.core.types import Loss, Params, Scalar
from landscape.descent.keys import Key, as_key
from landscape.descent.training.fit import Fit
from landscape.geometry.curvature.eigenpairs import whole
from landscape.geometry.curvature.products import enter, generator, quick
from landscape.geometry.curvature.spectrum import Estimate, mean
from landscape.geometry.grids.path_losses import ProgressMeter
from landscape.geometry.planes.directions import draw
from landscape.geometry.planes.filters import filters_of


def sharpness(
    loss: Loss,
    params: Any,
    *,
    eps: float = 1e-3,
    key: Key = None,
    starts: int = 20,
    steps: int = 50,
    progress: Progress | None = None,
) -> float:
    r"""Keskar's sharpness, the largest relative rise of the loss in a small box, in percent.

    $$100 \, \frac{\max_{z \in C} f(x + z) - f(x)}{1 + f(x)}, \qquad
      C = \{z : |z_i| \le \varepsilon (|x_i| + 1)\}$$

    The maximum is searched by projected gradient ascent: each step goes along the gradient's signs,
    measured in sides of the box, is clipped to the box, and is halved whenever the loss does not rise, until
    nothing moves; once from the centre and from `starts` random points. What is found is a lower bound of
    the maximum, the highest of many local ones where the box is wide: how far it depends on the key is
    seen by another key, and more starts make it less.

    Args:
        loss: params -> scalar, above -1 at the point.
        params: a pytree of arrays, the point x; a fit stands for its solution.
        eps: the box's half-width where a parameter is 0.
        key: the random key of the starts; `jax.random.key(0)` when none is given.
        starts: how many random points of the box to ascend from.
        steps: ascent steps from each, at most; where the highest points are corners five or ten suffice.
        progress: called with the ascents done and their number; returning False cancels.

    Returns:
        The sharpness in percent; inf when the loss overflows in the box, NaN when it is NaN at the point.

    Raises:
        TypeError: when the loss is not callable or returns no scalar.
        ValueError: for a number out of range, parameters that are not finite, or a loss of -1 or less.
        Cancelled: when `progress` returned False.

    >>> round(sharpness(lambda x: 3.0 * x[0]**2 + x[1]**2, np.zeros(2), eps=0.1), 4)
    4.0

    Source: Keskar et al. 2017, equation 4; they search by ten steps of L-BFGS-B.
    """
    if not (np.isfinite(eps) and eps > 0):
        raise ValueError(f"eps must be a positive number; given {eps}")
    loss, params, _ = enter(loss, params)
    starts, steps = whole("starts", starts, low=0), whole("steps", steps)
    ascend, n = _ascent(jax.tree.structure((loss, params))), tree.size(params)
    dtype = jax.tree.leaves(params)[0].dtype
    values, centre, meter = [], float("nan"), ProgressMeter(progress, starts + 1)
    for i in range(starts + 1):
        spot = generator(key, i).uniform(-1, 1, n) if i else np.zeros(n)
        now: Any = (spot.astype(dtype), np.nan, np.zeros(n, dtype), 0.0)
        for step in range(steps + 1):
            with jax.default_matmul_precision("highest"):
                *now, still = ascend(loss, params, eps, *now)
            centre = float(now[1]) if i == step == 0 else centre
            meter.pulse()
            if still:
                break
        values.append(float(now[1]))
        meter.add(1)
    top = float(np.fmax.reduce(values))
    if centre <= -1:
        raise ValueError(f"the measure divides by 1 + loss, so the loss must be above -1; it is {centre:.6g}")
    return 100 * (top - centre) / (1 + centre)


@lru_cache(maxsize=64)
def _ascent(structure: Any) -> Callable:
    """The compiled step of an ascent in the box for one kind of loss; the least used is dropped."""

    def ascend(
        loss: Loss, params: Params, eps: Any, z: Any, value: Any, slope: Any, stride: Any
    ) -> tuple[Array, ...]:
        """Point, loss, gradient and stride after a step, and whether no other step would move; with a
        stride of 0 and no value yet, the point itself."""
        centre, unravel = ravel_pytree(params)
        side = (eps * (jnp.abs(centre) + 1)).astype(centre.dtype)
        trial = jnp.clip(z + stride * jnp.sign(slope), -1, 1).astype(centre.dtype)
        risen, uphill = jax.value_and_grad(lambda z: loss(unravel(centre + side * z)))(trial)
        better = (risen > value) | jnp.isnan(value)
        return (
            jnp.where(better, trial, z),
            jnp.where(better, risen, value),
            jnp.where(better, uphill, slope),
            jnp.where(stride == 0, 2.0, jnp.where(better, stride, stride / 2)),  # two sides reach any corner
            (stride > 0) & jnp.all(trial == z),
        )

    return jax.jit(ascend, compiler_options=quick())


def filter_sharpness(
    loss: Loss,
    params: Any,
    *,
    key: Key = None,
    radius: float = 0.1,
    samples: int = 32,
    filter_axis: Any = None,
    frozen: Any = None,
    normalization: str = "filter",
    progress: Progress | None = None,
) -> Estimate:
    r"""The mean rise of the loss along random filter-normalised directions, with its standard error.

    $$E_d \tfrac12 \left[ f(x + r d) + f(x - r d) \right] - f(x), \qquad \|d_{ij}\| = \|x_{ij}\|$$

    for every filter j of every layer i: rescaling a ReLU layer and undoing it in the next leaves it as
    it is, so networks can be compared. Biases and normalisation parameters do not move.

    Args:
        loss: params -> scalar.
        params: a pytree of arrays, the point x; a fit stands for its solution, and knows its filter axis.
        key: the random key of the directions; `jax.random.key(0)` when none is given.
        radius: r, how far to go, as a share of each filter's norm.
        samples: how many directions, at least 2; each is walked both ways.
        filter_axis: which axis of a weight counts output units, as for `random_plane`: -1 for kernels of
            shape (in, out), 0 for weights of shape (out, in).
        frozen: which leaves stay, as for `random_plane`.
        normalization: "filter"; "layer" or "none" to compare with, as for `random_direction`.
        progress: called with the directions done and their number; returning False cancels.

    Returns:
        The mean over directions and its standard error, in units of the loss.

    Raises:
        TypeError: when the loss is not callable or returns no scalar.
        ValueError: for a number out of range, a filter axis that is missing, parameters that are not
            finite, or without a filter.
        Cancelled: when `progress` returned False.

    >>> weights = np.ones((3, 2))
    >>> estimate = filter_sharpness(lambda w: jnp.sum(w**2), weights, radius=0.1, samples=4, filter_axis=-1)
    >>> round(estimate.value, 4), estimate.error < 1e-6
    (0.06, True)

    Source: Li et al. 2018 for the normalisation.
    """
    if not (np.isfinite(radius) and radius > 0):
        raise ValueError(f"radius must be a positive number; given {radius}")
    if isinstance(params, Fit) and filter_axis is None:
        filter_axis = params.network.FILTER_AXIS
    loss, params, _ = enter(loss, params)
    count, key = whole("samples", samples, low=2), as_key(key)
    center = jax.tree.map(np.asarray, params)
    along, meter = _along(jax.tree.structure((loss, params))), ProgressMeter(progress, count)
    filters = filters_of(center, normalization, filter_axis, frozen)
    rises, middle = [], None
    for i in range(count):
        direction = draw(center, jax.random.fold_in(key, i), normalization, filters)
        with jax.default_matmul_precision("highest"):
            middle = float(along(loss, params, direction, 0.0)) if middle is None else middle
            ends = [float(along(loss, params, direction, r)) for r in (radius, -radius)]
        with np.errstate(invalid="ignore"):
            rises.append(float(np.mean(ends)) - middle)
        meter.add(1)
    return mean(rises)


@lru_cache(maxsize=64)
def _along(structure: Any) -> Callable:
    """The compiled loss along a direction for one kind of loss; the least used is dropped."""

    def along(loss: Loss, params: Params, direction: Params, r: Any) -> Scalar:
        return loss(tree.axpy(r, direction, params))

    return jax.jit(along, compiler_options=quick())
