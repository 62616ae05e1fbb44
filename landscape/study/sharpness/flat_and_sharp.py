"""A flat and a sharp minimum side by side: what a shift costs in each, and in which noise leaves one."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import hyper, pytree
from landscape.descent.follow import advance
from landscape.descent.rules.first_order import SGD

SHARP_AT, FLAT_AT = -1.0, 1.0
RATE, NOISE = 0.02, 20.0
"""How the particles descend."""


@pytree
class TwoWells:
    r"""Two parabolas of the same depth, whichever is lower: a sharp one at -1 and a flat one at 1.

    $$f(x) = \min\left(\tfrac12 \lambda_s (x + 1)^2,\; \tfrac12 \lambda_f (x - 1)^2\right)$$

    Args:
        sharp: $\lambda_s$, the curvature at -1.
        flat: $\lambda_f$, the curvature at 1.

    >>> wells = TwoWells(50.0, 1.0)
    >>> [float(wells(x)) for x in (-1.0, 1.0)], [bool(wells.inside(x)) for x in (-0.8, -0.7)]
    ([0.0, 0.0], [True, False])
    """

    sharp: float = hyper(50.0, 1.0, 200.0, log=True, symbol=r"\lambda_s")
    flat: float = hyper(1.0, 0.1, 10.0, log=True, symbol=r"\lambda_f")

    def __call__(self, x: Any) -> Any:
        return jnp.minimum(0.5 * self.sharp * (x - SHARP_AT) ** 2, 0.5 * self.flat * (x - FLAT_AT) ** 2)

    def inside(self, x: Any) -> Any:
        """Whether a place belongs to the sharp minimum: its parabola is the lower one."""
        return self.sharp * (x - SHARP_AT) ** 2 < self.flat * (x - FLAT_AT) ** 2


def rise(curvature: float, shift: float) -> float:
    r"""What a minimum of that curvature costs when the loss is shifted under it, $\frac12\lambda\delta^2$.

    >>> round(rise(50.0, 0.1), 6), round(rise(1.0, 0.1), 6)
    (0.25, 0.005)
    """
    return 0.5 * curvature * shift**2


def escapes(
    wells: TwoWells, batches: Sequence[int], *, rate: float = RATE, noise: float = NOISE,
    steps: int = 2_000, particles: int = 2_000, seed: int = 0,
) -> Float[np.ndarray, "batches particles"]:  # fmt: skip
    r"""Where particles end that begin in the sharp minimum and descend with noisy slopes.

    $$x \leftarrow x - \eta \left(f'(x) + \frac{\sigma}{\sqrt B}\,\varepsilon\right), \qquad
      \varepsilon \sim \mathcal N(0, 1)$$

    Args:
        wells: the curve.
        batches: B, one after another; new values do not recompile.
        rate: $\eta$.
        noise: $\sigma$, of the slope of a single example.
        steps: how many.
        particles: how many for each batch.
        seed: of the noise, the same for every batch.

    Returns:
        (batches, particles) the places where they end.

    >>> ends = escapes(TwoWells(), [4, 256], particles=50)
    >>> bool(np.mean(ends[0] > 0) > 0.5), bool(np.mean(ends[1] > 0) < 0.1)
    (True, True)

    Source: Kramers 1940; Jastrzebski et al. 2017 for batches.
    """
    scales = jnp.asarray([noise / np.sqrt(batch) for batch in batches])
    return np.asarray(_run(wells, scales, rate, _draws(steps, particles, seed)))


@lru_cache(maxsize=2)
def _draws(steps: int, particles: int, seed: int) -> Float[Array, "steps particles"]:
    """The noise of every step, which takes longer to draw than to use."""
    return jax.random.normal(jax.random.key(seed), (steps, particles))


def _descent(wells: TwoWells, scales: Array, rate: Any, draws: Array) -> Array:
    """The particles of all batches at once."""

    def loss(x: Array, drawn: Array) -> Array:
        return jnp.sum(wells(x) + scales[:, None] * drawn * x)

    start = jnp.full((len(scales), draws.shape[1]), SHARP_AT)
    return advance(SGD(rate), loss, start, len(draws), draws)[0]


_run = jax.jit(_descent, compiler_options={"xla_backend_optimization_level": 3})


def fled(ends: Float[np.ndarray, "batches particles"], wells: TwoWells) -> Float[np.ndarray, " batches"]:
    """The share of particles that ended outside the sharp minimum.

    >>> fled(np.array([[-1.0, 1.0]]), TwoWells()).tolist()
    [0.5]
    """
    return np.mean(~np.asarray(wells.inside(ends)), axis=1)
