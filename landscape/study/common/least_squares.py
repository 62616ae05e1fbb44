"""Linear least squares on random samples: the gradient of each sample, of batches, and of all of them."""

from functools import lru_cache, partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from landscape.geometry.grids.grid import Grid

DRAWS = 400
"""How many batches are drawn to see how their gradients scatter."""


class Samples(NamedTuple):
    """Samples of a linear model.

    Attributes:
        x: (n, d), the features.
        y: (n,), the targets.
    """

    x: np.ndarray
    y: np.ndarray


class Quadratic(NamedTuple):
    r"""The mean loss of all samples, as a quadratic: $L(w) = L(w^*) + \tfrac12 (w - w^*)^\top H (w - w^*)$.

    Attributes:
        hessian: (d, d).
        minimizer: (d,).
        curvatures: (d,), the eigenvalues of H, rising.
    """

    hessian: np.ndarray
    minimizer: np.ndarray
    curvatures: np.ndarray

    def excess(self, w: np.ndarray) -> np.ndarray:
        """How far the mean loss at (..., d) weights lies above the lowest one."""
        off = np.asarray(w, np.float64) - self.minimizer
        return np.asarray(0.5 * np.einsum("...i,ij,...j->...", off, self.hessian, off))


@lru_cache(maxsize=32)
def samples(n: int = 4096, d: int = 10, noise: float = 0.5, narrowest: float = 1.0, seed: int = 0) -> Samples:
    r"""Gaussian features and targets of a random linear model.

    $$y_i = w^\top x_i + \sigma n_i, \qquad x_{ij} \sim N(0, s_j^2), \quad w_j, n_i \sim N(0, 1)$$

    Args:
        n: how many samples.
        d: how many features.
        noise: $\sigma$.
        narrowest: the scale $s_d$ of the last feature; they are log-spaced from 1, so that the condition
            number is about $1 / s_d^2$.
        seed: of features, weights and noise.

    >>> data = samples(100, 3, narrowest=0.1)
    >>> data.x.shape, data.y.shape, bool(data.x[:, 2].std() < 0.2)
    ((100, 3), (100,), True)
    """
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(n, d)) * np.geomspace(1.0, narrowest, d)
    y = x @ draw.normal(size=d) + noise * draw.normal(size=n)
    return Samples(x.astype(np.float32), y.astype(np.float32))


@lru_cache(maxsize=32)
def line_samples(n: int = 100, noise: float = 0.5, seed: int = 0) -> Samples:
    r"""Points around a straight line, whose two weights are its height at 0 and its slope.

    $$y_i = w_1 + w_2 t_i + \sigma n_i, \qquad x_i = (1, t_i), \quad t_i \sim U(-2, 2), \quad w = (0.5, 1)$$

    Args:
        n: how many points.
        noise: $\sigma$.
        seed: of the points.

    >>> quadratic(line_samples(noise=0.0)).minimizer.round(5).tolist()
    [0.5, 1.0]
    """
    draw = np.random.default_rng(seed)
    x = np.stack([np.ones(n), draw.uniform(-2.0, 2.0, n)], axis=1)
    y = x @ np.array([0.5, 1.0]) + noise * draw.normal(size=n)
    return Samples(x.astype(np.float32), y.astype(np.float32))


def bowl(data: Samples, a: Float[np.ndarray, " na"], b: Float[np.ndarray, " nb"]) -> Grid:
    """How far the mean loss lies above the lowest, over two weights.

    >>> bowl(line_samples(noise=0.0), np.array([0.5]), np.array([1.0])).loss.round(5).tolist()
    [[0.0]]
    """
    return Grid(a, b, quadratic(data).excess(np.stack(np.meshgrid(a, b, indexing="ij"), axis=-1)))


def quadratic(data: Samples) -> Quadratic:
    r"""The mean of all losses $\tfrac12 (w^\top x_i - y_i)^2$ in double precision.

    >>> found = quadratic(samples(4096, 20, 0.1))
    >>> bool(abs(found.curvatures[-1] - 1.0) < 0.2), float(found.excess(found.minimizer))
    (True, 0.0)
    """
    x, y = (np.asarray(part, np.float64) for part in data)
    hessian = x.T @ x / len(x)
    return Quadratic(hessian, np.linalg.solve(hessian, x.T @ y / len(x)), np.linalg.eigvalsh(hessian))


def loss(w: Float[Array, " d"], x: Float[Array, " d"], y: Float[Array, ""]) -> Float[Array, ""]:
    """Half the squared error of one sample."""
    return 0.5 * (x @ w - y) ** 2


