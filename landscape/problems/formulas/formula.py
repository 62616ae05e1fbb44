"""A loss surface typed by a person: checked text in, a traceable function of x and y out."""

from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import hyper, pytree, static
from landscape.problems.formulas.error import VARIABLES, FormulaError, quoted, refuse
from landscape.problems.formulas.hint import suggestion
from landscape.problems.formulas.latex import render
from landscape.problems.formulas.parser import parse
from landscape.problems.formulas.tree import Node, apply, row, whole_exponent
from landscape.problems.surfaces.surface import Domain, Point, Scales, Surface

__all__ = ["Formula", "FormulaError", "formula"]


def evaluate(tree: Node, values: dict[str, Any], dtype: Any) -> Any:
    """Compute a tree; every operation is visited once, what is constant is a number already."""
    first, above = row(tree)
    result = one(first, values, dtype)
    for operation in above:
        result = apply(operation, [result, evaluate(operation.parts[1], values, dtype)], jnp, dtype)
    return result


def one(tree: Node, values: dict[str, Any], dtype: Any) -> Any:
    """Compute an operand: all but a row of sums and products."""
    if tree.value is not None:
        return jnp.asarray(tree.value, dtype)
    if tree.operation == "name":
        return values[tree.words[0]]
    if tree.operation == "where":
        return choose(tree.parts, values, dtype)
    whole = tree.operation == "power" and whole_exponent(tree) is not None
    parts = tree.parts[:1] if whole else tree.parts
    return apply(tree, [evaluate(part, values, dtype) for part in parts], jnp, dtype)


def choose(parts: tuple[Node, ...], values: dict[str, Any], dtype: Any) -> Any:
    """Compute `where(condition, a, b)` so that the branch not taken leaves no trace in the gradient.

    A plain `where` multiplies the other branch's derivative by zero, and zero times NaN is NaN.
    Each branch therefore sees variables that are constants wherever it is not taken.
    """
    taken = evaluate(parts[0], values, dtype) != 0
    inside = {k: jnp.where(taken, v, jax.lax.stop_gradient(v)) for k, v in values.items()}
    outside = {k: jnp.where(taken, jax.lax.stop_gradient(v), v) for k, v in values.items()}
    first = evaluate(parts[1], inside, dtype)
    return jnp.where(taken, first, evaluate(parts[2], outside, dtype))


@lru_cache(maxsize=256)
def read(text: str) -> Node:
    """Return the checked tree of a text, or refuse it and say what was probably meant."""
    try:
        return parse(text)
    except FormulaError as error:
        meant = suggestion(text, error)
        raise FormulaError(error.code, error.details | ({"suggestion": meant} if meant else {})) from None


@pytree
class Formula(Surface):
    """A surface given by its text, which is static: equal text shares one compiled program."""

    name = "formula"
    citation = ""
    smooth = False
    scales = Scales(rate=0.01, stride=0.05)

    text: str = static(default="x**2 + y**2")
    domain: Domain = hyper(default=((-2.0, 2.0), (-2.0, 2.0)))
    origin: Point = hyper(default=(1.0, 1.0))

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        values: dict[str, Any] = dict(zip(VARIABLES, params, strict=True))
        return evaluate(read(self.text), values, params.dtype)

    @property
    def latex(self) -> str:
        return render(read(self.text))


def formula(text: Any, domain: Any = ((-2.0, 2.0), (-2.0, 2.0)), start: Any = (1.0, 1.0)) -> Formula:
    r"""Return the surface a typed formula describes.

    The text may hold `x`, `y`, numbers, `+ - * / **` (or `^`), brackets, comparisons (one where
    they hold, zero elsewhere), `pi`, `e`, `tau`, and `sin cos tan asin acos atan sinh cosh tanh exp
    log log2 log10 sqrt cbrt abs sign min max where`. What comes along when a formula is pasted is read
    too: other dashes, dots, slashes and spaces, superscripts, `π`, `√x`, `|x|`, `ln`, `sin^2(x)`, capitals,
    and a name before it, as in `f(x, y) =`. It is parsed against this list, never evaluated as Python,
    in a time that is linear in its length. It may be NaN or infinite in places.

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
    if not issubclass(type(text), str):
        raise refuse("not_text", found=type(text).__name__)
    text = str.__str__(text)
    read(text)
    rectangle, origin = numbers(domain, (2, 2)), numbers(start, (2,))
    if rectangle is None or not (rectangle[:, 0] < rectangle[:, 1]).all():
        raise refuse("bad_domain", found=quoted(domain))
    if origin is None:
        raise refuse("bad_start", found=quoted(start))
    (x0, x1), (y0, y1) = rectangle.tolist()
    return Formula(text, ((x0, x1), (y0, y1)), tuple(origin.tolist()))


def numbers(values: Any, shape: tuple[int, ...]) -> np.ndarray | None:
    """Return the values as an array if they are finite numbers of that shape."""
    try:
        given = np.asarray(values)
        array = None if given.dtype.kind in "cSU" else given.astype(np.float64)
    except Exception:  # a value may do anything at all when it is asked for its number
        return None
    return array if array is not None and array.shape == shape and np.isfinite(array).all() else None
