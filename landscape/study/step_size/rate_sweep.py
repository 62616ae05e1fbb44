"""Many learning rates at once: which are too small, which arrive, which blow up."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float, UInt8

from landscape.descent.double import in_double
from landscape.descent.follow import advance
from landscape.descent.rules.first_order import SGD
from landscape.problems.surfaces.surface import Surface

RATES = np.geomspace(1e-3, 1.0, 21)
"""The rates of a sweep, evenly spaced in the logarithm."""
SETTLED = 1e-2
"""A run has settled once this share of its first gradient is left."""


class Verdict(IntEnum):
    """How a run of a given length ended."""

    SLOW = 0
    GOOD = 1
    DIVERGED = 2


@dataclass(frozen=True, eq=False)
class Sweep:
    """One run for each rate.

    Attributes:
        loss: (rates,), above the lowest value of the surface, at the end.
        verdicts: (rates,), a `Verdict` for each.
        best: the place of the rate with the lowest loss.
    """

    loss: np.ndarray
    verdicts: UInt8[np.ndarray, " rates"]
    best: int


def swept(
    surface: Surface,
    start: Float[np.ndarray, " n"],
    steps: int,
    scale: float = 1.0,
    rates: Float[np.ndarray, " rates"] = RATES,
) -> Sweep:
    r"""Run gradient descent once for each learning rate, all in one compiled call, in double precision.

    $$x_{k+1} = x_k - \eta\, c \nabla f(x_k)$$

    A run diverged if its loss rose above the first one, is good if its gradient fell to a hundredth of the
    first one, and slow otherwise. On a parabola of curvature $\lambda$ it diverges beyond $2/\lambda$.

    Args:
        surface: $f$, with its lowest value.
        start: $x_0$.
        steps: how many.
        scale: $c$, by which the loss is multiplied.
        rates: $\eta$.

    >>> from landscape.problems.surfaces.quadratics import Parabola
    >>> found = swept(Parabola(10.0), np.ones(1), 30)
    >>> [int((found.verdicts == verdict).sum()) for verdict in Verdict]
    [8, 8, 5]
    >>> float(RATES[found.best].round(4))
    0.0891

    Source: Smith 2017, section 3.3; Nesterov 2004, section 1.2.3.
    """
    first, last, before, after = in_double(_ends, surface, np.asarray(start), scale * rates, steps=steps)
    excess = np.where(np.isfinite(last), last - float(surface.global_minimum or 0.0), np.inf)
    verdicts = np.full(len(rates), Verdict.SLOW, np.uint8)
    verdicts[after <= SETTLED * before] = Verdict.GOOD
    verdicts[~(last <= first)] = Verdict.DIVERGED
    return Sweep(scale * excess, verdicts, int(np.argmin(excess)))


def edge(
    rates: Float[np.ndarray, " rates"], verdicts: UInt8[np.ndarray, " rates"]
) -> tuple[float, float] | None:
    """The lowest and the highest rate that is good, if any is.

    >>> edge(np.array([0.1, 0.2, 0.3]), np.array([0, 1, 2], np.uint8))
    (0.2, 0.2)
    """
    good = rates[verdicts == Verdict.GOOD]
    return (float(good.min()), float(good.max())) if len(good) else None


@jax.jit
def _ends(surface: Surface, start: jax.Array, rates: jax.Array, steps: Any) -> tuple[jax.Array, ...]:
    """The first loss and each run's last one, the first gradient's length and each run's last one."""
    ends = jax.vmap(lambda rate: advance(SGD(rate), surface, start, steps)[0])(rates)
    lengths = jax.vmap(lambda x: jnp.linalg.norm(jax.grad(surface)(x)))
    return surface(start), jax.vmap(surface)(ends), lengths(start[None])[0], lengths(ends)
