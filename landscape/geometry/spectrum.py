"""The whole spectrum of a Hessian from random vectors: its trace, and its density."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import jax
import numpy as np
from jax.flatten_util import ravel_pytree
from jaxtyping import Array, Float

from landscape import tree
from landscape.descent.door import default_key
from landscape.geometry.curvature import enter, whole
from landscape.geometry.lanczos import begin, extend, ritz
from landscape.geometry.probe import Meter
from landscape.geometry.slices import Progress
from landscape.types import Loss, Params


class Estimate(NamedTuple):
    """A mean over random draws, with its standard error."""

    value: float
    error: float


class Density(NamedTuple):
    """The density of a Hessian's eigenvalues, as NumPy arrays on the host.

    Attributes:
        values: (points,), eigenvalues, evenly spaced over the spectrum.
        density: (points,), the share of the eigenvalues per unit of eigenvalue; its integral is 1.
        width: the standard deviation of the kernel that blurs it, in units of eigenvalue.
        nodes: (samples, iterations), the quadrature nodes of each start vector, ascending.
        weights: (samples, iterations), their weights, each row summing to 1: the mean over rows of
            sum(weights * nodes**p) estimates the p-th moment tr(H^p) / n.
    """

    values: np.ndarray
    density: np.ndarray
    width: float
    nodes: np.ndarray
    weights: np.ndarray


def hessian_trace(
    loss: Loss,
    params: Any,
    *,
    key: Array | None = None,
    samples: int = 64,
    progress: Progress | None = None,
) -> Estimate:
    r"""The trace of the Hessian by Hutchinson's estimator, $\mathrm{tr} H = E[z^\top H z]$.

    Args:
        loss: params -> scalar, twice differentiable.
        params: a pytree of arrays, the point; a fit stands for its solution.
        key: the random key of the sign vectors z; `jax.random.key(0)` when none is given.
        samples: how many vectors, at least 2; each costs one Hessian-vector product.
        progress: called with the vectors done and their number; returning False cancels.

    Returns:
        The mean and its standard error; the error is 0 for a diagonal Hessian, whose trace every sign
        vector gives exactly, and NaN where the Hessian is not finite.

    Raises:
        TypeError: when the loss is not callable or returns no scalar.
        ValueError: for too few samples, or parameters that are not finite.
        Cancelled: when `progress` returned False.

    >>> hessian_trace(lambda x: 50 * x[0]**2 - x[1]**2, np.zeros(2), samples=4)
    Estimate(value=98.0, error=0.0)

    Source: Hutchinson 1990.
    """
    loss, params, _ = enter(loss, params)
    count, key = whole("samples", samples, low=2), default_key(key)
    form = _quadratic_form(jax.tree.structure((loss, params)))
    draws, meter = [], Meter(progress, count)
    for i in range(count):
        with jax.default_matmul_precision("highest"):
            draws.append(float(form(loss, params, jax.random.fold_in(key, i))))
        meter.add(1)
    return mean(draws)


@lru_cache(maxsize=64)
def _quadratic_form(structure: Any) -> Callable:
    """The compiled z' H z for one kind of loss; the least used kind is dropped."""

    def form(loss: Loss, params: Params, key: Array) -> Float[Array, ""]:
        flat, unravel = ravel_pytree(params)
        signs = unravel(jax.random.rademacher(key, flat.shape, flat.dtype))
        return tree.dot(signs, tree.hvp(loss, params, signs))

    return jax.jit(form)


def mean(draws: list[float]) -> Estimate:
    """The mean of independent draws and its standard error."""
    with np.errstate(invalid="ignore"):
        return Estimate(float(np.mean(draws)), float(np.std(draws, ddof=1) / np.sqrt(len(draws))))


def spectral_density(
    loss: Loss,
    params: Any,
    *,
    key: Array | None = None,
    iterations: int = 80,
    samples: int = 10,
    points: int = 400,
    width: float | None = None,
    progress: Progress | None = None,
) -> Density:
    r"""The density of the Hessian's eigenvalues by stochastic Lanczos quadrature.

    $$\phi(t) = \frac1n \sum_i \mathcal N(t; \lambda_i, \sigma^2)
      \approx \frac1s \sum_{r=1}^{s} \sum_{j=1}^{m} w_{rj} \, \mathcal N(t; \theta_{rj}, \sigma^2)$$

    theta are the Ritz values of m Lanczos iterations from a random unit vector, w the squared first
    components of their eigenvectors.

    Args:
        loss: params -> scalar, twice differentiable.
        params: a pytree of n numbers, the point; a fit stands for its solution.
        key: the random key of the start vectors; `jax.random.key(0)` when none is given.
        iterations: m, Lanczos iterations, at most n are used; a new number recompiles.
        samples: s, how many start vectors.
        points: where to evaluate it, from 4 kernel widths below the spectrum to 4 above.
        width: sigma, in units of eigenvalue; a hundredth of the spectrum's range when none is given.
        progress: called with the start vectors done and their number; returning False cancels.

    Returns:
        The density, with the quadrature behind it.

    Raises:
        TypeError: when the loss is not callable or returns no scalar.
        ValueError: for a number out of range, parameters that are not finite, or a Hessian that is not.
        Cancelled: when `progress` returned False.

    >>> found = spectral_density(lambda x: 50 * x[0]**2 - x[1]**2, np.zeros(2))
    >>> bool(abs(np.trapezoid(found.density, found.values) - 1) < 1e-3)
    True

    Source: Ghorbani, Krishnan & Xiao 2019; Ubaru, Chen & Saad 2017.
    """
    loss, params, n = enter(loss, params)
    capacity = min(whole("iterations", iterations), n)
    count, key = whole("samples", samples), default_key(key)
    whole("points", points, low=2)
    if width is not None and not (np.isfinite(width) and width > 0):
        raise ValueError(f"width must be a positive number of eigenvalue units; given {width}")
    dtype = jax.tree.leaves(params)[0].dtype
    nodes, weights, meter = np.empty((count, capacity)), np.empty((count, capacity)), Meter(progress, count)
    for i in range(count):
        first, later = jax.random.split(jax.random.fold_in(key, i))
        start = np.asarray(jax.random.normal(first, (1, n), dtype))
        space = extend(loss, params, begin(start / np.linalg.norm(start), capacity), capacity, later)
        if not np.isfinite(space.scale):
            raise ValueError("the Hessian is not finite at these parameters: it has no spectrum")
        nodes[i], coordinates, _ = ritz(space)
        weights[i] = coordinates[0] ** 2
        meter.add(1)
    low, high = float(nodes.min()), float(nodes.max())
    sigma = width or 0.01 * (high - low) or 0.01 * max(abs(high), 1.0)
    values = np.linspace(low - 4 * sigma, high + 4 * sigma, points)
    kernels = np.exp(-0.5 * ((values - nodes.reshape(-1, 1)) / sigma) ** 2) / (sigma * np.sqrt(2 * np.pi))
    return Density(values, weights.reshape(-1) @ kernels / count, float(sigma), nodes, weights)
