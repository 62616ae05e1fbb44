"""Shape aliases, the pytree decorator and the fields it reads, and the status of a run."""

import dataclasses
from collections.abc import Callable
from enum import IntEnum
from typing import Any, TypeVar, dataclass_transform

import jax
from jaxtyping import Array, Float, PyTree

from landscape.core.brief import in_a_line

Params = PyTree
Scalar = Float[Array, ""]
Loss = Callable[[Params], Scalar]
"""A loss maps a pytree of parameters to one scalar, with operations JAX can trace."""

T = TypeVar("T")

_OWN: set[type] = set()


class Status(IntEnum):
    """How a run ended: still moving, at a stationary point, or out of hand."""

    MOVING = 0
    CONVERGED = 1
    DIVERGED = 2


def hyper(
    default: Any = dataclasses.MISSING,
    low: float | None = None,
    high: float | None = None,
    *,
    log: bool = False,
    symbol: str = "",
    within: str = "(-inf, inf)",
) -> Any:
    """Declare a hyperparameter: a leaf of the pytree, so a new value never recompiles.

    `low` and `high` bound the control a person moves, `log` makes it logarithmic, `symbol` is its LaTeX
    name, and `within` is the interval beyond which its equation means nothing.
    """
    metadata = {"static": False, "low": low, "high": high, "log": log, "symbol": symbol, "within": within}
    return dataclasses.field(default=default, metadata=metadata)


def static(default: Any = dataclasses.MISSING, choices: tuple | None = None) -> Any:
    """Declare a static field: part of the compiled program's identity."""
    return dataclasses.field(default=default, metadata={"static": True, "choices": choices})


@dataclass_transform(frozen_default=True, field_specifiers=(hyper, static, dataclasses.field))
def pytree(cls: type[T]) -> type[T]:
    """Make a frozen dataclass and register it with JAX, its non-static fields as leaves.

    >>> @pytree
    ... class Line:
    ...     slope: float = hyper(2.0, 0.0, 5.0)
    >>> jax.tree.leaves(Line(3.0))
    [3.0]
    """
    own = "__repr__" in vars(cls)
    made = in_a_line(dataclasses.dataclass(frozen=True)(cls), own)
    fields = [f for f in dataclasses.fields(made) if f.init]  # pyright: ignore[reportArgumentType]
    fixed = [f.name for f in fields if f.metadata.get("static")]
    leaves = [f.name for f in fields if f.name not in fixed]
    keys = [jax.tree_util.GetAttrKey(name) for name in leaves]

    def flatten(whole: T) -> tuple[list[Any], tuple]:
        return [getattr(whole, name) for name in leaves], tuple(getattr(whole, name) for name in fixed)

    def flatten_with_keys(whole: T) -> tuple[list[tuple[Any, Any]], tuple]:
        values, kept = flatten(whole)
        return list(zip(keys, values, strict=True)), kept

    def unflatten(kept: tuple, values: Any) -> T:
        return made(**dict(zip(leaves, values, strict=True)), **dict(zip(fixed, kept, strict=True)))

    # Not `register_dataclass`: to jaxlib 0.10 the structures of any two of its classes with as many fields
    # are equal, and now and then one class's compiled program is run for the other.
    jax.tree_util.register_pytree_with_keys(made, flatten_with_keys, unflatten, flatten)
    _OWN.add(made)
    return made


def is_own(thing: Any) -> bool:
    """Whether something is a pytree made here: its static fields say all that its leaves do not."""
    return type(thing) in _OWN
