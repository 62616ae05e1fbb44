"""Leaving a saddle from its very ridge: never without noise, soon with a little of it."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from landscape.descent.schedules.decays import Constant
from landscape.study.batches.sgd_noise import descend

RUNS, LIMIT = 100, 1_000
HALF = 0.6745
"""Half of all normal numbers lie within so many standard deviations."""


class Leaving(NamedTuple):
    """Many runs from the ridge of a saddle.

    Attributes:
        across: (runs, LIMIT + 1), how far beside the ridge each is.
        steps: (runs,), the first step at which that exceeds 1; nan where it never did.
    """

    across: np.ndarray
    steps: np.ndarray


@lru_cache(maxsize=32)
def leaving(rate: float, descent: float = 1.0, noise: float = 1e-3, seed: int = 0) -> Leaving:
    r"""Gradient descent from exactly on the ridge, with noise of its own in every run.

    Across the ridge of $f = \frac12 (s^2 - \lambda u^2)$ it is a recurrence of its own, from $u_0 = 0$:

    $$u_{k+1} = (1 + \eta\lambda)\, u_k + \eta\sigma n_k$$

    Args:
        rate: $\eta$.
        descent: $\lambda$, how strongly the saddle bends down.
        noise: $\sigma$.
        seed: of the noise.

    >>> found = leaving(0.1)
    >>> len(found.steps), bool(np.isfinite(found.steps).all())
    (100, True)

    Source: Ge, Huang, Jin & Yuan 2015; Jin et al. 2017.
    """
    found = descend(Constant(rate), LIMIT, curvature=-descent, noise=noise, start=0.0, seed=seed, runs=RUNS)
    out = np.abs(found.x) > 1
    return Leaving(found.x, np.where(out.any(axis=1), out.argmax(axis=1), np.nan))


def predicted(rate: float, descent: float = 1.0, noise: float = 1e-3) -> float:
    r"""After how many steps half of the runs are more than 1 beside the ridge.

    $$k = \frac{\ln\left(1 + (g^2 - 1) / (0.6745\,\eta\sigma)^2\right)}{2 \ln g}, \qquad g = 1 + \eta\lambda$$

    Args:
        rate, descent, noise: as for `leaving`.

    Returns:
        Steps, not rounded; infinite without noise.

    >>> round(predicted(0.1), 1), predicted(0.1, noise=0.0)
    (92.6, inf)
    """
    if noise == 0:
        return float("inf")
    growth = 1 + rate * descent
    return float(np.log1p((growth**2 - 1) / (HALF * rate * noise) ** 2) / (2 * np.log(growth)))
