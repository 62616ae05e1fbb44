"""Lines against the step: the loss, the effective step of each coordinate, and the rule's own memory."""

from collections.abc import Mapping
from typing import Any

import jax
import numpy as np
import plotly.graph_objects as go

from landscape.figures.axes import ceiling, nth, shown, stacked, step_axis, value_axis
from landscape.figures.notation import hover, plain, say
from landscape.figures.races.runs import Run, Runs, runs_of, thin
from landscape.figures.theme import figure, frame
from landscape.look.palette import Theme, theme_of
from landscape.look.strokes import CURVE

Words = Mapping[str, str] | None
Line = tuple[Run, np.ndarray, np.ndarray]
"""A run with the steps and the values of its line."""


def losses(runs: Runs, theme: Theme | str = "light", words: Words = None, *, log: bool = True) -> go.Figure:
    """Draw the loss of each run against the step.

    A diverged run ends with a cross at its last live step; it does not stretch the axis of the others, so
    that a cross at the upper edge belongs to a loss above it, which hovering tells.

    Args:
        runs: runs with names and slots, a race's dictionary, or trajectories.
        theme: a theme or its name.
        words: translated text for "step", "loss" and "diverged".
        log: a logarithmic axis, where no loss is negative; a loss of zero then leaves a gap.

    Raises:
        ValueError: for a path of checkpoints without losses.
    """
    theme, runs = theme_of(theme), runs_of(runs)
    lines = [_losses(run) for run in runs]
    log = log and not any(np.any(loss < 0) for _, _, loss in lines)
    top = _ceiling(lines, log)
    crosses = [_cross(line, theme, words, top) for line in lines if line[0].diverged]
    return _figure([("loss", lines)], theme, words, log, 300, top, crosses)


def effective_steps(
    runs: Runs, theme: Theme | str = "light", words: Words = None, *, log: bool = True
) -> go.Figure:
    """Draw how far each coordinate moves per unit of its gradient, one panel for each coordinate.

    Args:
        runs: runs of a vector of one or two parameters.
        theme: a theme or its name.
        words: translated text for "step" and "effective_step".
        log: a logarithmic axis; moves against the descent direction (below zero) then leave gaps.

    Raises:
        ValueError: when the parameters are not a vector of one or two numbers.
    """
    theme, runs = theme_of(theme), runs_of(runs)
    shapes = {np.shape(run.trajectory.params) for run in runs}
    if any(len(shape) != 2 or shape[1] > 2 for shape in shapes):
        raise ValueError(f"effective steps are drawn for one or two parameters; given {sorted(shapes)}")
    size = max((shape[1] for shape in shapes), default=2)
    panels = []
    for coordinate in range(size):
        lines = [
            _until(path.last - 1, run, path.steps_recorded[:-1], path.effective_step[:, coordinate])
            for run, path in ((run, run.trajectory) for run in runs)
            if coordinate < path.params.shape[1]
        ]
        panels.append(("effective_step", lines))
    return _figure(panels, theme, words, log, 170 * size + 80)


def states(
    runs: Runs, entry: str, theme: Theme | str = "light", words: Words = None, *, log: bool = False
) -> go.Figure:
    """Draw the norm of one entry of each rule's memory; a rule without that entry has no line.

    Args:
        runs: runs with names and slots, a race's dictionary, or trajectories.
        entry: its name in the state, such as "velocity" or "square_average".
        theme: a theme or its name.
        words: translated text for "step" and for the entry.
        log: a logarithmic axis; a norm of zero then leaves a gap.
    """
    lines = [
        _until(path.last, run, path.steps_recorded, _norm(path.state[entry]))
        for run, path in ((run, run.trajectory) for run in runs_of(runs))
        if entry in path.state
    ]
    return _figure([(entry, lines)], theme_of(theme), words, log, 260)


