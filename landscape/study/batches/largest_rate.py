"""How large a learning rate may be with batches of every size: all of them at once, with the same draws."""

from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from landscape.core.device import on
from landscape.study.common.least_squares import Samples, full_gradient, gradients, quadratic, samples

POWERS = 9
BATCHES = tuple(2**k for k in range(POWERS))
"""1 to 256; after them comes the full batch."""
RATES = np.geomspace(0.01, 4.0, 61)
STEPS, RUNS = 200, 6
LOST = 1e6
MOST = 20  # features that share one program


class Usable(NamedTuple):
    r"""What every batch size and every rate makes of least squares.

    Attributes:
        rates: (rates,), $\eta$.
        batches: (sizes,), the batch sizes; the last is all samples.
        loss: (sizes, rates, steps + 1), above the lowest, the mean of the runs.
        final: (sizes, rates), of the last third of the steps; NaN where a run was lost.
        largest: (sizes,), the largest rate up to which the final loss lies below the first.
        ceiling: $2 / \lambda_{max}$.
        noise: the batch size at which noise and curvature bound the rate alike.
    """

    rates: np.ndarray
    batches: np.ndarray
    loss: np.ndarray
    final: np.ndarray
    largest: np.ndarray
    ceiling: float
    noise: float

    def predicted(self, batch: np.ndarray) -> np.ndarray:
        r"""The border $\eta_{max} / (1 + B_{noise} / B)$ for batches of any size."""
        return np.asarray(self.ceiling / (1 + self.noise / np.asarray(batch, np.float64)))


def noise_scale(data: Samples, w: np.ndarray) -> float:
    r"""The batch size at which the noise of the gradient costs as much progress as the curvature.

    $$B_{noise} = \frac{\mathrm{tr}(H \Sigma)}{g^\top H g}$$

    Args:
        data: the samples.
        w: (d,), the weights, where $g$ is the gradient and $\Sigma$ the covariance of single gradients.

    >>> round(noise_scale(samples(4096, 20, 0.1), np.zeros(20)))
    20

    Source: McCandlish, Kaplan, Amodei et al. 2018, equation 2.8.
    """
    truth, hessian = np.asarray(full_gradient(data, w), np.float64), quadratic(data).hessian
    off = gradients(data, w).astype(np.float64) - truth
    return float(np.einsum("ni,ij,nj->", off, hessian, off) / len(off) / (truth @ hessian @ truth))


@lru_cache(maxsize=16)
def usable(d: int = 20, noise: float = 0.1, seed: int = 0) -> Usable:
    r"""Descend from zero with batches of 1 to 256 and with all of 4096 samples, at 61 rates, 6 runs each.

    Args:
        d: features, and weights.
        noise: of the targets.
        seed: of samples and batches.

    >>> found = usable(5)
    >>> found.final.shape, bool(found.largest[-1] > found.largest[0])
    ((10, 61), True)

    Source: McCandlish, Kaplan, Amodei et al. 2018; Shallue et al. 2019.
    """
    data = samples(4096, d, noise, seed=seed)
    model = quadratic(data)
    spare = max(MOST - d, 0)  # so that another number of features does not compile anew
    wide = np.pad(data.x, ((0, 0), (0, spare)))
    hessian, minimizer = np.pad(model.hessian, (0, spare)), np.pad(model.minimizer, (0, spare))
    parts = (wide, data.y, hessian, minimizer, RATES, np.zeros(d + spare))
    with on(d):
        whole = (jnp.asarray(part, jnp.float32) for part in parts)
        loss = np.asarray(_losses(*whole, jax.random.key(seed)), np.float64)
    final = loss[..., -STEPS // 3 :].mean(axis=-1)
    fine = final < loss[..., 0]
    largest = np.array([RATES[max(int(np.argmin(np.append(row, False))) - 1, 0)] for row in fine])
    final = np.where(np.isfinite(final) & (final < LOST), final, np.nan)
    batches = np.array([*BATCHES, len(data.x)])
    ceiling = 2 / float(model.curvatures[-1])
    return Usable(RATES, batches, loss, final, largest, ceiling, noise_scale(data, np.zeros(d)))


@jax.jit
def _losses(
    x: Array, y: Array, hessian: Array, minimizer: Array, rates: Array, start: Array, key: Array
) -> Array:
    """One draw of 256 samples for all sizes: a batch is its first few, and the sums are shared."""
    n, d = x.shape
    target = hessian @ minimizer

    def sums(part: Array) -> Array:
        blocks = [part[:, :1], *(part[:, size : 2 * size] for size in BATCHES[:-1])]
        total = jnp.cumsum(jnp.stack([block.sum(axis=1) for block in blocks], axis=1), axis=1)
        return total / jnp.asarray(BATCHES, part.dtype).reshape(1, -1, *[1] * (part.ndim - 2))

    def step(w: Array, key: Array) -> tuple[Array, Array]:
        i = jax.random.randint(key, (RUNS, BATCHES[-1]), 0, n)
        rows = x[i]
        gram, right = sums(rows[..., :, None] * rows[..., None, :]), sums(rows * y[i][..., None])
        gram = jnp.concatenate([gram, jnp.broadcast_to(hessian, (RUNS, 1, d, d))], axis=1)
        right = jnp.concatenate([right, jnp.broadcast_to(target, (RUNS, 1, d))], axis=1)
        slope = jnp.einsum("sbij,sbrj->sbri", gram, w) - right[:, :, None]
        w = w - rates[:, None] * slope
        return w, excess(w)

    def excess(w: Array) -> Array:
        off = w - minimizer
        return 0.5 * ((off @ hessian) * off).sum(axis=-1).mean(axis=0)

    w = jnp.broadcast_to(start, (RUNS, POWERS + 1, len(rates), d))
    first = excess(w)[None]
    rest = lax.scan(step, w, jax.random.split(key, STEPS))[1]
    return jnp.moveaxis(jnp.concatenate([first, rest]), 0, -1)
