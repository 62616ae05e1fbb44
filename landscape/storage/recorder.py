"""A recorder of one's own training loop: every few steps a copy of the parameters, within a budget."""

import os
from pathlib import Path
from typing import Any, Self, SupportsIndex

import jax
import numpy as np

from landscape.core.containers import restore
from landscape.core.leaves import split
from landscape.core.types import Params
from landscape.descent.checkpoints import stack
from landscape.descent.trajectory import Trajectory
from landscape.storage.store import StoreError, load, save

BUDGET = 512 * 2**20
LOSSES = "losses.npz"


class Recorder:
    """Keeps parameters and losses of a training loop, and makes a `Trajectory` of them.

    Call it once a step, with the parameters before that step and, where there is one, their loss. Every
    `every` steps it copies the parameters to the host at once, so that a later step may take their memory
    (`donate_argnums`). When the copies outgrow the budget, every second one is dropped and the stride
    doubles: the memory stays bounded however long the training is, and the path evenly spaced.

    With a folder every copy is a file of its own there, `step-....npz`, written whole or not at all; a
    recorder that is given the same folder later goes on where the last one stopped; if its first step lies
    before that, as after a crash, what came later is dropped.

    Args:
        every: steps between two copies, at least 1.
        budget: bytes that all copies together may take, in memory or in the folder.
        folder: where to keep the copies instead of in memory; made where it is missing.

    Raises:
        ValueError: for a number out of range.

    >>> recorder = Recorder(every=2)
    >>> for step in range(5):
    ...     recorder({"w": np.full(3, 10.0 - step)}, loss=10.0 - step)
    >>> path = recorder.trajectory()
    >>> path.steps_recorded.tolist(), path.params["w"].shape, path.loss.tolist()
    ([0, 2, 4], (3, 3), [10.0, 9.0, 8.0, 7.0, 6.0])
    """

    def __init__(
        self, every: int = 1, *, budget: int = BUDGET, folder: str | os.PathLike | None = None
    ) -> None:
        for name, value in (("every", every), ("budget", budget)):
            if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < 1:
                raise ValueError(f"{name} must be a whole number of at least 1; given {value!r}")
        self.stride, self.budget = int(every), int(budget)
        self.folder = None if folder is None else Path(folder)
        self.like: Params = None
        self._steps: list[int] = []
        self._rows: list[Params] = []
        self._losses: dict[int, Any] = {}
        self._next, self._written = 0, -1  # the step to come, and the last one whose loss is on disk
        self._resumed = False
        if self.folder is not None:
            self._resume(self.folder)

    def __call__(
        self, params: Params, loss: Any = None, *, step: SupportsIndex | None = None, keep: bool = False
    ) -> None:
        """Note one step.

        Args:
            params: the parameters, a tree of arrays, before the step with this number.
            loss: their loss, a number or a scalar array; it is fetched only with the next copy.
            step: the number of the step, larger than the one before; one more when none is given, from 0.
            keep: copy the parameters in any case, as after the last step.

        Raises:
            TypeError: for a leaf that is no real number or array of them, or a step that is no whole number.
            ValueError: for parameters of another structure or shape than before, a step that does not come
                after the last one, or memory that was donated.
        """
        at = self._next if step is None else _whole(step)
        if self._resumed:
            self._resumed = False
            self._forget(at)
        if self.like is None:
            split("the parameters", params)
            self.like = jax.tree.map(lambda leaf: np.broadcast_to(0.0, np.shape(leaf)), params)
        if at < self._next:
            raise ValueError(f"steps must increase: after step {self._next - 1} comes {at}")
        self._next = at + 1
        if loss is not None:
            self._losses[at] = loss
        if not (keep or self._is_due(at)):
            return
        size = sum(np.size(leaf) * np.dtype(_kind(leaf)).itemsize for leaf in jax.tree.leaves(params))
        while len(self._steps) > 1 and (len(self._steps) + 1) * size > self.budget:
            self._thin()
            if not (keep or self._is_due(at)):
                return
        self._keep(params, at)

    def trajectory(self) -> Trajectory:
        """The path so far: the copies, and the loss of every step for which one was given.

        Raises:
            ValueError: when nothing was recorded.
        """
        if not self._steps:
            raise ValueError("nothing was recorded: call the recorder with parameters, once a step")
        rows = self._rows if self.folder is None else [self._read(step) for step in self._steps]
        self._fetch()
        losses = None
        if self._losses:
            losses = np.full(self._steps[-1] + 1, np.nan)
            for at, value in self._losses.items():
                if at < len(losses):
                    losses[at] = value
        return Trajectory.along(stack(rows), self._steps, losses)

    def close(self) -> None:
        """Write the losses noted since the last copy; a recorder in memory has nothing to close."""
        self._fetch()
        if self.folder is not None and self._losses:
            self._write_losses(self.folder)

    def __enter__(self) -> Self:
        """The recorder itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def _is_due(self, at: int) -> bool:
        return not self._steps or at - self._steps[-1] >= self.stride

    def _keep(self, params: Params, at: int) -> None:
        """Copy the parameters."""
        row = self._copied(params)
        self._fetch()
        if self.folder is None:
            self._rows.append(row)
        else:
            save(self._file(at), {"step": at, "params": row} | self._tail())
        self._steps.append(at)

    def _copied(self, params: Params) -> Params:
        """The parameters on the host, checked against those before."""
        for told in (jax.tree.structure, lambda tree: list(map(np.shape, jax.tree.leaves(tree)))):
            if told(params) != told(self.like):
                raise ValueError(f"the parameters must be as before, {told(self.like)}; given {told(params)}")
        if any(isinstance(leaf, jax.Array) and leaf.is_deleted() for leaf in jax.tree.leaves(params)):
            raise ValueError("the memory of these parameters was donated: record them before the step")
        return jax.tree.map(np.array, params)

    def _thin(self) -> None:
        """Drop every second copy."""
        self.stride *= 2
        if self.folder is not None:
            for step in self._steps[1::2]:
                self._file(step).unlink(missing_ok=True)
            self._write_losses(self.folder)
        self._steps, self._rows = self._steps[::2], self._rows[::2]

    def _fetch(self) -> None:
        """Losses from the device as numbers."""
        for at, value in self._losses.items():
            if not isinstance(value, float):
                self._losses[at] = float(value)

    def _file(self, step: int) -> Path:
        return Path(self.folder or ".") / f"step-{step:09d}.npz"

    def _tail(self) -> dict[str, np.ndarray]:
        """The losses that are not on disk yet, for the next file."""
        at = [step for step in self._losses if step > self._written]
        self._written = max(at, default=self._written)
        values = [self._losses[step] for step in at]
        return {"at": np.array(at, np.int64), "loss": np.array(values, np.float64)}

    def _write_losses(self, folder: Path) -> None:
        """All losses so far in one file, beside copies of which some are dropped."""
        self._written = -1
        save(folder / LOSSES, {"stride": self.stride} | self._tail())

    def _read(self, step: int) -> Params:
        """One copy from its file, in the containers of the parameters that were given last."""
        params = load(self._file(step))["params"]
        return params if self.like is None else restore(params, self.like)

    def _resume(self, folder: Path) -> None:
        """Go on where another recorder stopped."""
        folder.mkdir(parents=True, exist_ok=True)
        self._steps = sorted(int(file.stem.removeprefix("step-")) for file in folder.glob("step-*.npz"))
        if (folder / LOSSES).exists():
            self._note(load(folder / LOSSES))
        for step in self._steps:
            if step > self._written:  # the last recorder was not closed
                self._note(load(self._file(step)))
        self._next = max([-1, *self._steps, *self._losses]) + 1
        self._resumed = bool(self._steps)

    def _note(self, kept: Any) -> None:
        """The losses of a file."""
        if not isinstance(kept, dict) or not {"at", "loss"} <= kept.keys():
            raise StoreError(f"{self.folder} holds files that no recorder wrote")
        self.stride = max(self.stride, int(kept.get("stride", 1)))
        self._losses |= dict(zip(kept["at"].tolist(), kept["loss"].tolist(), strict=True))
        self._written = max([self._written, *kept["at"].tolist()])

    def _forget(self, at: int) -> None:
        """Drop what lies after a step from which training goes on once more."""
        for step in [step for step in self._steps if step >= at]:
            self._file(step).unlink(missing_ok=True)
        self._steps = [step for step in self._steps if step < at]
        self._losses = {step: loss for step, loss in self._losses.items() if step < at}
        if self._next > at and self.folder is not None:
            self._next = at
            self._write_losses(self.folder)


def _kind(leaf: Any) -> Any:
    return getattr(leaf, "dtype", None) or np.asarray(leaf).dtype


def _whole(step: Any) -> int:
    """The number of a step, which may be a scalar array."""
    number = np.asarray(step)
    if number.ndim or number.dtype.kind not in "iu":
        raise TypeError(f"step must be a whole number; given {step!r}")
    return int(number)
