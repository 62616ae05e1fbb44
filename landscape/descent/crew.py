"""Runs of one kind that train side by side: the same rule's class with other numbers, or from other seeds."""

import dataclasses
from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array

from landscape import tree
from landscape.descent.batches import AT_ONCE
from landscape.descent.epochs import begin, gauge, stepper
from landscape.descent.fit import Fit, History
from landscape.descent.rule import Rule
from landscape.descent.trajectory import Trajectory, norm, outcome
from landscape.problems.datasets import Dataset
from landscape.problems.networks import Network
from landscape.types import Params, Status

SNAPSHOTS = 201
SNAPSHOT_BYTES = 64 * 2**20
"""A run's path keeps no more rows and bytes of parameters than these."""

PROBE = 256
"""The examples on which gradients and activations of the layers are measured."""

TOLERANCE = 1e-5


class Crew:
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
        self.given, self.network = network, tree.cast(network.drawn(), jnp.float32)
        self.rules = _stacked([tree.cast(rule, jnp.float32) for rule, _, _ in runs])
        self.chances = jnp.stack([chance for _, _, chance in runs])
        self.runs = jax.vmap(begin, (0, None, 0))(self.rules, self.network, _stacked([s for _, s, _ in runs]))
        self.train = jnp.asarray(data.train.x), jnp.asarray(data.train.y)
        self.validation = jnp.asarray(data.validation.x), jnp.asarray(data.validation.y)
        self.probe = tuple(part[:PROBE] for part in self.train)
        self.room = 1 << (min(every, AT_ONCE) - 1).bit_length()
        size = tree.size(starts[0]) * 4
        self.rows = max(2, min(SNAPSHOTS, SNAPSHOT_BYTES // size))
        self.snapshots: list[tuple[int, Params]] = []
        self.stride = every
        self.records: list[dict[str, np.ndarray]] = []
        self.curves: list[tuple[np.ndarray, ...]] = []
        self.best = [(np.inf, 0, None)] * len(runs)
        self.stopped: list[int | None] = [None] * len(runs)

    @property
    def going(self) -> bool:
        """Whether any run still moves."""
        return bool(np.any(self.runs.going))

    def advance(self, order: np.ndarray, first: int) -> None:
        """Take the steps on the batches listed in `order`, (seeds, steps, batch)."""
        self.runs, curves = self._stepped(order, first)
        self.curves.append(curves)

    def record(self, step: int) -> None:
        """Measure every run on whole splits, and keep its parameters."""
        program = gauge(jax.tree.structure((self.network, self.runs)))
        found = program(self.network, self.runs, self.train, self.validation, self.probe)
        self.records.append({"step": np.int32(step)} | jax.tree.map(np.asarray, found))
        self.snapshots.append((step, jax.tree.map(np.asarray, self.runs.params)))
        if len(self.snapshots) > self.rows:
            self.snapshots, self.stride = self.snapshots[::2], 2 * self.stride

    def stop(self, step: int, patience: int) -> None:
        """End the runs whose validation loss has not fallen for `patience` steps; note the best."""
        losses = self.records[-1]["validation_loss"]
        going = np.array(self.runs.going)
        for r in np.flatnonzero(going):
            if losses[r] < self.best[r][0]:
                kept = jax.tree.map(lambda a, r=r: np.asarray(a[r]), (self.runs.params, self.runs.statistics))
                self.best[r] = (losses[r], step, kept)
            elif step - self.best[r][1] >= patience:
                going[r], self.stopped[r] = False, step
        self.runs = dataclasses.replace(self.runs, going=jnp.asarray(going))

    def histories(self) -> list[History]:
        """How each run has gone so far."""
        return [self._history(r) for r in range(len(self.stopped))]

    def fits(self, order: np.ndarray, step: int, planned: int) -> list[Fit]:
        """What each run leaves behind after `step` steps; `order` lists the batch to measure the end on."""
        _, end = self._stepped(order, step)
        shots = self.snapshots
        if shots[-1][0] != step:
            shots = [*shots, (step, jax.tree.map(np.asarray, self.runs.params))]
        columns = [np.concatenate(parts, axis=1) for parts in zip(*self.curves, end, strict=True)]
        return [self._fit(r, columns, shots, step, planned) for r in range(len(self.stopped))]

    def _stepped(self, order: np.ndarray, first: int) -> tuple[Any, tuple[np.ndarray, ...]]:
        """The runs after some steps, and each step's loss, gradient norm and cost, (runs, steps)."""
        seeds, count, size = order.shape
        lists = np.zeros((seeds, self.room, size), np.int32)
        lists[:, :count] = order
        lists = np.tile(lists, (len(self.stopped) // seeds, 1, 1))
        structure = jax.tree.structure((self.rules, self.network, self.runs))
        program = stepper(structure, self.room, self.given.dropout > 0)
        runs, curves = program(
            self.rules, self.network, self.runs, *self.train, lists, self.chances, first, count
        )
        return runs, tuple(np.asarray(curve)[:, :count] for curve in curves)

    def _history(self, r: int) -> History:
        until = self.stopped[r]
        kept = [record for record in self.records if until is None or record["step"] <= until]
        columns = {
            name: np.stack([record[name] if name == "step" else record[name][r] for record in kept])
            for name in self.records[0]
        }
        return History(**columns)

    def _fit(self, r: int, columns: list, shots: list, step: int, planned: int) -> Fit:
        stopped, history = self.stopped[r], self._history(r)
        end = step if stopped is None else stopped
        last = int(self.runs.last[r])
        losses, norms, costs = (column[r, : end + 1] for column in columns)
        shots = [(at, params) for at, params in shots if at <= end]
        path = jax.tree.map(
            lambda *rows: np.stack([row[r] for row in rows]), *[params for _, params in shots]
        )
        final = jax.tree.map(lambda a: np.asarray(a[r]), (self.runs.params, self.runs.statistics))
        status = outcome(losses[0], losses[-1], norm(final[0]), norms[-1], last < end, TOLERANCE)
        best = np.argmin(np.where(np.isfinite(history.validation_loss), history.validation_loss, np.inf))
        params, statistics = self.best[r][2] or final
        return Fit(
            params=params,
            statistics=statistics,
            path=Trajectory(
                params=path,
                state={},
                gradient={},
                loss=losses,
                grad_norm=norms,
                evaluations=np.concatenate([[0], np.cumsum(costs[:end])]),
                stride=self.stride,
                last=last,
                status=Status(int(status)),
            ),
            history=history,
            network=self.given,
            best=int(history.step[best]),
            stopped=stopped,
            complete=step == planned or stopped is not None,
        )


def _stacked(trees: Sequence[Any]) -> Any:
    """Trees of one structure as one tree, with an axis in front of every leaf."""
    return jax.tree.map(lambda *leaves: jnp.stack(leaves), *trees)
