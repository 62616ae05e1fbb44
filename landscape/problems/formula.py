"""A loss surface typed by a person: checked text in, a traceable function of x and y out."""

import ast
import math
from functools import lru_cache
from types import ModuleType
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.problems.formula_error import ARGUMENTS, CONSTANTS, VARIABLES, FormulaError, refuse
from landscape.problems.formula_latex import render
from landscape.problems.formula_syntax import MAX_DEPTH, parse
from landscape.problems.surface import Domain, Point, Surface, presets
from landscape.types import hyper, pytree, static

__all__ = ["Formula", "FormulaError", "formula"]

MAX_EXPONENT = 100
OPERATORS = {ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide", ast.Pow: "power"}
SIGNS = {ast.UAdd: "positive", ast.USub: "negative"}
COMPARISONS = {ast.Lt: "less", ast.LtE: "less_equal", ast.Gt: "greater", ast.GtE: "greater_equal"}
COMPARISONS |= {ast.Eq: "equal", ast.NotEq: "not_equal"}
REDUCERS = {"min": "minimum", "max": "maximum"}


def operands(node: ast.expr) -> list[ast.expr]:
    """Return the parts of a node of the whitelist; no other node gets past here."""
    match node:
        case ast.Constant(value=float()):
            return []
        case ast.Name(id=name) if name in VARIABLES or name in CONSTANTS:
            return []
        case ast.UnaryOp(op=op, operand=part) if type(op) in SIGNS:
            return [part]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return [left, right]
        case ast.Compare(left=left, ops=ops, comparators=rest) if {
            type(op) for op in ops
        } <= COMPARISONS.keys():
            return [left, *rest]
        case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]) if name in ARGUMENTS:
            return parts
    raise refuse("expected_value", found=type(node).__name__, column=node.col_offset + 1)


def check(node: ast.expr, columns: dict[int, int], depth: int = 1) -> None:
    """Refuse what the order of the tokens cannot show: depth, counts of arguments, exponents."""
    if depth > MAX_DEPTH:
        raise refuse("too_deep", limit=MAX_DEPTH)
    parts = operands(node)
    for part in parts:
        check(part, columns, depth + 1)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        name, count, expected = node.func.id, len(parts), ARGUMENTS[node.func.id]
        if not (count >= 2 if name in REDUCERS else count == int(expected)):
            column = columns[node.col_offset]
            raise refuse("argument_count", name=name, column=column, found=count, expected=expected)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        power = constant(node.right)
        if power is not None and not abs(power) <= MAX_EXPONENT:
            column = columns[node.right.col_offset]
            raise refuse("exponent_too_large", found=f"{power:g}", column=column, limit=MAX_EXPONENT)


def constant(node: ast.expr) -> float | None:
    """Return the number a tree without x and y stands for, or None."""
    if any(isinstance(part, ast.Name) and part.id in VARIABLES for part in ast.walk(node)):
        return None
    with np.errstate(all="ignore"):
        return float(evaluate(node, {}, np, np.float64))


def evaluate(node: ast.expr, values: dict[str, Any], numpy: ModuleType, dtype: Any) -> Any:
    """Compute a checked tree with the array functions of `numpy` or `jax.numpy`."""
    parts = operands(node)
    match node:
        case ast.Constant(value=value):
            return numpy.asarray(value, dtype)
        case ast.Name(id=name):
            return values[name] if name in values else numpy.asarray(CONSTANTS[name], dtype)
        case ast.Call(func=ast.Name(id="where")):
            return choose(parts, values, numpy, dtype)
        case ast.BinOp(op=ast.Pow()):
            # A whole constant power is repeated multiplication, defined for a negative base too.
            power = constant(node.right)
            if power is not None and power == int(power):
                return evaluate(node.left, values, numpy, dtype) ** int(power)
    arguments = [evaluate(part, values, numpy, dtype) for part in parts]
    match node:
        case ast.UnaryOp(op=op):
            return getattr(numpy, SIGNS[type(op)])(*arguments)
        case ast.BinOp(op=op):
            return getattr(numpy, OPERATORS[type(op)])(*arguments)
        case ast.Compare(ops=ops):
            pairs = zip(ops, arguments[:-1], arguments[1:], strict=True)
            return math.prod(getattr(numpy, COMPARISONS[type(op)])(a, b).astype(dtype) for op, a, b in pairs)
        case ast.Call(func=ast.Name(id=name)):
            result = arguments[0] if name in REDUCERS else getattr(numpy, name)(arguments[0])
            for argument in arguments[1:]:
                result = getattr(numpy, REDUCERS[name])(result, argument)
            return result


