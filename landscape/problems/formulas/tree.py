"""A formula as a tree of operations, each of which knows its number where x and y have no part in it."""

import math
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from landscape.problems.formulas.error import refuse

MAX_OPERATIONS = 75  # that bend the surface: what compiling the Hessian takes grows with them
OPERATORS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "**": "power"}
SIGNS = {"+": "positive", "-": "negative"}
COMPARISONS = {"<": "less", "<=": "less_equal", ">": "greater", ">=": "greater_equal"}
COMPARISONS |= {"==": "equal", "!=": "not_equal"}
REDUCERS = {"min": "minimum", "max": "maximum"}
NUMPY = {"asin": "arcsin", "acos": "arccos", "atan": "arctan"}
"""What NumPy calls an operation where it has another name for it."""

CHAINED = {"add", "subtract", "multiply", "divide"}
"""Operations that a long formula has in a row: the first part is the row so far. They are read in a loop, so
that only brackets, signs and powers nest."""

STRAIGHT = {"add", "subtract", "positive", "negative", "compare", "min", "max", "abs", "sign"}
"""Operations without a second derivative."""


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """One operation.

    Attributes:
        operation: "number", "name", one of `OPERATORS`, `SIGNS`, "compare" or a function.
        parts: what it works on.
        words: the name, or the signs of a chain of comparisons.
        value: the number that the whole tree stands for, None where x or y is in it.
        column: where it was typed.
        bends: how many of its operations on x or y have a second derivative.
    """

    operation: str
    parts: tuple["Node", ...] = ()
    words: tuple[str, ...] = ()
    value: float | None = None
    column: int = 0
    bends: int = 0


def node(operation: str, *parts: Node, words: tuple[str, ...] = (), column: int = 0) -> Node:
    """Return the operation on its parts; each part's number is computed once, when the part is made."""
    scaled = operation == "multiply" and any(part.value is not None for part in parts)
    scaled |= operation == "divide" and parts[1].value is not None
    bends = sum(part.bends for part in parts) + (operation not in STRAIGHT and not scaled)
    if bends > MAX_OPERATIONS:
        raise refuse("too_many_operations", limit=MAX_OPERATIONS)
    value = None
    numbers = [part.value for part in parts]
    if None not in numbers:
        with np.errstate(all="ignore"):
            arrays = [np.asarray(number, np.float64) for number in numbers]
            value = float(apply(Node(operation, parts, words), arrays, np, np.float64))
        bends = 0
    return Node(operation, parts, words, value, column, bends)


def row(tree: Node) -> tuple[Node, list[Node]]:
    """Return the first operand of a row of operations, and the operations from the first to the last."""
    above = []
    while tree.operation in CHAINED and tree.value is None:
        above.append(tree)
        tree = tree.parts[0]
    return tree, above[::-1]


def whole_exponent(tree: Node) -> int | None:
    """Return the exponent of a power if it is a whole number."""
    value = tree.parts[1].value
    return int(value) if value is not None and math.isfinite(value) and value == int(value) else None


def apply(tree: Node, arguments: list[Any], numpy: ModuleType, dtype: Any) -> Any:
    """Compute one operation on the values of its parts with the functions of `numpy` or `jax.numpy`."""
    if tree.operation == "compare":
        pairs = zip(tree.words, arguments[:-1], arguments[1:], strict=True)
        return math.prod(getattr(numpy, COMPARISONS[sign])(a, b).astype(dtype) for sign, a, b in pairs)
    if tree.operation == "power" and (exponent := whole_exponent(tree)) is not None:
        # A whole constant power is repeated multiplication, defined for a negative base too.
        return arguments[0] ** exponent
    if tree.operation in REDUCERS:
        result = arguments[0]
        for argument in arguments[1:]:
            result = getattr(numpy, REDUCERS[tree.operation])(result, argument)
        return result
    if tree.operation == "where":
        return numpy.where(arguments[0] != 0, *arguments[1:])
    return getattr(numpy, NUMPY.get(tree.operation, tree.operation))(*arguments)
