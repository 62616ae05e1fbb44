"""Runs of one kind that train side by side: the same rule's class with other numbers, or from other seeds."""

import dataclasses
from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array

from landscape.core import tree
from landscape.core.types import Params, Status
from landscape.descent.rules.rule import Rule
from landscape.descent.training.batches import MAX_STEPS_PER_CALL
from landscape.descent.training.compiled import begin, compiled_metrics, compiled_steps
from landscape.descent.training.fit import Fit, History
from landscape.descent.trajectory import Trajectory, norm, statuses
from landscape.problems.data.datasets import Dataset
from landscape.problems.networks.network import Network

SNAPSHOTS = 200
SNAPSHOT_BYTES = 64 * 2**20
"""A run's path keeps no more rows and bytes of parameters than these."""

PROBE = 128
"""The examples on which gradients and activations of the layers are measured."""

TOLERANCE = 1e-5


class TrainingBatch:
    """Runs that share one compiled program, a rule's for each start.

    Args:
        rules: of one kind, that is of one tree structure.
        network: what they train.
        data: what to train on and to measure by.
        starts: the parameters each seed begins with.
        chances: the random key of each seed.
        every: how many steps lie between two records.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        network: Network,
        data: Dataset,
        starts: Sequence[Params],
        chances: Sequence[Array],
        every: int,
    ):
        runs = [
            (rule, start, chance) for rule in rules for start, chance in zip(starts, chances, strict=True)
        ]
        self.given, self.network = network, tree.cast(network.without_initializer(), jnp.float32)
        self.rules = _stacked([tree.cast(rule, jnp.float32) for rule, _, _ in runs])
        self.chances = jnp.stack([chance for _, _, chance in runs])
        self.runs = jax.vmap(begin, (0, None, 0))(self.rules, self.network, _stacked([s for _, s, _ in runs]))
        self.train = jnp.asarray(data.train.x), jnp.asarray(data.train.y)
        self.validation = jnp.asarray(data.validation.x), jnp.asarray(data.validation.y)
        self.probe = tuple(part[:PROBE] for part in self.train)
        self.rows = max(2, min(SNAPSHOTS, SNAPSHOT_BYTES // (4 * tree.size(starts[0]))) - 1)
        self.stride = every
        self.snapshots: list[tuple[int, Params]] = []
        self.records: list[dict[str, np.ndarray]] = []
        self.curves: list[tuple[np.ndarray, ...]] = []
        self.asked: list[tuple[int, Any]] = []
        self.measured: list[tuple[int, Any, Any]] = []
        self.best = [(np.inf, 0, None)] * len(runs)
        self.stopped: list[int | None] = [None] * len(runs)

    @property
    def going(self) -> bool:
        """Whether any run still moves."""
        return bool(np.any(self.runs.going))

    def advance(self, order: np.ndarray, first: int) -> None:
        """Set going the steps on the batches listed in `order`, (seeds, steps, batch)."""
        self.runs, curves = self._stepped(order, first)
        self.asked.append((order.shape[1], curves))

    def record(self, step: int) -> None:
        """Set going the measurement of every run on whole splits; its parameters are kept with it."""
        program = compiled_metrics(jax.tree.structure((self.network, self.runs)))
        found = program(self.network, self.runs, self.train, self.validation, self.probe)
        self.measured.append((step, found, self.runs.params))

    def collect(self) -> None:
        """Wait for everything that was set going, and bring it to the host."""
        asked, measured = jax.device_get((self.asked, self.measured))
        self.curves += [tuple(curve[:, :count] for curve in curves) for count, curves in asked]
        for step, found, params in measured:
            self.records.append({"step": np.int32(step)} | found)
            if step % self.stride == 0:
                self.snapshots.append((step, params))
            if len(self.snapshots) > self.rows:
                self.snapshots, self.stride = self.snapshots[::2], 2 * self.stride
        self.asked, self.measured = [], []

    def stop(self, step: int, patience: int) -> None:
        """Note the best, and end the runs whose validation loss has not fallen for `patience` steps."""
        self.collect()
        losses = self.records[-1]["validation_loss"]
        going = np.array(self.runs.going)
        for r in range(len(going)):
            # A run that froze is measured once more where it stands, and what was stopped is over.
            if self.stopped[r] is not None:
                continue
            if losses[r] < self.best[r][0]:
                kept = jax.tree.map(lambda a, r=r: np.asarray(a[r]), (self.runs.params, self.runs.statistics))
                self.best[r] = (losses[r], step, kept)
            elif going[r] and step - self.best[r][1] >= patience:
                going[r], self.stopped[r] = False, step
        self.runs = dataclasses.replace(self.runs, going=jnp.asarray(going))

    def end(self) -> int:
        """The step by which every run had frozen or was stopped; only once none is going."""
        frozen = np.asarray(self.runs.last) + 1
        return int(max(frozen[r] if at is None else at for r, at in enumerate(self.stopped)))

    def histories(self) -> list[History]:
        """How each run has gone so far."""
        now = self.records[-1]["step"]
        return [self._history(r, now if at is None else at) for r, at in enumerate(self.stopped)]

    def fits(self, order: np.ndarray, step: int, planned: int) -> list[Fit]:
        """What each run leaves behind after `step` steps; `order` lists the batch to measure the end on."""
        _, end = jax.device_get(self._stepped(order, step))
        curves = [np.concatenate(parts, axis=1) for parts in zip(*self.curves, strict=True)]
        going, last, final = jax.device_get(
            (self.runs.going, self.runs.last, (self.runs.params, self.runs.statistics))
        )
        fits = []
        for r, stopped in enumerate(self.stopped):
            until = step if stopped is None else stopped
            params, statistics = ours = _row(final, r)
            losses, norms, costs = (
                np.append(curve[r, :until], one[r, 0]) for curve, one in zip(curves, end, strict=True)
            )
            rows = [_row(shot, r) for at, shot in self.snapshots if at < until]
            status = statuses(losses[0], losses[-1], norm(params), norms[-1], last[r] < until, TOLERANCE)
            path = Trajectory(
                params=_rows([*rows, params]),
                state={},
                gradient={},
                loss=losses,
                grad_norm=norms,
                evaluations=np.concatenate([[0], np.cumsum(costs[:-1])]),
                stride=self.stride,
                last=int(last[r]),
                status=Status(int(status)),
            )
            history = self._history(r, until)
            lowest = np.nan_to_num(history.validation_loss, nan=np.inf).argmin()
            params, statistics = self.best[r][2] or ours
            whole = step == planned or not going[r]
            best = int(history.step[lowest])
            fits.append(Fit(params, statistics, path, history, self.given, best, stopped, whole))
        return fits

    def _stepped(self, order: np.ndarray, first: int) -> tuple[Any, Any]:
        """The runs after some steps, and each step's loss, gradient norm and cost, (runs, AT_ONCE)."""
        seeds, count, size = order.shape
        lists = np.zeros((seeds, MAX_STEPS_PER_CALL, size), np.int32)
        lists[:, :count] = order
        lists = np.tile(lists, (len(self.stopped) // seeds, 1, 1))
        structure = jax.tree.structure((self.rules, self.network, self.runs))
        program = compiled_steps(structure, self.given.dropout > 0)
        return program(self.rules, self.network, self.runs, *self.train, lists, self.chances, first, count)

    def _history(self, r: int, until: Any) -> History:
        kept = [record for record in self.records if record["step"] <= until]
        columns = {
            name: np.stack([record[name] if name == "step" else record[name][r] for record in kept])
            for name in kept[0]
        }
        return History(**columns)


def _row(tree: Any, r: int) -> Any:
    """One run's share of arrays that have an axis of runs in front."""
    return jax.tree.map(lambda a: a[r], tree)


def _stacked(trees: Sequence[Any]) -> Any:
    """Trees of one structure as one tree, with an axis in front of every leaf."""
    return jax.tree.map(lambda *leaves: jnp.stack(leaves), *trees)


def _rows(trees: Sequence[Any]) -> Any:
    """The same of arrays on the host."""
    return jax.tree.map(lambda *leaves: np.stack(leaves), *trees)
