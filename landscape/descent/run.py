"""Run one optimizer, or several from the same start."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import jax
import numpy as np

from landscape.core import tree
from landscape.core.device import on
from landscape.core.types import Loss, Params, Status
from landscape.descent.keys import Key, as_key
from landscape.descent.loop import compiled
from landscape.descent.rules.rule import Rule
from landscape.descent.trajectory import Trajectory, norm, statuses
from landscape.descent.validate import padded_steps, prepare, recording_plan


def run(
    rule: Rule,
    loss: Loss,
    params: Params,
    steps: int,
    *,
    noise: float = 0.0,
    key: Key = None,
    tolerance: float = 1e-5,
    device: Any = None,
) -> Trajectory:
    """Run one optimizer on a loss and record its path.

    Args:
        rule: an update rule; its fields may hold schedules.
        loss: params -> scalar; a surface, a network's loss, or any function JAX can trace.
        params: a pytree, the start. Floating-point leaves move; whole numbers and truth values stay what
            they are. Computed in float32, or in float64 where JAX has it enabled and a leaf has it.
        steps: how many steps, at least 1; a new number does not recompile.
        noise: standard deviation of a random linear tilt of the loss, drawn anew at each step, in units
            of gradient: it imitates mini-batches, and every rule sees it.
        key: the random key of the noise; `jax.random.key(0)` when none is given.
        tolerance: the gradient norm at which the end counts as converged; it never stops a run.
        device: where to compute: a device, or the name of a platform; None is the CPU for up to 64
            parameters, even where there is a GPU, and JAX's default device for more.

    Returns:
        The trajectory, with every step's parameters, memory, loss and gradient. Beyond 64 parameters
        the rows of parameters are thinned to 64 MiB, the first and the last kept.

    Raises:
        TypeError: for a rule, a loss or parameters of the wrong kind, such as complex ones.
        ValueError: for a number out of range or not finite, or a device that is not here.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.Adam(0.05), ls.SURFACES["rosenbrock"], np.array([-1.5, 2.0]), steps=500)
    >>> path.params.shape, path.loss.shape, path.status.name
    ((501, 2), (501,), 'MOVING')
    """
    rule, params, loss, whole = prepare(rule, loss, params, steps, noise, tolerance)
    rows, stride = recording_plan(rule, params, steps)
    program = compiled(jax.tree.structure((rule, loss, params)), padded_steps(steps), rows, "all", None)
    with on(tree.size(params), device):
        out = jax.tree.map(np.asarray, program(rule, loss, params, as_key(key), noise, steps, stride))
    used = -(-steps // stride) + 1
    cut = partial(jax.tree.map, lambda a: a[:used])
    losses, norms, last = out["loss"][: steps + 1], out["grad_norm"][: steps + 1], int(out["last"])
    status = statuses(losses[0], losses[-1], norm(out["final"]), norms[-1], last < steps, tolerance)
    return Trajectory(
        params=whole(cut(out["params"]), (used,)),
        state=cut(out["state"]),
        gradient=whole.zeros(cut(out["gradient"]), (used,)),
        loss=losses,
        grad_norm=norms,
        evaluations=out["evaluations"][: steps + 1],
        stride=stride,
        last=last,
        status=Status(int(status)),
    )


def race(
    rules: Mapping[str, Rule], loss: Loss, params: Params, steps: int, **options: Any
) -> dict[str, Trajectory]:
    """Run several optimizers from the same start, with the same noise, and keep their names.

    Args:
        rules: name -> rule.
        loss, params, steps, options: as for `run`.

    >>> import landscape as ls, numpy as np
    >>> rules = {"slow": ls.SGD(1e-3), "fast": ls.SGD(1e-1)}
    >>> paths = ls.race(rules, ls.SURFACES["bowl"], np.ones(2), steps=50)
    >>> bool(paths["fast"].loss[-1] < paths["slow"].loss[-1])
    True
    """
    return {name: run(rule, loss, params, steps, **options) for name, rule in rules.items()}
