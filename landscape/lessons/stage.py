"""Runs and critical points on the two-parameter player, as the experiments of every lesson show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from landscape.core.types import Status
from landscape.descent.rules.rule import Rule
from landscape.descent.trajectory import Trajectory
from landscape.geometry.grids.grid import Grid
from landscape.lessons.experiment import RenderContext
from landscape.lessons.pieces import Stage
from landscape.look.scale import loss_scale
from landscape.player.payload import Runner, pack


@dataclass(frozen=True, eq=False)
class Run:
    """One run as the player needs it: its slot, its numbers at each step, and the rule it is named after."""

    slot: int
    path: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray | None = None
    velocity: np.ndarray | None = None
    last: int | None = None
    status: Status = Status.MOVING
    rule: str = ""

    @classmethod
    def of(cls, slot: int, path: Trajectory, rule: Rule | None = None, name: str = "") -> "Run":
        """The run of an optimizer, with its velocity where `rule` has one; `name` is its registry name,
        where the run is called by it."""
        velocity = rule.velocity(path.state) if rule else None
        return cls(slot, path.params, path.loss, path.gradient, velocity, path.last, path.status, name)


Points = Sequence[Sequence[float] | np.ndarray]


def stage(
    look: RenderContext,
    grid: Grid,
    title: str,
    start: Sequence[float] | np.ndarray | None,
    runs: Mapping[str, Run],
    *,
    minima: Points = (),
    saddles: Points = (),
    marks: Sequence[tuple[str, float, float]] = (),
    draggable: bool = False,
) -> Stage:
    """The player with these runs, each with its slot, and named by the experiment's own word or by its rule.

    Args:
        look: of the visit.
        grid: the surface.
        title: its name.
        start: where the runs begin; None where nothing moves.
        runs: by the word that names each.
        minima, saddles: (x, y, f) of the critical points to be marked.
        marks: (name, x, y) of other points to be marked.
        draggable: whether the start can be moved; it then becomes the settings x and y.
    """
    rules, own = look.section("rule"), look.prose.words
    runners = [
        Runner(
            id=key, slot=run.slot, name=own.get(key) or rules[f"{run.rule}.name"],
            short=own.get(key) or rules[f"{run.rule}.short"], path=run.path, loss=run.loss,
            gradient=run.gradient, velocity=run.velocity, status=run.status,
            last=len(run.path) - 1 if run.last is None else run.last,
        )
        for key, run in runs.items()
    ]  # fmt: skip
    message = pack(
        grid=grid, title=title, relief=loss_scale(grid.loss), start=start, runners=runners,
        text=look.section("stage"), language=look.language, minima=minima, saddles=saddles,
        marks=marks, draggable=draggable,
    )  # fmt: skip
    drawn: dict[str, np.ndarray] = {}
    for runner in runners:
        drawn |= {f"{runner.name} x": runner.path[:, 0], f"{runner.name} y": runner.path[:, 1]}
        drawn[f"{runner.name} f"] = np.asarray(runner.loss)
    if not runners:
        points = [*minima, *saddles, *[place for _, *place in marks], *([] if start is None else [start])]
        drawn = {axis: np.array([float(point[i]) for point in points]) for i, axis in enumerate("xy")}
    return Stage("stage", message, drawn)
