"""Thousands of runs in one compiled call: a sweep over hyperparameters or starts."""

import math
from typing import Any, Literal

import jax
import jax.numpy as jnp
import numpy as np

from landscape.core import tree
from landscape.core.device import on
from landscape.core.leaves import Whole
from landscape.core.types import Loss, Params
from landscape.descent.keys import Key, as_key
from landscape.descent.loop import compiled
from landscape.descent.rules.rule import Rule
from landscape.descent.trajectory import Sweep, norm, statuses
from landscape.descent.validate import padded_steps, prepare


def sweep(
    rule: Rule,
    loss: Loss,
    params: Params,
    steps: int,
    *,
    starts: Params | None = None,
    noise: float = 0.0,
    key: Key = None,
    tolerance: float = 1e-5,
    record: Literal["final", "loss", "all"] = "loss",
    device: Any = None,
) -> Sweep:
    """Run thousands of combinations of hyperparameters or starts in one compiled call.

    Args:
        rule: a rule whose fields may be arrays; those with ndim >= 1 broadcast against each other to
            the batch shape, scalars are shared.
        loss, steps, noise, key, tolerance, device: as for `run`, the device by the parameters of one
            run; every run sees the same noise.
        params: the start shared by all runs.
        starts: starts with the batch shape in front of the shape of `params`, instead of one start; leaves
            that do not move are those of `params` in every run.
        record: "final" keeps the end of each run, "loss" also its losses, "all" also its path.

    Raises:
        ValueError: when the batch shapes do not broadcast, or nothing is batched.

    >>> import landscape as ls, numpy as np
    >>> rates = np.geomspace(1e-3, 1.0, 4)[:, None]
    >>> betas = np.linspace(0.0, 0.9, 3)
    >>> ls.sweep(ls.Momentum(rates, betas), ls.SURFACES["bowl"], np.ones(2), steps=20).final_loss.shape
    (4, 3)
    """
    rule, params, loss, whole = prepare(rule, loss, params, steps, noise, tolerance, batched=True)
    shape, starts = _batch(rule, params, starts, whole)
    count = math.prod(shape)
    batched = tuple(leaf.ndim > 0 for leaf in jax.tree.leaves(rule))
    rule = jax.tree.map(lambda leaf: jnp.broadcast_to(leaf, shape).ravel() if leaf.ndim else leaf, rule)
    starts = jax.tree.map(
        lambda s, p: jnp.broadcast_to(s, (*shape, *p.shape)).reshape(count, *p.shape), starts, params
    )
    size = padded_steps(steps)
    program = compiled(
        jax.tree.structure((rule, loss, starts)), size, size + 1 if record == "all" else 1, record, batched
    )
    with on(tree.size(params), device):
        out = jax.tree.map(np.asarray, program(rule, loss, starts, as_key(key), noise, steps, 1))

    def unbatch(a: np.ndarray) -> np.ndarray:
        return a.reshape(*shape, *a.shape[1:])

    def history(a: np.ndarray) -> np.ndarray:
        return unbatch(np.moveaxis(a[: steps + 1], 0, 1))

    final, last = out["final_loss"], out["last"]
    status = statuses(
        out["first_loss"], final, norm(out["final"], 1), out["final_grad_norm"], last < steps, tolerance
    )
    return Sweep(
        params=whole(jax.tree.map(unbatch, out["final"]), shape),
        final_loss=unbatch(final),
        grad_norm=unbatch(out["final_grad_norm"]),
        status=unbatch(status),
        last=unbatch(last),
        spent=unbatch(out["spent"]),
        loss=None if record == "final" else history(out["loss"]),
        evaluations=None if record == "final" else history(out["evaluations"]),
        path=whole(jax.tree.map(history, out["params"]), (*shape, steps + 1)) if record == "all" else None,
    )


def _batch(rule: Rule, params: Params, starts: Params | None, whole: Whole) -> tuple[tuple[int, ...], Params]:
    """The batch shape of a sweep, and the starts cast to the parameters' dtype."""
    shapes = [leaf.shape for leaf in jax.tree.leaves(rule)]
    if starts is None:
        starts = params
    else:
        starts = jax.tree.map(lambda s, p: jnp.asarray(s, p.dtype), whole.moving(starts), params)
        lead, one = jax.tree.leaves(starts)[0], jax.tree.leaves(params)[0]
        shapes.append(lead.shape[: lead.ndim - one.ndim])
    shape = np.broadcast_shapes(*shapes)
    if not shape:
        raise ValueError(
            "a sweep needs a hyperparameter that is an array, or `starts`; given single values only"
        )
    return shape, starts