def choose(parts: list[ast.expr], values: dict[str, Any], numpy: ModuleType, dtype: Any) -> Any:
    """Compute `where(condition, a, b)` so that the branch not taken leaves no trace in the gradient.

    A plain `where` multiplies the other branch's derivative by zero, and zero times NaN is NaN.
    Each branch therefore sees variables that are constants wherever it is not taken.
    """
    taken = evaluate(parts[0], values, numpy, dtype) != 0
    inside = {k: numpy.where(taken, v, jax.lax.stop_gradient(v)) for k, v in values.items()}
    outside = {k: numpy.where(taken, jax.lax.stop_gradient(v), v) for k, v in values.items()}
    first = evaluate(parts[1], inside, numpy, dtype)
    return numpy.where(taken, first, evaluate(parts[2], outside, numpy, dtype))


@lru_cache(maxsize=256)
def read(text: str) -> ast.expr:
    """Return the checked tree of a text."""
    tree, columns = parse(text)
    check(tree, columns)
    return tree


@pytree
class Formula(Surface):
    """A surface given by its text, which is static: equal text shares one compiled program."""

    name = "formula"
    citation = ""
    smooth = False
    presets = presets(rate=0.01, stride=0.05)

    text: str = static(default="x**2 + y**2")
    frame: Domain = hyper(default=((-2.0, 2.0), (-2.0, 2.0)))
    origin: Point = hyper(default=(1.0, 1.0))

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        values: dict[str, Any] = dict(zip(VARIABLES, params, strict=True))
        return evaluate(read(self.text), values, jnp, params.dtype)

    @property
    def latex(self) -> str:
        return render(read(self.text))


def formula(text: Any, domain: Any = ((-2.0, 2.0), (-2.0, 2.0)), start: Any = (1.0, 1.0)) -> Formula:
    r"""Return the surface a typed formula describes.

    The text may hold `x`, `y`, numbers, `+ - * / **` (or `^`), brackets, comparisons (one where
    they hold, zero elsewhere), `pi`, `e`, and `sin cos tan exp log sqrt abs tanh sinh cosh min
    max where`. It is parsed against this list, never evaluated as Python. It may be NaN or
    infinite in places.

    Args:
        text: a `str` of at most 300 characters. Anything at all may come in here and below; what
            is not right is refused with the same kind of error.
        domain: the rectangle to draw, `((x low, x high), (y low, y high))`.
        start: the point `(x, y)` a race begins from.

    Returns:
        A surface, callable with parameters of shape `(2,)`; `.latex` is the formula in LaTeX.

    Raises:
        FormulaError: what was found, at which column, and what is allowed instead.

    >>> import jax.numpy as jnp
    >>> surface = formula("(1 - x)^2 + 100*(y - x^2)^2")
    >>> float(surface(jnp.array([1.0, 2.0])))
    100.0
    >>> surface.latex
    '\\left(1 - x\\right)^{2} + 100 \\left(y - x^{2}\\right)^{2}'
    """
    if not isinstance(text, str):
        raise refuse("not_text", found=type(text).__name__)
    read(text)
    frame, origin = numbers(domain, (2, 2)), numbers(start, (2,))
    if frame is None or not (frame[:, 0] < frame[:, 1]).all():
        raise refuse("bad_domain", found=repr(domain))
    if origin is None:
        raise refuse("bad_start", found=repr(start))
    (x0, x1), (y0, y1) = frame.tolist()
    return Formula(text, ((x0, x1), (y0, y1)), tuple(origin.tolist()))


def numbers(values: Any, shape: tuple[int, ...]) -> np.ndarray | None:
    """Return the values as an array if they are finite numbers of that shape."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return array if array.shape == shape and np.isfinite(array).all() else None