def _figure(
    panels: list[tuple[str, list[Line]]], theme: Theme, words: Words, log: bool, height: int,
    top: float | None = None, marks: list[dict[str, Any]] | None = None,
) -> go.Figure:  # fmt: skip
    """Stack panels of lines above one step axis; (key, lines) each."""
    traces, axes, domains = [], {}, stacked([1.0] * len(panels))
    for panel, (key, lines) in enumerate(panels):
        suffix = nth(panel)
        for line in lines:
            traces += _line(line, theme, words, key, log, panel, f"y{suffix}")
        title = say(words, key) if len(panels) == 1 else f"{say(words, key)} · {say(words, 'xy'[panel])}"
        values = [np.zeros(0), *(values[shown(values, log)] for _, _, values in lines)]
        made = value_axis(theme, title, np.concatenate(values), log, top)
        axes[f"yaxis{suffix}"] = made | {"domain": domains[panel]}
    steps = step_axis(theme, say(words, "step"), anchor=f"y{suffix}")
    return figure([*traces, *(marks or [])], frame(theme, height, xaxis=steps, **axes))


def _line(
    line: Line, theme: Theme, words: Words, key: str, log: bool, panel: int, axis_name: str
) -> list[dict[str, Any]]:
    """A run's dashed line, and the marker at its end, which also stands for it in the legend."""
    run, steps, values = line
    slot = theme.slot(run.slot)
    values = np.where(shown(values, log), values, np.nan)
    kept = thin(values)
    same = {
        "type": "scatter", "name": plain(run.name), "legendgroup": f"slot {run.slot}", "yaxis": axis_name,
        "line": {"color": slot.line, "width": CURVE, "dash": slot.dash},
        "hovertemplate": hover(words, ("step", "%{x}"), (key, "%{y}"), name=True),
    }  # fmt: skip
    end = slice(-1, None) if not run.diverged else slice(0, 0)
    head = {"symbol": slot.marker, "size": slot.size * 0.8, "color": slot.line}
    return [
        {**same, "x": steps[kept], "y": values[kept], "mode": "lines", "showlegend": False},
        {
            **same, "x": [*steps[end]] or [None], "y": [*values[end]] or [None], "mode": "lines+markers",
            "marker": head, "cliponaxis": False, "showlegend": panel == 0,
        },
    ]  # fmt: skip


def _cross(line: Line, theme: Theme, words: Words, top: float | None) -> dict[str, Any]:
    """The last live step of a diverged run, at the upper edge where its loss is above it."""
    run, steps, loss = line
    ends = loss[-1] if np.isfinite(loss[-1]) else np.inf
    told = (("diverged", ""), ("step", "%{x}"), ("loss", "%{customdata:.4~g}"))
    return {
        "type": "scatter", "x": steps[-1:], "y": [ends if top is None else min(ends, top)], "mode": "markers",
        "marker": {"symbol": "x", "size": 11, "color": theme.slot(run.slot).line}, "cliponaxis": False,
        "customdata": [ends], "name": plain(run.name), "legendgroup": f"slot {run.slot}", "showlegend": False,
        "hovertemplate": hover(words, *told, name=True),
    }  # fmt: skip


def _losses(run: Run) -> Line:
    """A run's losses; those of checkpoints at the steps where they were measured."""
    path = run.trajectory
    if path.loss is None:
        raise ValueError(
            f"the path {run.name!r} holds no losses: Trajectory.of(checkpoints, steps, loss) does"
        )
    steps = np.arange(path.steps + 1)
    if path.checkpoints is not None:
        steps = steps[~np.isnan(path.loss)]
    return _until(path.last, run, steps, path.loss[steps])


def _until(last: int, run: Run, steps: np.ndarray, values: np.ndarray) -> Line:
    """A run's line up to its last live step."""
    return run, steps[steps <= last], np.asarray(values, np.float64)[steps <= last]


def _ceiling(lines: list[Line], log: bool) -> float | None:
    """The highest loss drawn beside a diverged run: of the runs that stayed, and of all at their start."""
    if not any(run.diverged for run, *_ in lines):
        return None
    calm = [loss[:1] if run.diverged else loss for run, _, loss in lines]
    return ceiling(calm, [loss for *_, loss in lines], log)


def _norm(tree: Any) -> np.ndarray:
    """(rows,), the Euclidean norm over all leaves of a recorded state."""
    leaves = [np.asarray(leaf, np.float64) for leaf in jax.tree.leaves(tree)]
    with np.errstate(over="ignore"):
        squares = [np.square(leaf).reshape(len(leaf), -1).sum(axis=1) for leaf in leaves]
        return np.sqrt(np.sum(squares, axis=0))