def gradients(data: Samples, w: Float[np.ndarray, " d"]) -> Float[np.ndarray, "n d"]:
    r"""The gradient of every single sample: $g_i = (w^\top x_i - y_i)\, x_i$, by differentiation.

    >>> data = Samples(np.ones((1, 2), np.float32), np.zeros(1, np.float32))
    >>> gradients(data, np.array([1.0, 2.0])).tolist()
    [[3.0, 3.0]]
    """
    return np.asarray(_singly(jnp.asarray(w, jnp.float32), *data))


def full_gradient(data: Samples, w: Float[np.ndarray, " d"]) -> Float[np.ndarray, " d"]:
    """The gradient of the mean loss of all samples: one differentiation of the whole.

    >>> data, w = samples(64, 4), np.zeros(4)
    >>> bool(np.abs(gradients(data, w).mean(axis=0) - full_gradient(data, w)).max() < 1e-5)
    True
    """
    return np.asarray(_wholly(jnp.asarray(w, jnp.float32), *data))


def estimates(
    each: Float[np.ndarray, "n d"], batch: int, draws: int = DRAWS, seed: int = 0
) -> Float[np.ndarray, "draws d"]:
    r"""Means over batches that are drawn with replacement: estimates of the mean over all.

    $$\hat g = \frac1B \sum_{b=1}^{B} g_{i_b}$$

    Args:
        each: (n, d), the gradient of every sample.
        batch: B.
        draws: how many batches.
        seed: of the draws.

    >>> each = gradients(samples(), np.zeros(10))
    >>> estimates(each, 16, draws=3).shape
    (3, 10)
    """
    chosen = np.random.default_rng(seed).integers(len(each), size=(draws, batch))
    return each[chosen].mean(axis=1)


def cosines(vectors: Float[np.ndarray, "count d"], truth: Float[np.ndarray, " d"]) -> np.ndarray:
    """The cosine of the angle between each vector and the true one.

    >>> cosines(np.array([[2.0, 0.0], [0.0, 1.0], [-1.0, 0.0]]), np.array([1.0, 0.0])).tolist()
    [1.0, 0.0, -1.0]
    """
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(truth)
    return (vectors @ truth) / np.maximum(lengths, 1e-30)


class Scatter(NamedTuple):
    """How batch gradients scatter around the true one.

    Attributes:
        batches: (sizes,), the batch sizes.
        variance: (sizes,), the mean squared distance from the true gradient, as measured.
        theory: (sizes,), what one over the batch size predicts from the samples themselves.
        cosine: (sizes,), the mean cosine to the true gradient.
        spread: (sizes, 2), the cosines that a tenth of the batches stay below, and above.
    """

    batches: np.ndarray
    variance: np.ndarray
    theory: np.ndarray
    cosine: np.ndarray
    spread: np.ndarray

    @property
    def slope(self) -> float:
        """Of log variance over log batch size: -1 for one over B."""
        return float(np.polyfit(np.log(self.batches), np.log(self.variance), 1)[0])


def scatter(
    data: Samples, w: Float[np.ndarray, " d"], batches: tuple[int, ...], draws: int = DRAWS, seed: int = 0
) -> Scatter:
    r"""Draw batches of every size and compare their gradients with the true one.

    $$E\,\lVert \hat g - g \rVert^2 = \frac1B \cdot \frac1n \sum_i \lVert g_i - g \rVert^2$$

    Args:
        data: the samples.
        w: the weights.
        batches: the sizes.
        draws: how many batches of each size.
        seed: of the draws.

    >>> found = scatter(samples(), np.zeros(10), (1, 16, 256))
    >>> bool(abs(found.slope + 1) < 0.1), bool(np.all(np.diff(found.cosine) > 0))
    (True, True)

    Source: Bottou, Curtis and Nocedal 2018, section 4.
    """
    each, truth = gradients(data, w), full_gradient(data, w)
    single = float(((each - truth) ** 2).sum(axis=1).mean())
    found = [estimates(each, batch, draws, seed + k) for k, batch in enumerate(batches)]
    angles = np.stack([cosines(one, truth) for one in found])
    return Scatter(
        np.array(batches),
        np.array([((one - truth) ** 2).sum(axis=1).mean() for one in found]),
        single / np.array(batches),
        angles.mean(axis=1),
        np.quantile(angles, (0.1, 0.9), axis=1).T,
    )


@jax.jit
def _singly(w: Array, x: Array, y: Array) -> Array:
    return jax.vmap(jax.grad(loss), (None, 0, 0))(w, x, y)


@jax.jit
@partial(jax.grad, argnums=0)
def _wholly(w: Array, x: Array, y: Array) -> Array:
    return jax.vmap(loss, (None, 0, 0))(w, x, y).mean()
