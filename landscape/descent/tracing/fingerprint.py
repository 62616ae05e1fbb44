"""What a traced program computes, as a key: equal for two programs only where one may run for the other.

A program's printed text does not tell: it leaves out the constants of inner programs, derivative rules and
callbacks. Here every equation is read: numbers and arrays by their content, callbacks by identity (and kept
alive while they are a key, so that no other object takes their place), derivative rules by tracing them to
programs that are read in turn. What is not understood equals nothing but itself.
"""

import dataclasses
import functools
import hashlib
import types
from collections.abc import Hashable, Mapping
from enum import Enum
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscape.core.jax_inside import (
    CALLBACKS,
    CHECKPOINT,
    CUSTOM,
    JIT,
    RULES,
    ClosedJaxpr,
    Jaxpr,
    JaxprEqn,
    Literal,
    eval_jaxpr,
    wrapped,
)
from landscape.descent.tracing.known_derivatives import Same, lasting

ORDER = 2
"""The highest derivative of a loss that is taken anywhere here; of rules that deep all is known."""

PLAIN = (bool, int, str, bytes, type, np.dtype, Enum, types.NoneType)
PLACES = (jax.sharding.Mesh, jax.sharding.AbstractMesh, jax.sharding.Sharding)
LIBRARIES = ("jax", "jaxlib", "ml_dtypes")


def fingerprint(program: Jaxpr, order: int = ORDER) -> tuple:
    """The key of a program whose constants are arguments.

    Args:
        program: as `jax.make_jaxpr` traces it.
        order: how many times it will be differentiated at most.
    """
    numbers: dict[Any, int] = {}

    def born(variables: Any) -> tuple:
        for variable in variables:
            numbers[variable] = len(numbers)
        return tuple(variable.aval for variable in variables)

    def read(atom: Any) -> Hashable:
        return (content(atom.val), atom.aval) if isinstance(atom, Literal) else numbers[atom]

    begin = born(program.constvars), born(program.invars)
    steps = tuple(
        (
            step.primitive,
            step.ctx,
            tuple(map(read, step.invars)),
            born(step.outvars),
            _parameters(program, step, order),
        )
        for step in program.eqns
    )
    return begin, steps, tuple(map(read, program.outvars))


def content(array: Any) -> Hashable:
    """An array as a key: its type, shape and bytes, or a digest of them where they are many."""
    if isinstance(array, jax.Array):
        if jnp.issubdtype(array.dtype, jax.dtypes.prng_key):
            return str(array.dtype), content(jax.random.key_data(array))
        if not array.is_fully_addressable:
            return Same(array)
    array = np.asarray(array)
    if array.dtype.hasobject:
        return object()
    data = array.tobytes()
    return array.dtype, array.shape, data if len(data) <= 64 else hashlib.blake2b(data).digest()


def _parameters(program: Jaxpr, step: JaxprEqn, order: int) -> Hashable:
    """The key of what an equation is told beside its operands."""
    name, given = step.primitive.name, step.params
    if name in CUSTOM:
        plain = {key: given.get(key) for key in ("call_jaxpr", "num_consts", "symbolic_zeros")}
        return _described(plain, 0), _derivative(program, step, order) if order else None
    if name in CALLBACKS:
        given = {key: _callback(value) if key == "callback" else value for key, value in given.items()}
    if name == CHECKPOINT:  # which intermediate results are kept changes no result
        given = {key: Same(value) if key == "policy" else value for key, value in given.items()}
    if name in JIT:
        given = {key: value for key, value in given.items() if key != "name"}
    return _described(given, order)


def _derivative(program: Jaxpr, step: JaxprEqn, order: int) -> Hashable:
    """The key of the derivative of an equation that brings its own rule: the rule is traced."""
    own = [step.params.get(name) for name in RULES]
    if (known := lasting(own)) is not None:
        return known
    if step.params.get("symbolic_zeros"):
        return object()  # such a rule may do something else for every set of operands that vary
    inputs: list[Any] = [variable.aval for variable in step.invars]
    varies = [jnp.issubdtype(aval.dtype, jnp.inexact) for aval in inputs]
    forward = step.primitive.name == "custom_jvp_call"

    def derivative(operands: list[Any], tangents: list[Any]) -> Any:
        def alone(*varying: Any) -> list[Any]:
            given = iter(varying)
            merged = [next(given) if v else o for v, o in zip(varies, operands, strict=True)]
            return [y for y in _alone(program, step, merged) if jnp.issubdtype(y.dtype, jnp.inexact)]

        varying = [o for v, o in zip(varies, operands, strict=True) if v]
        if forward:
            return jax.jvp(alone, varying, tangents)
        out, back = jax.vjp(alone, *varying)
        return out, back([jnp.ones_like(y) for y in out])

    places = [jax.ShapeDtypeStruct(aval.shape, aval.dtype) for aval in inputs]
    try:
        closed = jax.make_jaxpr(derivative)(
            places, [place for v, place in zip(varies, places, strict=True) if v]
        )
    except Exception:  # a rule may raise anything; it will again where its derivative is needed
        return object()
    return fingerprint(closed.jaxpr, order - 1), tuple(map(content, closed.consts))


def _alone(program: Jaxpr, step: JaxprEqn, operands: list[Any]) -> list[Any]:
    """The results of one equation of a program."""
    variables = [v for v in step.invars if not isinstance(v, Literal)]
    values = [o for v, o in zip(step.invars, operands, strict=True) if not isinstance(v, Literal)]
    short = program.replace(constvars=(), invars=variables, outvars=list(step.outvars), eqns=[step])
    return eval_jaxpr(short, (), *values)


def _callback(called: Any) -> Hashable:
    """A Python function that is called while the program runs: by identity, whatever it does by then."""
    inner = getattr(called, "callback_func", called)
    tree = getattr(called, "in_tree", None)
    if isinstance(inner, types.MethodType):
        return "method", Same(inner.__func__), Same(inner.__self__), _described(tree, 0)
    return "function", Same(inner), _described(tree, 0)


def _described(thing: Any, order: int) -> Hashable:
    """Anything an equation may be told, as a key."""
    within = functools.partial(_described, order=order)
    kind = type(thing)
    if isinstance(thing, (Same, *PLAIN, *PLACES)):
        return kind, thing
    if isinstance(thing, ClosedJaxpr):
        return fingerprint(thing.jaxpr, order), tuple(map(content, thing.consts))
    if isinstance(thing, Jaxpr):
        return fingerprint(thing, order)
    if isinstance(thing, (float, complex, np.ndarray, np.generic, jax.Array)):
        return kind, content(thing)
    if isinstance(thing, Mapping):
        return kind, tuple((within(key), within(value)) for key, value in thing.items())
    if isinstance(thing, (tuple, list)):
        return kind, tuple(map(within, thing))
    if isinstance(thing, (set, frozenset)):
        return kind, frozenset(map(within, thing))
    if isinstance(thing, jax.tree_util.PyTreeDef):
        return kind, within(thing.node_data()), tuple(map(within, thing.children()))
    if kind.__module__.split(".")[0] not in LIBRARIES or callable(thing) or wrapped(thing):
        return object()
    if dataclasses.is_dataclass(thing):
        return kind, tuple(within(getattr(thing, field.name)) for field in dataclasses.fields(thing))
    return (kind, thing) if isinstance(thing, Hashable) else object()
