"""Every schedule of the library on one noisy problem: the rates they ask for and the loss they get."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import Scalar, pytree
from landscape.descent.schedules.registry import SCHEDULES
from landscape.descent.schedules.schedule import Schedule
from landscape.study.batches.sgd_noise import RUNS, descend

STEPS = 2_000
FALL = 0.01
"""What schedules with an end keep of the rate, or fall to between two rises."""
STAIR = 0.1
"""What is left of the rate after each stair, and each time that the loss stands still."""
TENTH = float(np.log(1 / STAIR))


@pytree
class Listed(Schedule):
    r"""A value for every step, as a list.

    Args:
        values: (steps,).

    >>> float(Listed(jnp.array([0.5, 0.25]))(1))
    0.25
    """

    values: Float[Array, " steps"]

    def __call__(self, step: int | Array, state: tuple = ()) -> Scalar:
        return self.values[step]


def paced(rate: float, pace: float, steps: int = STEPS) -> Mapping[str, Schedule]:
    r"""Every schedule by name, from one rate and at one pace.

    step $\eta_0\, 0.1^{\lfloor t / s \rfloor}$ with $s = \ln 10 / k$, exponential $\eta_0 e^{-k t}$,
    inverse time $\eta_0 / (1 + k t)$; those with an end take all the steps, those that
    rise again begin anew several times.

    Args:
        rate: $\eta_0$.
        pace: $k$, per step.
        steps: of the whole run.

    >>> made = paced(1.0, 0.01)
    >>> round(float(made["exponential"](100)), 4), float(made["inverse_time"](100))
    (0.3679, 0.5)
    """
    kinds: dict[str, Any] = SCHEDULES
    fields: dict[str, dict[str, float]] = {
        "constant": {},
        "step": {"factor": STAIR, "every": TENTH / pace},
        "exponential": {"factor": float(np.exp(-1)), "every": 1 / pace},
        "inverse_time": {"every": 1 / pace},
        "polynomial": {"final": FALL, "power": 2.0, "steps": steps},
        "cosine": {"final": FALL, "steps": steps},
        "cosine_restarts": {"final": FALL, "period": steps / 7, "growth": 2.0},
        "one_cycle": {"steps": steps, "final_div_factor": 1 / FALL},
        "triangular": {"low": FALL, "steps": steps / 8},
        "plateau": {"factor": STAIR, "patience": 200},
    }
    made = {name: kinds[name](value=rate, **given) for name, given in fields.items()}
    falling = kinds["cosine"](value=rate, final=FALL, steps=0.9 * steps)
    made["warmup"] = kinds["warmup"](schedule=falling, steps=0.1 * steps)
    return {name: made[name] for name in kinds}


@jax.jit
def _values(schedules: Mapping[str, Schedule], steps: Array) -> Mapping[str, Array]:
    return {name: jax.vmap(made)(steps).astype(jnp.float32) for name, made in schedules.items()}


@lru_cache(maxsize=64)
def compared(
    rate: float, pace: float, *, noise: float = 1.0, seed: int = 0, steps: int = STEPS, runs: int = RUNS
) -> Mapping[str, tuple[np.ndarray, np.ndarray]]:
    """By schedule, the mean learning rate and the mean loss of many runs on a parabola of curvature 1.

    Args:
        rate, pace: as for `paced`.
        noise: standard deviation of what is added to every gradient.
        seed: of the noise, which is the same for every schedule.
        steps, runs: how many.

    Returns:
        (steps + 1,) rates and (steps + 1,) losses.

    >>> rates, losses = compared(0.2, 0.002, runs=8)["exponential"]
    >>> bool(losses[-200:].mean() < 0.3 * losses[200:400].mean())
    True
    """
    schedules = paced(rate, pace, steps)
    # A schedule that looks at no loss is a list of rates: one compiled program then runs them all.
    listed = _values(
        {name: made for name, made in schedules.items() if made.init() == ()}, jnp.arange(steps + 1)
    )
    told = {name: Listed(listed[name]) if name in listed else made for name, made in schedules.items()}
    found = {
        name: descend(made, steps, noise=noise, start=5.0, seed=seed, runs=runs)
        for name, made in told.items()
    }
    return {name: (each.rate.mean(axis=0), each.loss.mean(axis=0)) for name, each in found.items()}
