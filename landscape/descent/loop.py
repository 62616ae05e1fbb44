"""The one loop: every optimizer, on every loss, runs here. Compiled once for each kind of run."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from jaxtyping import Array

from landscape.core import tree
from landscape.core.types import Loss, Params
from landscape.descent.rules.rule import Rule
from landscape.descent.schedules.schedule import init_schedules, resolve

RECORD_ALL_UP_TO = 64
"""Up to this many parameters every step is recorded and the noise is drawn beforehand."""


@lru_cache(maxsize=256)
def compiled(structure: Any, bucket: int, rows: int, record: str, batched: tuple[bool, ...] | None) -> Any:
    """The compiled loop for one kind of run; the least used kind is dropped.

    Args:
        structure: the tree of (rule, loss, params), which names their classes and static fields.
        bucket: the largest number of steps this program records.
        rows: how many rows of parameters it has room for.
        record: "all", "loss" or "final".
        batched: for a sweep, which leaves of the rule (and always the params) have a batch axis in front.
    """
    return jax.jit(partial(_loop, bucket=bucket, rows=rows, record=record, batched=batched))


def _loop(
    rule: Rule,
    loss: Loss,
    params: Params,
    key: Array,
    noise: Any,
    steps: Any,
    stride: Any,
    *,
    bucket: int,
    rows: int,
    record: str,
    batched: tuple[bool, ...] | None,
) -> dict[str, Any]:
    noise = jnp.asarray(noise, jax.tree.leaves(params)[0].dtype)
    tilt_at = _tilts(key, noise, params if batched is None else tree.map(lambda p: p[0], params), bucket + 1)

    def begin(rule: Rule, params: Params) -> tuple:
        return params, rule.init(params), init_schedules(rule), jnp.int32(0)

    def advance(rule: Rule, carry: tuple, i: Array) -> tuple:
        """What stands at step i, and the carry after it; a run that is not finite stays where it is."""
        params, state, schedules, last = carry
        value, grad = jax.value_and_grad(loss)(params)
        now, watched = resolve(rule, i, schedules, value)
        tilt = tilt_at(i)
        moved, memory = now.step(
            lambda p: loss(p) + noise * tree.dot(tilt, p), params, state, jax.random.fold_in(key, -1 - i)
        )
        alive = (last == i) & (i < steps) & finite((value, grad, moved, memory))
        keep = partial(tree.where, alive)
        after = keep(moved, params), keep(memory, state), keep(watched, schedules), last + alive
        spent = jnp.where(alive, now.evaluations(memory), 0)
        return after, {"params": params, "state": state, "gradient": grad}, (value, tree.norm(grad), spent)

    if batched is not None:
        axes = jax.tree.unflatten(jax.tree.structure(rule), [0 if flag else None for flag in batched])
        begin, advance = jax.vmap(begin, (axes, 0)), jax.vmap(advance, (axes, 0, None))

    def body(i: Array, loop: tuple) -> tuple:
        carry, path, history, total, first = loop
        carry, point, (value, norm, spent) = advance(rule, carry, i)
        slot = (i + stride - 1) // stride
        path = tree.map(lambda rows, row: rows.at[slot].set(row), path, point if record == "all" else ())
        at = jnp.minimum(i, depth - 1)
        history = tree.map(lambda rows, row: rows.at[at].set(row), history, (value, norm, total))
        return carry, path, history, total + spent, jnp.where(i == 0, value, first)

    def room(count: int, like: Any) -> Any:
        return tree.map(lambda a: jnp.zeros((count, *a.shape), a.dtype), like)

    carry = begin(rule, params)
    _, point, scalars = jax.eval_shape(advance, rule, carry, jnp.int32(0))
    first, _, total = tree.map(lambda a: jnp.zeros(a.shape, a.dtype), scalars)
    depth = 1 if record == "final" else bucket + 1
    loop = carry, room(rows, point if record == "all" else ()), room(depth, scalars), total, first
    carry, path, (losses, norms, spent), total, first = lax.fori_loop(0, steps + 1, body, loop)
    end = jnp.minimum(steps, depth - 1)
    ends = {"first_loss": first, "final_loss": losses[end], "final_grad_norm": norms[end], "spent": total}
    curves = {"loss": losses, "grad_norm": norms, "evaluations": spent} if record != "final" else {}
    return {"final": carry[0], "last": carry[3]} | ends | curves | (path or {})


def finite(everything: Any) -> Array:
    """Whether every inexact leaf is finite."""
    real = [a for a in jax.tree.leaves(everything) if jnp.issubdtype(a.dtype, jnp.inexact)]
    return jnp.all(jnp.stack([jnp.all(jnp.isfinite(a)) for a in real]))


def _tilts(key: Array, noise: Array, like: Params, count: int) -> Callable[[Array], Params]:
    """The random tilt of each step. Few parameters: all drawn before the loop, or none where the noise
    is zero (drawing inside made a run ten times slower). Many: drawn when needed, to save the memory."""

    def draw(i: Array) -> Params:
        return _normal(jax.random.fold_in(key, i), like)

    if tree.size(like) > RECORD_ALL_UP_TO:
        return draw
    zeros = tree.map(lambda a: jnp.zeros((count, *a.shape), a.dtype), like)
    table = lax.cond(noise != 0, lambda: jax.vmap(draw)(jnp.arange(count)), lambda: zeros)
    return lambda i: tree.map(lambda a: a[i], table)


def _normal(key: Array, like: Params) -> Params:
    """Independent standard normal numbers shaped like a tree."""
    leaves, treedef = jax.tree.flatten(like)
    keys = [key] if len(leaves) == 1 else jax.random.split(key, len(leaves))
    return jax.tree.unflatten(
        treedef, [jax.random.normal(k, a.shape, a.dtype) for k, a in zip(keys, leaves, strict=True)]
    )
