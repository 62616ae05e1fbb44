"""What a run leaves behind: the path, its losses and gradients, the rule's memory, the outcome."""

from functools import cached_property
from typing import Any

import jax
import numpy as np

from landscape.descent.rule import State
from landscape.types import Params, Status, pytree, static


@pytree
class Trajectory:
    """One run, as NumPy arrays on the host.

    Attributes:
        params: tree of (rows, ...) arrays, the parameters at `steps_recorded`.
        state: the rule's memory at the same steps, by name.
        gradient: the loss's gradient at the same steps (without the noise).
        loss: (steps + 1,), the loss at every step (without the noise); may end in inf.
        grad_norm: (steps + 1,), the Euclidean norm of the gradient.
        evaluations: (steps + 1,), gradients and losses the rule had computed, cumulative.
        stride: every how many steps a row of params was recorded (1 up to 64 parameters).
        last: the last live step; a run that became non-finite stays at its last finite point.
        status: moving, converged or diverged.
    """

    params: Params
    state: State
    gradient: Params
    loss: np.ndarray
    grad_norm: np.ndarray
    evaluations: np.ndarray
    stride: int = static(1)
    last: int = static(0)
    status: Status = static(Status.MOVING)

    @property
    def steps(self) -> int:
        """The number of steps taken."""
        return len(self.loss) - 1

    @property
    def steps_recorded(self) -> np.ndarray:
        """(rows,), the step of each row of params: every stride-th and the last one."""
        rows = jax.tree.leaves(self.params)[0].shape[0]
        return np.minimum(np.arange(rows) * self.stride, self.steps)

    @cached_property
    def update(self) -> Params:
        """Tree of (rows - 1, ...): the change from each recorded point to the next."""
        return jax.tree.map(lambda p: np.diff(p, axis=0), self.params)

    @cached_property
    def effective_step(self) -> Params:
        """Tree of (rows - 1, ...): how far each coordinate moved against its gradient, per unit of
        gradient; the learning rate itself for gradient descent, NaN where the gradient is zero."""

        def ratio(update: np.ndarray, grad: np.ndarray) -> np.ndarray:
            nan = np.full_like(update, np.nan)
            return np.divide(-update, grad[:-1], out=nan, where=grad[:-1] != 0)

        with np.errstate(over="ignore"):
            return jax.tree.map(ratio, self.update, self.gradient)


@pytree
class Sweep:
    """Many runs of one compiled call, over a batch shape.

    Attributes:
        params: tree of (*batch, ...), the final parameters.
        final_loss: (*batch,), the loss there.
        grad_norm: (*batch,), the norm of the gradient there.
        status: (*batch,), `Status` values.
        last: (*batch,), the last live step of each run.
        evaluations: (*batch,), gradients and losses each run computed in all.
        loss: (*batch, steps + 1), the losses along the way; None with record="final".
        cost: (*batch, steps + 1), gradients and losses computed so far; None with record="final".
        path: tree of (*batch, steps + 1, ...) with record="all", the parameters; else None.
    """

    params: Params
    final_loss: np.ndarray
    grad_norm: np.ndarray
    status: np.ndarray
    last: np.ndarray
    evaluations: np.ndarray
    loss: np.ndarray | None = None
    cost: np.ndarray | None = None
    path: Params = None


def outcome(first: Any, final: Any, norm: Any, grad_norm: Any, frozen: Any, tolerance: float) -> np.ndarray:
    """The status of each run: diverged when it froze, or rose and passed a norm of 1e6;
    converged when the final gradient norm is within tolerance."""
    with np.errstate(invalid="ignore"):
        diverged = frozen | ((final > first) & (norm > 1e6))
        converged = ~diverged & (grad_norm <= tolerance)
    return np.where(diverged, Status.DIVERGED, np.where(converged, Status.CONVERGED, Status.MOVING))


def norm(params: Params, lead: int = 0) -> np.ndarray:
    """The norm over all leaves of host arrays, keeping `lead` batch axes."""
    with np.errstate(over="ignore"):
        squares = [np.square(a, dtype=np.float64) for a in jax.tree.leaves(params)]
        return np.asarray(np.sqrt(np.sum([s.sum(axis=tuple(range(lead, s.ndim))) for s in squares], axis=0)))
