"""A schedule around a schedule: a linear rise before it."""

from typing import Any

import jax.numpy as jnp

from landscape.core.types import Scalar, hyper, pytree
from landscape.descent.schedules.decays import Constant, Step
from landscape.descent.schedules.schedule import Schedule


@pytree
class Warmup(Schedule):
    r"""Linear warm-up into any other schedule, which then begins at its own step 0.

    schedule(0) * (t + 1) / steps  for t < steps,  then  schedule(t - steps)

    The first step already moves, by 1 / steps of the value; torch's LinearLR starts from a third,
    Optax's warm-ups from zero.

    Args:
        schedule: what follows.
        steps: how many steps the warm-up takes.

    >>> [round(float(Warmup(Constant(1.0), 4)(t)), 6) for t in (0, 1, 3, 9)]
    [0.25, 0.5, 1.0, 1.0]

    Source: Goyal et al. 2017, Accurate, large minibatch SGD.
    """

    schedule: Schedule = hyper(Constant(0.1))
    steps: float = hyper(30, 1, 10_000, log=True, symbol="w", within="(0, inf)")

    def init(self) -> Any:
        return self.schedule.init()

    def update(self, state: Any, loss: Scalar) -> Any:
        return self.schedule.update(state, loss)

    def __call__(self, step: Step, state: Any = ()) -> Scalar:
        later = self.schedule(jnp.maximum(step - jnp.asarray(self.steps), 0), state)
        return jnp.minimum((step + 1) / jnp.asarray(self.steps), 1) * later
