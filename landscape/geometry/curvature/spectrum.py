"""The whole spectrum of a Hessian from random vectors: its trace, and its density."""

from typing import Any, NamedTuple

import numpy as np

from landscape.core.progress import Progress
from landscape.core.types import Loss
from landscape.descent.keys import Key
from landscape.geometry.curvature.eigenpairs import BASIS_BYTES, whole
from landscape.geometry.curvature.lanczos import Krylov
from landscape.geometry.curvature.products import Hessian, generator
from landscape.geometry.grids.path_losses import ProgressMeter

ENOUGH = 8  # products that are worth sharing between a subspace and random vectors


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

    def __repr__(self) -> str:
        low, high = self.values[[0, -1]]
        samples, iterations = self.nodes.shape
        return (
            f"Density({len(self.values)} points from {low:.4g} to {high:.4g}, width {self.width:.3g}, "
            f"{samples} start vectors of {iterations} iterations)"
        )


def hessian_trace(
    loss: Loss,
    params: Any,
    *,
    key: Key = None,
    samples: int = 64,
    progress: Progress | None = None,
) -> Estimate:
    r"""The trace of the Hessian: exact inside a Krylov space, by Hutchinson's estimator outside of it.

    $$\mathrm{tr} H = \mathrm{tr}\, Q^\top H Q + E[z^\top P H P z], \qquad P = I - Q Q^\top$$

    A few large eigenvalues make most of the scatter of $z^\top H z$. Half of the products go into Lanczos
    iterations from a random vector, whose basis Q holds the largest; random sign vectors z see what is left.
    Without bias, for z are drawn apart from Q. With fewer than 8 products all are spent on z, and Q is empty.

    Args:
        loss: params -> scalar, twice differentiable.
        params: a pytree of arrays, the point; a fit stands for its solution.
        key: the random key of the vectors; `jax.random.key(0)` when none is given.
        samples: how many Hessian-vector products, at least 2; of 8 or more at most n are computed, which
            give the trace itself.
        progress: called with the products done and their number; returning False cancels.

    Returns:
        The estimate and its standard error over z; at least the rounding where all n products are computed,
        0 for a diagonal Hessian with fewer than 8, whose trace every sign vector gives exactly, and NaN
        where the Hessian is not finite.

    Raises:
        TypeError: when the loss is not callable, returns no scalar, or cannot be differentiated twice.
        ValueError: for too few samples, or parameters that are not finite.
        Cancelled: when `progress` returned False.

    >>> hessian_trace(lambda x: 50 * x[0]**2 - x[1]**2, np.zeros(2), samples=4)
    Estimate(value=98.0, error=0.0)

    Sources: Hutchinson 1990; Meyer, Musco, Musco & Woodruff 2021 (Hutch++); Chen & Hallman 2023 for Q.
    """
    hessian = Hessian(loss, params)
    n, count, random = hessian.size, whole("samples", samples, low=2), generator(key)
    room = min(count // 2, BASIS_BYTES // (n * hessian.dtype.itemsize)) if count >= ENOUGH else 0
    deflated = n if n <= count and room else min(room, n - 1)
    draws, meter = [], ProgressMeter(progress, n if deflated == n else count)
    space = Krylov(hessian, direction(random, hessian), deflated, random)
    for _ in range(deflated):
        space.grow()
        meter.add(1)
        if not np.isfinite(space.scale):
            return Estimate(np.nan, np.nan)
    while meter.done < meter.total:
        signs = random.choice(np.array([-1, 1], hessian.dtype), n)
        vector = space.outside(signs) if deflated else signs
        product, unit = hessian.times(vector)
        with np.errstate(invalid="ignore"):
            draws.append(unit * float(np.vdot(np.asarray(vector, float), np.asarray(product, float))))
        meter.add(1)
    inside = np.diag(space.projected)[:deflated]
    rest = mean(draws) if draws else Estimate(0.0, 0.0)
    rounding = hessian.eps * float(np.sum(np.abs(inside)))
    return Estimate(float(np.sum(inside)) + rest.value, float(np.hypot(rest.error, rounding)))


def direction(random: np.random.Generator, hessian: Hessian) -> np.ndarray:
    """(1, n), a random unit vector."""
    start = random.normal(size=(1, hessian.size))
    return (start / np.linalg.norm(start)).astype(hessian.dtype)


def mean(draws: list[float]) -> Estimate:
    """The mean of independent draws and its standard error."""
    with np.errstate(invalid="ignore"):
        return Estimate(float(np.mean(draws)), float(np.std(draws, ddof=1) / np.sqrt(len(draws))))


def spectral_density(
    loss: Loss,
    params: Any,
    *,
    key: Key = None,
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
        iterations: m, Lanczos iterations, at most n are used.
        samples: s, how many start vectors.
        points: where to evaluate it, from 4 kernel widths below the spectrum to 4 above.
        width: sigma, in units of eigenvalue; a hundredth of the spectrum's range when none is given.
        progress: called with the Hessian-vector products done and their number; returning False cancels.

    Returns:
        The density, with the quadrature behind it.

    Raises:
        TypeError: when the loss is not callable, returns no scalar, or cannot be differentiated twice.
        ValueError: for a number out of range, parameters that are not finite, or a Hessian that is not.
        Cancelled: when `progress` returned False.

    >>> found = spectral_density(lambda x: 50 * x[0]**2 - x[1]**2, np.zeros(2))
    >>> bool(abs(np.trapezoid(found.density, found.values) - 1) < 1e-3)
    True

    Source: Ghorbani, Krishnan & Xiao 2019; Ubaru, Chen & Saad 2017.
    """
    hessian = Hessian(loss, params)
    capacity, count = min(whole("iterations", iterations), hessian.size), whole("samples", samples)
    whole("points", points, low=2)
    if width is not None and not (np.isfinite(width) and width > 0):
        raise ValueError(f"width must be a positive number of eigenvalue units; given {width}")
    nodes, weights = np.empty((count, capacity)), np.empty((count, capacity))
    meter = ProgressMeter(progress, count * capacity)
    for i in range(count):
        random = generator(key, i)
        space = Krylov(hessian, direction(random, hessian), capacity, random)
        for _ in range(capacity):
            space.grow()
            meter.add(1)
            if not np.isfinite(space.scale):
                raise ValueError("the Hessian is not finite at these parameters: it has no spectrum")
        nodes[i], coordinates, *_ = space.ritz()
        weights[i] = coordinates[0] ** 2
    low, high = float(nodes.min()), float(nodes.max())
    sigma = width or 0.01 * (high - low) or 0.01 * abs(high) or 0.01
    values = np.linspace(low - 4 * sigma, high + 4 * sigma, points)
    kernels = np.exp(-0.5 * ((values - nodes.reshape(-1, 1)) / sigma) ** 2) / (sigma * np.sqrt(2 * np.pi))
    return Density(values, weights.reshape(-1) @ kernels / count, float(sigma), nodes, weights)
