"""A schedule that watches the loss."""

from typing import Any

import jax.numpy as jnp

from landscape.core.types import Scalar, hyper, pytree
from landscape.descent.schedules.decays import Step
from landscape.descent.schedules.schedule import Schedule


@pytree
class Plateau(Schedule):
    r"""Reduce on plateau: the value falls when the loss has not improved for a while.

    value * factor^k,  k rises after each `patience` steps without a loss below
    best - rtol * abs(best)

    optax.contrib.reduce_on_plateau; torch's ReduceLROnPlateau waits one step longer. Both compare
    with best * (1 - rtol), which a negative loss always passes.

    Args:
        value: the value before any reduction.
        factor: what is left after each reduction, in (0, 1).
        patience: steps without improvement before a reduction.
        rtol: the share of the best loss that counts as an improvement, >= 0.

    >>> plateau = Plateau(1.0, 0.5, 2)
    >>> state = plateau.init()
    >>> for loss in (3.0, 3.0, 3.0):
    ...     state = plateau.update(state, jnp.float32(loss))
    >>> float(plateau(3, state))
    0.5
    """

    value: float = hyper(0.1, 1e-5, 10.0, log=True, symbol=r"\eta_0", within="(-inf, inf)")
    factor: float = hyper(0.5, 0.01, 0.99, symbol=r"\gamma", within="(0, 1)")
    patience: float = hyper(10, 1, 1_000, log=True, symbol="p", within="(0, inf)")
    rtol: float = hyper(1e-4, 1e-8, 0.5, log=True, symbol=r"\tau", within="[0, 1)")

    def init(self) -> dict[str, Any]:
        one = jnp.ones((), jnp.asarray(self.value).dtype)
        return {"best": jnp.inf * one, "waited": jnp.int32(0), "scale": one}

    def update(self, state: dict[str, Any], loss: Scalar) -> dict[str, Any]:
        best = state["best"]
        # nothing is better than a best of infinity by a share of it
        better = jnp.where(jnp.isinf(best), loss < best, loss < best - self.rtol * jnp.abs(best))
        waited = jnp.where(better, 0, state["waited"] + 1)
        reduce = waited >= self.patience
        return {
            "best": jnp.where(better, loss, best),
            "waited": jnp.where(reduce, 0, waited),
            "scale": jnp.where(reduce, self.factor * state["scale"], state["scale"]),
        }

    def __call__(self, step: Step, state: Any = ()) -> Scalar:
        return self.value * (state["scale"] if state else jnp.ones(()))
