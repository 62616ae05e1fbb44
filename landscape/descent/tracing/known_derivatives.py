"""Derivative rules that JAX itself brings, told by where they are written: to trace them would take long."""

import functools
import types
from typing import Any

import jax
import numpy as np

from landscape.core.jax_inside import MEMOIZED, PASSING, ShapedArray, wrapped

PLAIN = (bool, int, str, types.NoneType, np.dtype, ShapedArray, jax.tree_util.PyTreeDef)
CUSTOM = (jax.custom_jvp, jax.custom_vjp)


class Same:
    """An object as a key: equal only to the very same one, which it keeps alive."""

    def __init__(self, thing: Any):
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.thing is other.thing


def lasting(thing: Any) -> tuple | None:
    """The key of a function that is JAX's own through and through; None where anything else is part of it.

    A function's code is the same object for as long as the process lives, and JAX's own code does not read
    what a person may change: the code and what its closure holds say all that it does.
    """
    kind = type(thing)
    if isinstance(thing, PLAIN):
        return kind, thing
    if kind.__name__ in PASSING and _of_jax(kind):
        return ()
    if isinstance(thing, (tuple, list)):
        return _all(kind, thing)
    if kind is functools.partial:
        return _all(kind, (thing.func, thing.args, tuple(thing.keywords.items())))
    if inner := wrapped(thing):
        return _all(kind, inner)
    if isinstance(thing, CUSTOM):
        return (kind, Same(thing)) if _of_jax(thing.fun) else None  # pyright: ignore[reportAttributeAccessIssue]
    if not (isinstance(thing, types.FunctionType) and _of_jax(thing)):
        return None
    cells = dict(zip(thing.__code__.co_freevars, thing.__closure__ or (), strict=True))
    if thing.__qualname__ == MEMOIZED:
        cells = {"fn": cells["fn"]}  # the others hold what was traced already
    held = tuple(cell.cell_contents for cell in cells.values())
    return _all(Same(thing.__code__), (held, thing.__defaults__, tuple((thing.__kwdefaults__ or {}).items())))


def _all(kind: Any, things: Any) -> tuple | None:
    """The keys of several things together, if each has one."""
    keys = tuple(map(lasting, things))
    return None if None in keys else (kind, *keys)


def _of_jax(thing: Any) -> bool:
    """Whether it is written in JAX. A function's `__module__` may be copied from another one, as by
    `functools.wraps`; the names that its code reads are those of the module it is written in."""
    names = getattr(thing, "__globals__", None)
    module = getattr(thing, "__module__", "") if names is None else names.get("__name__", "")
    return str(module).split(".")[0] in ("jax", "jaxlib")
