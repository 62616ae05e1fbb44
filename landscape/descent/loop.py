"""The one loop: every optimizer, on every loss, runs here. Compiled once for each kind of run."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, Literal

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Array

from landscape import tree
from landscape.descent.program import as_pytree
from landscape.descent.rule import Rule
from landscape.descent.schedule import init_schedules, resolve
from landscape.descent.trajectory import Sweep, Trajectory, outcome
from landscape.types import Loss, Params, Status

BUCKETS = (300, 1_000, 5_000, 20_000)
RECORD_ALL_UP_TO = 64
RECORD_BYTES = 64 * 2**20


def run(
    rule: Rule,
    loss: Loss,
    params: Params,
    steps: int,
    *,
    noise: float = 0.0,
    key: Array | None = None,
    tolerance: float = 1e-5,
) -> Trajectory:
    """Run one optimizer on a loss and record its path.

    Args:
        rule: an update rule; its fields may hold schedules.
        loss: params -> scalar; a surface, a network's loss, or any function JAX can trace.
        params: a pytree of arrays, the start.
        steps: how many steps, at least 1; a new number does not recompile.
        noise: standard deviation of a random linear tilt of the loss, drawn anew at each step, in units
            of gradient: it imitates mini-batches, and every rule sees it.
        key: the random key of the noise; `jax.random.key(0)` when none is given.
        tolerance: the gradient norm at which the end counts as converged; it never stops a run.

    Returns:
        The trajectory, with every step's parameters, memory, loss and gradient. Beyond 64 parameters
        the rows of parameters are thinned to 64 MiB, the first and the last kept.

    Raises:
        TypeError: for a rule, a loss or parameters of the wrong kind.
        ValueError: for a number out of range or not finite.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.Adam(0.05), ls.SURFACES["rosenbrock"], np.array([-1.5, 2.0]), steps=500)
    >>> path.params.shape, path.loss.shape, path.status.name
    ((501, 2), (501,), 'MOVING')
    """
    rule, params, loss = _enter(rule, loss, params, steps)
    slots, stride = _slots(params, steps)
    program = _program(jax.tree.structure((rule, loss, params)), _bucket(steps), slots, "all", None)
    out = jax.tree.map(np.asarray, program(rule, loss, params, _key(key), noise, steps, stride))
    rows = -(-steps // stride) + 1
    cut = partial(jax.tree.map, lambda a: a[: rows])
    losses, norms, last = out["loss"][: steps + 1], out["grad_norm"][: steps + 1], int(out["last"])
    status = outcome(losses[0], losses[-1], _norm(out["final"]), norms[-1], last < steps, tolerance)
    return Trajectory(
        cut(out["params"]), cut(out["state"]), cut(out["gradient"]), losses, norms,
        out["evaluations"][: steps + 1], stride, last, Status(int(status)),
    )  # fmt: skip


def race(rules: Mapping[str, Rule], loss: Loss, params: Params, steps: int, **options: Any) -> dict[str, Trajectory]:
    """Run several optimizers from the same start, with the same noise, and keep their names.

    Args:
        rules: name -> rule.
        loss, params, steps, options: as for `run`.

    >>> import landscape as ls, numpy as np
    >>> paths = ls.race({"slow": ls.SGD(1e-3), "fast": ls.SGD(1e-1)}, ls.SURFACES["bowl"], np.ones(2), steps=50)
    >>> bool(paths["fast"].loss[-1] < paths["slow"].loss[-1])
    True
    """
    return {name: run(rule, loss, params, steps, **options) for name, rule in rules.items()}


def sweep(
    rule: Rule,
    loss: Loss,
    params: Params,
    steps: int,
    *,
    starts: Params | None = None,
    noise: float = 0.0,
    key: Array | None = None,
    tolerance: float = 1e-5,
    record: Literal["final", "loss", "all"] = "loss",
) -> Sweep:
    """Run thousands of combinations of hyperparameters or starts in one compiled call.

    Args:
        rule: a rule whose fields may be arrays; those with ndim >= 1 broadcast against each other to
            the batch shape, scalars are shared.
        loss, steps, noise, key, tolerance: as for `run`; every run sees the same noise.
        params: the start shared by all runs.
        starts: starts with the batch shape in front of the shape of `params`, instead of one start.
        record: "final" keeps the end of each run, "loss" also its losses, "all" also its path.

    Raises:
        ValueError: when the batch shapes do not broadcast, or nothing is batched.

    >>> import landscape as ls, numpy as np
    >>> rates = np.geomspace(1e-3, 1.0, 4)[:, None]
    >>> betas = np.linspace(0.0, 0.9, 3)
    >>> ls.sweep(ls.Momentum(rates, betas), ls.SURFACES["bowl"], np.ones(2), steps=20).final_loss.shape
    (4, 3)
    """
    rule, params, loss = _enter(rule, loss, params, steps)
    shapes = [leaf.shape for leaf in jax.tree.leaves(rule)]
    if starts is not None:
        starts = jax.tree.map(lambda s, p: jnp.asarray(s, p.dtype), starts, params)
        ndim = jax.tree.leaves(params)[0].ndim
        lead = jax.tree.leaves(starts)[0]
        shapes.append(lead.shape[: lead.ndim - ndim])
    shape = np.broadcast_shapes(*shapes)
    if not shape:
        raise ValueError("a sweep needs at least one batched hyperparameter (an array) or `starts`; all are scalars")
    axes = jax.tree.map(lambda leaf: 0 if leaf.ndim else None, rule)
    rule = jax.tree.map(lambda leaf: jnp.broadcast_to(leaf, shape).ravel() if leaf.ndim else leaf, rule)
    count = int(np.prod(shape))
    if starts is None:
        params = jax.tree.map(lambda p: jnp.broadcast_to(p, (count, *p.shape)), params)
    else:
        params = jax.tree.map(
            lambda s, p: jnp.broadcast_to(s, (*shape, *p.shape)).reshape(count, *p.shape), starts, params
        )
    structure = jax.tree.structure((rule, loss, params))
    flags = tuple(axis is not None for axis in jax.tree.leaves(axes, is_leaf=lambda a: a is None))
    slots = _bucket(steps) + 1 if record == "all" else 1
    program = _program(structure, _bucket(steps), slots, record, flags)
    out = jax.tree.map(np.asarray, program(rule, loss, params, _key(key), noise, steps, 1))

    def unbatch(a: np.ndarray) -> np.ndarray:
        return a.reshape(*shape, *a.shape[1:])

    def history(a: np.ndarray) -> np.ndarray:
        return unbatch(np.moveaxis(a[: steps + 1], 0, 1))

    final = jax.tree.map(unbatch, out["final"])
    first_loss, final_loss, last = (unbatch(out[name]) for name in ("first_loss", "final_loss", "last"))
    grad_norm = unbatch(out["final_grad_norm"])
    status = outcome(first_loss, final_loss, _norm(out["final"], 1).reshape(shape), grad_norm, last < steps, tolerance)
    return Sweep(
        final, final_loss, grad_norm, None if record == "final" else history(out["loss"]),
        unbatch(out["spent"]), last, status, jax.tree.map(history, out["params"]) if record == "all" else None,
    )  # fmt: skip


@lru_cache(maxsize=256)
def _program(structure: Any, bucket: int, slots: int, record: str, batched: tuple[bool, ...] | None) -> Any:
    """The compiled loop for one kind of rule, loss and parameters; the least used kind is dropped."""
    return jax.jit(partial(_loop, bucket=bucket, slots=slots, record=record, batched=batched))


def _loop(rule, loss, params, key, noise, steps, stride, *, bucket, slots, record, batched):  # noqa: ANN001, ANN202
    dtype = jax.tree.leaves(params)[0].dtype
    noise = jnp.asarray(noise, dtype)
    point = params if batched is None else tree.map(lambda p: p[0], params)
    tilt_at = _tilts(key, noise, point, bucket + 1)

    def advance(rule, carry, i):  # noqa: ANN001, ANN202
        params, state, schedules, last = carry
        value, grad = jax.value_and_grad(loss)(params)
        now, watched = resolve(rule, i, schedules, value)
        tilt = tilt_at(i)
        seen = lambda p: loss(p) + noise * tree.dot(tilt, p)  # noqa: E731
        moved, memory = now.step(seen, params, state, jax.random.fold_in(key, -1 - i))
        alive = (last == i) & (i < steps) & _finite((value, grad, moved, memory))
        keep = partial(tree.where, alive)
        after = keep(moved, params), keep(memory, state), keep(watched, schedules), last + alive
        row = {"params": params, "state": state, "gradient": grad}
        spent = jnp.where(alive, now.evaluations(memory), 0)
        return after, row, (value, tree.norm(grad), spent)

    def begin(rule, params):  # noqa: ANN001, ANN202
        return params, rule.init(params), init_schedules(rule), jnp.int32(0)

    if batched is not None:
        leaves, treedef = jax.tree.flatten(rule)
        axes = jax.tree.unflatten(treedef, [0 if flag else None for flag in batched])
        advance = jax.vmap(advance, in_axes=(axes, 0, None))
        begin = jax.vmap(begin, in_axes=(axes, 0))

    carry = begin(rule, params)
    _, row, scalars = jax.eval_shape(advance, rule, carry, jnp.int32(0))
    rows = tree.map(lambda a: jnp.zeros((slots, *a.shape), a.dtype), row if record == "all" else ())
    depth = 1 if record == "final" else bucket + 1
    losses, norms, spent = (jnp.zeros((depth, *a.shape), a.dtype) for a in scalars)
    first = jnp.zeros(scalars[0].shape, scalars[0].dtype)

    def body(i, loop):  # noqa: ANN001, ANN202
        carry, rows, losses, norms, total, spent, first = loop
        carry, row, (value, norm, cost) = advance(rule, carry, i)
        at = jnp.minimum(i, depth - 1)
        if record == "all":
            slot = (i + stride - 1) // stride
            rows = tree.map(lambda buffer, a: buffer.at[slot].set(a), rows, row)
        first = jnp.where(i == 0, value, first)
        losses, norms, spent = losses.at[at].set(value), norms.at[at].set(norm), spent.at[at].set(total)
        return carry, rows, losses, norms, total + cost, spent, first

    total = jnp.zeros(scalars[2].shape, scalars[2].dtype)
    loop = (carry, rows, losses, norms, total, spent, first)
    carry, rows, losses, norms, total, spent, first = lax.fori_loop(0, steps + 1, body, loop)
    end = 0 if record == "final" else steps
    return {
        **(rows if record == "all" else {}), "final": carry[0], "last": carry[3], "loss": losses, "grad_norm": norms,
        "evaluations": spent, "spent": total, "first_loss": first, "final_loss": losses[end], "final_grad_norm": norms[end],
    }  # fmt: skip


def _finite(everything: Any) -> Array:
    """Whether every inexact leaf is finite."""
    checks = [jnp.all(jnp.isfinite(a)) for a in jax.tree.leaves(everything) if jnp.issubdtype(a.dtype, jnp.inexact)]
    return jnp.all(jnp.stack(checks))


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


def _norm(params: Params, lead: int = 0) -> np.ndarray:
    """The norm over all leaves of host arrays, keeping `lead` batch axes."""
    with np.errstate(over="ignore"):
        squares = [
            np.sum(np.square(a, dtype=np.float64), axis=tuple(range(lead, a.ndim))) for a in jax.tree.leaves(params)
        ]
        return np.sqrt(np.sum(squares, axis=0))


def _enter(rule: Rule, loss: Loss, params: Params, steps: int) -> tuple[Rule, Params, Loss]:
    """Check everything at the door and cast it to the parameters' dtype."""
    if not isinstance(rule, Rule):
        raise TypeError(f"the rule must be an optimizer such as landscape.Adam(0.05); given {rule!r}")
    if isinstance(steps, bool) or not isinstance(steps, (int, np.integer)) or steps < 1:
        raise ValueError(f"steps must be a whole number of at least 1; given {steps!r}")
    leaves = jax.tree.leaves(params)
    if not leaves:
        raise ValueError("params holds no array: there is nothing to optimize")
    dtype = jnp.result_type(*leaves, jnp.float32) if jax.config.jax_enable_x64 else jnp.float32
    params = jax.tree.map(lambda p: jnp.asarray(p, dtype), params)
    for name, value in (("params", params), (f"a hyperparameter of {type(rule).__name__}", rule)):
        for leaf in jax.tree.leaves(value):
            if not np.all(np.isfinite(leaf)):
                raise ValueError(f"{name} must be finite; given {leaf}")
    return tree.cast(rule, dtype), params, tree.cast(as_pytree(loss, params), dtype)


def _bucket(steps: int) -> int:
    """The recorded length: a few sizes, so that the number of steps does not recompile."""
    return next((size for size in BUCKETS if steps <= size), -(-steps // BUCKETS[-1]) * BUCKETS[-1])


def _slots(params: Params, steps: int) -> tuple[int, int]:
    """How many rows of parameters to keep room for, and every how many steps to keep one."""
    room = _bucket(steps) + 1
    if tree.size(params) > RECORD_ALL_UP_TO:
        room = min(room, max(2, RECORD_BYTES // sum(leaf.nbytes for leaf in jax.tree.leaves(params))))
    return room, max(1, -(-steps // (room - 1)))


def _key(key: Array | None) -> Array:
    return jax.random.key(0) if key is None else key
