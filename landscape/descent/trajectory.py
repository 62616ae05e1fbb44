"""What a run leaves behind: the path, its losses and gradients, the rule's memory, the status."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Self

import jax
import numpy as np

from landscape.core.types import Params, Status, pytree, static
from landscape.descent.checkpoints import is_floating, live_rows, rows_in, stack
from landscape.descent.rules.rule import State


@pytree
class Trajectory:
    """One run, as NumPy arrays on the host; or a path made of checkpoints, `Trajectory.of`, which holds
    None for what was not measured.

    Attributes:
        params: tree of (rows, ...) arrays, the parameters at `steps_recorded`; leaves that do not move,
            whole numbers and truth values, repeat what they are.
        state: the rule's memory at the same steps, by name; of the leaves that move.
        gradient: the loss's gradient at the same steps (without the noise); zero for leaves that stay.
        loss: (steps + 1,), the loss at every step (without the noise); may end in inf. NaN at steps where
            it was not measured.
        grad_norm: (steps + 1,), the Euclidean norm of the gradient.
        evaluations: (steps + 1,), gradients and losses the rule had computed, cumulative.
        stride: every how many steps a row of params was recorded (1 up to 64 parameters).
        last: the last live step; a run that became non-finite stays at its last finite point.
        status: moving, converged or diverged.
        checkpoints: (rows,), the step of each row where no stride tells it.
    """

    params: Params
    state: State
    gradient: Params
    loss: Any
    grad_norm: Any
    evaluations: Any
    stride: int = static(1)
    last: int = static(0)
    status: Status = static(Status.MOVING)
    checkpoints: np.ndarray | None = None

    @classmethod
    def of(cls, checkpoints: Sequence[Params] | Params, steps: Any = None, loss: Any = None) -> Self:
        """The path through checkpoints of one's own training, with what was measured and nothing else.

        Args:
            checkpoints: a list of trees of parameters, one a checkpoint; or one tree of (rows, ...) arrays.
                Everything is copied to the host.
            steps: (rows,), the step at which each was kept, increasing; 0, 1, 2, ... when none is given.
            loss: the loss at each checkpoint, or at every step from 0 to the last of `steps`.

        Returns:
            The path. From the first checkpoint that is not finite on it has diverged, and stays where it
            was before.

        Raises:
            TypeError: for a leaf that is no real number or array of them.
            ValueError: for checkpoints that differ in structure or shape, steps that do not increase, or
                losses of another number.

        >>> path = Trajectory.of([{"w": np.zeros(2)}, {"w": np.ones(2)}], steps=[0, 10], loss=[3.0, 1.0])
        >>> path.steps, path.params["w"].shape, path.loss_recorded.tolist(), path.gradient
        (10, (2, 2), [3.0, 1.0], None)
        """
        rows = stack(checkpoints) if isinstance(checkpoints, (list, tuple)) else rows_in(checkpoints)
        return cls.along(rows, steps, loss)

    @classmethod
    def along(cls, rows: Params, steps: Any = None, loss: Any = None) -> Self:
        """The path through a tree of (rows, ...) arrays on the host; the rest as for `of`."""
        count = len(jax.tree.leaves(rows)[0])
        at, live = _steps(steps, count), live_rows(rows)
        if not live:
            raise ValueError("the first checkpoint is not finite: there is no path")
        if live < count:
            kept = np.minimum(np.arange(count), live - 1)
            rows = jax.tree.map(lambda leaf: leaf[kept], rows)
        status = Status.MOVING if live == count else Status.DIVERGED
        losses = None if loss is None else _losses(loss, at)
        last = int(at[live - 1])
        return cls(rows, {}, None, losses, None, None, 1, last, status, at)

    @property
    def steps(self) -> int:
        """The number of steps taken."""
        return len(self.loss) - 1 if self.loss is not None else int(self.steps_recorded[-1])

    @property
    def spent(self) -> int:
        """Gradients and losses computed in all: the last of `evaluations`.

        Raises:
            ValueError: for a path made of checkpoints, of which nobody counted them.
        """
        if self.evaluations is None:
            raise ValueError("this path was made of checkpoints: nobody counted its evaluations")
        return int(self.evaluations[-1])

    @property
    def steps_recorded(self) -> np.ndarray:
        """(rows,), the step of each row of params: every stride-th and the last one, or `checkpoints`."""
        if self.checkpoints is not None:
            return self.checkpoints
        rows = np.arange(jax.tree.leaves(self.params)[0].shape[0]) * self.stride
        return rows if self.loss is None else np.minimum(rows, self.steps)

    @property
    def loss_recorded(self) -> np.ndarray:
        """(rows,), the loss at each row of params; NaN where it was not measured."""
        at = self.steps_recorded
        return np.full(len(at), np.nan) if self.loss is None else np.asarray(self.loss)[at]

    @cached_property
    def update(self) -> Params:
        """Tree of (rows - 1, ...): the change from each recorded point to the next; 0 where a leaf stays."""
        return jax.tree.map(
            lambda p: np.diff(p, axis=0) if is_floating(p) else np.zeros(p[1:].shape), self.params
        )

    @cached_property
    def effective_step(self) -> Params:
        """Tree of (rows - 1, ...): how far each coordinate moved against its gradient, per unit of
        gradient; the learning rate itself for gradient descent, NaN where the gradient is zero.

        Raises:
            ValueError: for a path made of checkpoints, which holds no gradients.
        """
        if self.gradient is None:
            raise ValueError("this path was made of checkpoints: it holds no gradient, so no effective step")

        def ratio(update: np.ndarray, grad: np.ndarray) -> np.ndarray:
            nan = np.full(update.shape, np.nan, grad.dtype)
            return np.divide(update, -grad[:-1], out=nan, where=grad[:-1] != 0)

        with np.errstate(over="ignore"):
            return jax.tree.map(ratio, self.update, self.gradient)


def _steps(steps: Any, count: int) -> np.ndarray:
    """The steps of checkpoints, checked."""
    if steps is None:
        return np.arange(count)
    at = np.asarray(steps)
    whole = at.shape == (count,) and (at.dtype.kind in "iu" or np.array_equal(at, np.round(at)))
    if not whole or np.any(np.diff(at) <= 0) or at[0] < 0:
        raise ValueError(
            f"steps must be {count} whole numbers from 0 that increase, one a checkpoint; given {steps!r}"
        )
    return at.astype(np.int64)


def _losses(loss: Any, at: np.ndarray) -> np.ndarray:
    """Losses at every step, from those at every step or at checkpoints; NaN between."""
    given, count = np.asarray(loss), int(at[-1]) + 1
    if given.dtype.kind not in "fiub" or given.shape not in ((len(at),), (count,)):
        raise ValueError(
            f"loss must be one number for each of {len(at)} checkpoints, or for each of the steps 0 to "
            f"{count - 1}; given {np.shape(loss)}"
        )
    if len(given) == count:
        return given.astype(np.result_type(given, np.float32))
    losses = np.full(count, np.nan)
    losses[at] = given
    return losses


@pytree
class Sweep:
    """Many runs of one compiled call, over a batch shape.

    Attributes:
        params: tree of (*batch, ...), the final parameters.
        final_loss: (*batch,), the loss there.
        grad_norm: (*batch,), the norm of the gradient there.
        status: (*batch,), `Status` values.
        last: (*batch,), the last live step of each run.
        spent: (*batch,), gradients and losses each run computed in all.
        loss: (*batch, steps + 1), the losses along the way; None with record="final".
        evaluations: (*batch, steps + 1), gradients and losses the rule had computed, cumulative; None with
            record="final".
        path: tree of (*batch, steps + 1, ...) with record="all", the parameters; else None.
    """

    params: Params
    final_loss: np.ndarray
    grad_norm: np.ndarray
    status: np.ndarray
    last: np.ndarray
    spent: np.ndarray
    loss: np.ndarray | None = None
    evaluations: np.ndarray | None = None
    path: Params = None


def statuses(first: Any, final: Any, norm: Any, grad_norm: Any, frozen: Any, tolerance: float) -> np.ndarray:
    """The status of each run: diverged when it froze, or rose and passed a norm of 1e6;
    converged when the final gradient norm is within tolerance."""
    with np.errstate(invalid="ignore"):
        diverged = frozen | ((final > first) & (norm > 1e6))
        converged = ~diverged & (grad_norm <= tolerance)
    return np.where(diverged, Status.DIVERGED, np.where(converged, Status.CONVERGED, Status.MOVING))


def norm(params: Params, lead: int = 0) -> np.ndarray:
    """The norm over all leaves of host arrays, keeping `lead` batch axes."""
    leaves = [np.asarray(a, dtype=np.float64) for a in jax.tree.leaves(params)]
    leaves = [a.reshape(*a.shape[:lead], -1) for a in leaves]
    largest = np.max([np.max(np.abs(a), axis=-1, initial=0) for a in leaves], axis=0)
    size = np.where((largest > 0) & np.isfinite(largest), largest, 1)
    squares = [np.sum(np.square(a / size[..., None]), axis=-1) for a in leaves]
    with np.errstate(over="ignore"):
        return np.asarray(size * np.sqrt(np.sum(squares, axis=0)))
