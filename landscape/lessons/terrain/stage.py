"""Runs and critical points of this lesson on the two-parameter player."""

from collections.abc import Mapping, Sequence

import numpy as np

from landscape.descent.trajectory import Trajectory
from landscape.geometry.grid import Grid
from landscape.lessons.experiment import Look
from landscape.lessons.pieces import Stage
from landscape.player.payload import Runner, pack
from landscape.relief import relief

Points = Sequence[Sequence[float] | np.ndarray]


def stage(
    look: Look,
    grid: Grid,
    title: str,
    start: Sequence[float] | np.ndarray,
    runs: Mapping[str, tuple[int, Trajectory]],
    *,
    minima: Points = (),
    saddles: Points = (),
    draggable: bool = False,
) -> Stage:
    """The player with these runs, each with its slot and named by the experiment's own word.

    Args:
        look: of the visit.
        grid: the surface.
        title: its name.
        start: where the runs begin.
        runs: slot and run by the word that names it.
        minima, saddles: (x, y, f) of the critical points to be marked.
        draggable: whether the start can be moved; it then becomes the settings x and y.
    """
    runners = [
        Runner(
            id=key, slot=slot, name=look(key), short=look(key), path=path.params, loss=path.loss,
            gradient=path.gradient, velocity=path.state.get("velocity"), last=path.last, status=path.status,
        )
        for key, (slot, path) in runs.items()
    ]  # fmt: skip
    message = pack(
        grid=grid, title=title, relief=relief(grid.loss), start=start, runners=runners,
        text=look.section("stage"), language=look.language, minima=minima, saddles=saddles,
        draggable=draggable,
    )  # fmt: skip
    drawn: dict[str, np.ndarray] = {}
    for runner in runners:
        drawn |= {f"{runner.name} x": runner.path[:, 0], f"{runner.name} y": runner.path[:, 1]}
        drawn[f"{runner.name} f"] = np.asarray(runner.loss)
    if not runners:
        drawn = {"x": np.asarray(start)[:1], "y": np.asarray(start)[1:]}
    return Stage("stage", message, drawn)
