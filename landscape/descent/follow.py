"""Descents inside a larger traced computation: functions that `vmap`, `jit` and batch like any other.

`run` and `sweep` take what a person gives, check it and compile one program for each kind of run. These
take traced values and check nothing: a study of a thousand runs maps them, and compiles the whole once.
"""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from jaxtyping import Array

from landscape.core.types import Params
from landscape.descent.loop import finite
from landscape.descent.rules.rule import Rule, State
from landscape.descent.schedules.schedule import init_schedules, resolve

Carry = tuple[Params, State, list[Any]]
"""The point, the rule's memory, and that of its schedules."""


def follow(
    rule: Rule,
    loss: Callable[..., Any],
    start: Params,
    steps: int,
    inputs: Any = None,
    record: Callable[[Params, State, Rule], Any] = lambda params, state, now: (params, state),
) -> Any:
    """Every point that a rule passes, and its memory there.

    A run that is no longer finite goes on as the arithmetic has it; `run` would stop it.

    Args:
        rule: an update rule; its fields may hold schedules. It is given no random key.
        loss: params -> scalar, or (params, input) -> scalar where there are inputs.
        start: a pytree, the first point.
        steps: how many steps.
        inputs: a tree of (steps, ...): what the loss of each step is given, a minibatch or a noise.
        record: what to keep of each point: of the parameters, the memory and the rule as it is there, its
            schedules resolved.

    Returns:
        What was recorded, each leaf with `steps` + 1 rows: by default the points and the memory.

    >>> from landscape.descent.rules.first_order import Momentum
    >>> points, memory = follow(Momentum(0.1, 0.5), lambda x: 5 * x**2, 1.0, 2)
    >>> points.tolist(), memory["velocity"].tolist()
    ([1.0, 0.0, -0.5], [0.0, 10.0, 5.0])
    """
    _check(inputs, steps)
    begin, at = _begin(rule, start), _losses(loss, inputs)

    def row(carry: Carry, i: Array) -> tuple[Carry, Any]:
        now, after = _stepped(rule, at(i), carry, i)
        return after, record(carry[0], carry[1], now)

    return lax.scan(row, begin, jnp.arange(steps + 1))[1]  # the last step is taken and not kept


def advance(
    rule: Rule, loss: Callable[..., Any], start: Params, steps: Any, inputs: Any = None, state: Any = None
) -> tuple[Params, State]:
    """The point after some steps, and the rule's memory there.

    Args:
        rule, loss, start, inputs: as for `follow`.
        steps: how many; without inputs it may be traced.
        state: the memory to go on with; a new one when none is given. Schedules begin anew.

    >>> from landscape.descent.rules.first_order import SGD
    >>> advance(SGD(0.5), lambda x: x**2 / 2, 1.0, 3)[0].item()
    0.125
    """
    _check(inputs, steps)
    params, fresh, schedules = _begin(rule, start)
    begin, at = (params, fresh if state is None else state, schedules), _losses(loss, inputs)
    return lax.fori_loop(0, steps, lambda i, carry: _stepped(rule, at(i), carry, i)[1], begin)[:2]


def steps_until(
    rule: Rule, loss: Callable[[Params], Any], start: Params, arrived: Callable[[Params], Any], limit: Any
) -> Array:
    """After how many steps a run first is where it should be.

    Args:
        rule, loss, start: as for `follow`.
        arrived: params -> bool.
        limit: the most steps that are taken.

    Returns:
        A whole number as a float, 0 where the start has arrived; nan where the run did not arrive, and
        where it was no longer finite before it did.

    >>> from landscape.descent.rules.first_order import SGD
    >>> steps_until(SGD(0.5), lambda x: x**2 / 2, 1.0, lambda x: x < 0.2, 100).item()
    3.0
    """

    def going(loop: tuple[Carry, Array]) -> Any:
        (params, _, _), i = loop
        return ~arrived(params) & finite(params) & (i < limit)

    def step(loop: tuple[Carry, Array]) -> tuple[Carry, Array]:
        carry, i = loop
        return _stepped(rule, loss, carry, i)[1], i + 1

    (params, _, _), count = lax.while_loop(going, step, (_begin(rule, start), jnp.int32(0)))
    return jnp.where(arrived(params), count, jnp.nan)


def _begin(rule: Rule, start: Params) -> Carry:
    params = jax.tree.map(jnp.asarray, start)
    return params, rule.init(params), init_schedules(rule)


def _stepped(rule: Rule, loss: Callable[[Params], Any], carry: Carry, i: Array) -> tuple[Rule, Carry]:
    """The rule at step i, and the carry after it."""
    params, state, schedules = carry
    if schedules:
        rule, schedules = resolve(rule, i, schedules, loss(params))
    params, state = rule.step(loss, params, state, None)
    return rule, (params, state, schedules)


def _losses(loss: Callable[..., Any], inputs: Any) -> Callable[[Array], Callable[[Params], Any]]:
    """The loss of each step."""
    if inputs is None:
        return lambda i: loss

    def at(i: Array) -> Callable[[Params], Any]:
        given = jax.tree.map(lambda rows: lax.dynamic_index_in_dim(rows, i, keepdims=False), inputs)
        return lambda params: loss(params, given)

    return at


def _check(inputs: Any, steps: Any) -> None:
    """A row too few would silently be used twice."""
    if any(len(rows) != steps for rows in jax.tree.leaves(inputs)):
        raise ValueError(f"the inputs must have one row for each of the {steps} steps")
