"""Results in a line: what a notebook prints of them, arrays by type and shape."""

import dataclasses
from enum import Enum
from typing import Any, TypeVar

import jax
import numpy as np

T = TypeVar("T")

FEW = 6  # numbers of an array, or parts of a container, that are written out
LONG = 120  # characters of anything else


def brief(value: Any) -> str:
    """A value in a few words: an array by its type and shape, a tree by what it holds.

    >>> brief(np.zeros((501, 2))), brief(np.arange(3)), brief(0.05), brief("adam")
    ('float64[501, 2]', '[0, 1, 2]', '0.05', "'adam'")
    >>> brief({"w": np.ones((64, 64)), "b": np.ones(64)})
    '<dict of 2 arrays, 4,160 numbers>'
    """
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, (np.ndarray, jax.Array)) or type(value) is jax.ShapeDtypeStruct:
        return _array(value)
    if isinstance(value, (dict, list, tuple)) or not jax.tree_util.all_leaves([value]):
        return _tree(value)
    text = repr(value)
    return text if len(text) <= LONG else f"{text[: LONG - 3]}..."


def _array(array: Any) -> str:
    few = isinstance(array, np.ndarray) and array.dtype.kind in "iufb" and array.size <= FEW
    if few and not array.ndim:
        return repr(array.item())
    if few and array.ndim == 1 and array.size:
        return f"[{', '.join(f'{x:.6g}' if isinstance(x, float) else str(x) for x in array.tolist())}]"
    return f"{array.dtype}[{', '.join(map(str, array.shape))}]"


def _tree(tree: Any) -> str:
    """A container by the number of its arrays; written out where it is small, or a result with a line."""
    if _is_line(tree):
        return repr(tree)
    if type(tree) is dict and 0 < len(tree) <= FEW and all(map(_is_line, tree.values())):
        return f"{{{', '.join(f'{key!r}: {value!r}' for key, value in tree.items())}}}"
    leaves = jax.tree.leaves(tree)
    if not any(getattr(leaf, "ndim", 0) for leaf in leaves) and len(text := repr(tree)) <= LONG:
        return text
    count = sum(int(np.size(leaf)) for leaf in leaves if _counts(leaf))
    return f"<{type(tree).__name__} of {len(leaves)} {_nouns(leaves)}, {count:,} numbers>"


def _is_line(thing: Any) -> bool:
    return hasattr(type(thing), "IN_A_LINE")


def _counts(leaf: Any) -> bool:
    return hasattr(leaf, "shape") or isinstance(leaf, (int, float))


def _nouns(leaves: list[Any]) -> str:
    kind = "array" if all(hasattr(leaf, "shape") for leaf in leaves) else "part"
    return kind if len(leaves) == 1 else f"{kind}s"


def in_a_line(kind: type[T], own: bool = False) -> type[T]:
    """Give a dataclass or named tuple a representation of one line, or note that its `own` is one.

    >>> from typing import NamedTuple
    >>> @in_a_line
    ... class Pair(NamedTuple):
    ...     first: float
    ...     second: np.ndarray
    >>> Pair(1.0, np.zeros(100))
    Pair(first=1.0, second=float64[100])
    """
    names = [f.name for f in dataclasses.fields(kind) if f.repr] if dataclasses.is_dataclass(kind) else None

    def text(self: Any) -> str:
        shown = getattr(kind, "_fields", ()) if names is None else names
        return f"{type(self).__name__}({', '.join(f'{name}={brief(getattr(self, name))}' for name in shown)})"

    kind.IN_A_LINE = True  # pyright: ignore[reportAttributeAccessIssue]
    if not own:
        kind.__repr__ = text  # pyright: ignore[reportAttributeAccessIssue]
    return kind
