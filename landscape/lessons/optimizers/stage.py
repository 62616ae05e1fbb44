"""Runs of this lesson on the two-parameter player."""

from collections.abc import Mapping, Sequence

import numpy as np

from landscape.descent.trajectory import Trajectory
from landscape.geometry.grid import Grid
from landscape.lessons.experiment import Look
from landscape.lessons.pieces import Stage
from landscape.player.payload import Runner, pack
from landscape.relief import relief

Named = tuple[str, int, Trajectory]
"""A rule's name in the registry, its slot, and its run."""


def stage(
    look: Look,
    grid: Grid,
    title: str,
    start: Sequence[float],
    runs: Mapping[str, Named],
    *,
    heading: str = "",
) -> Stage:
    """The player with these runs; each is named after its rule, or by the experiment's own word."""
    rules = look.section("rule")
    runners = [
        Runner(
            id=key, slot=slot, name=look.prose.words.get(key, rules.get(f"{rule}.name", rule)),
            short=look.prose.words.get(key, rules.get(f"{rule}.short", rule)), path=path.params,
            loss=path.loss, gradient=path.gradient, velocity=path.state.get("velocity"), last=path.last,
            status=path.status,
        )
        for key, (rule, slot, path) in runs.items()
    ]  # fmt: skip
    message = pack(
        grid=grid, title=title, relief=relief(grid.loss), start=start, runners=runners,
        text=look.section("stage"), language=look.language, minima=[(0.0, 0.0, 0.0)], heading=heading,
    )  # fmt: skip
    drawn: dict[str, np.ndarray] = {}
    for runner in runners:
        drawn |= {f"{runner.name} x": runner.path[:, 0], f"{runner.name} y": runner.path[:, 1]}
        drawn[f"{runner.name} f"] = np.asarray(runner.loss)
    return Stage("stage", message, drawn)
