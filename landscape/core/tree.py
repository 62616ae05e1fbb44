"""Vector algebra on pytrees of arrays: the operations an optimizer's equation is written in."""

from functools import reduce
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Array, Bool

from landscape.core.types import Loss, Params, Scalar

map = jax.tree.map  # the one word every rule uses


def zeros_like(a: Params) -> Params:
    """A tree of zeros shaped like `a`."""
    return map(jnp.zeros_like, a)


def full_like(a: Params, value: Any) -> Params:
    """A tree shaped like `a`, filled with one value."""
    return map(lambda x: jnp.full_like(x, value), a)


def add(a: Params, b: Params) -> Params:
    """a + b, leaf by leaf."""
    return map(jnp.add, a, b)


def sub(a: Params, b: Params) -> Params:
    """a - b, leaf by leaf."""
    return map(jnp.subtract, a, b)


def scale(c: Any, a: Params) -> Params:
    """c a, for a scalar c."""
    return map(lambda x: c * x, a)


def axpy(c: Any, a: Params, b: Params) -> Params:
    """c a + b, for a scalar c."""
    return map(lambda x, y: c * x + y, a, b)


def dot(a: Params, b: Params) -> Scalar:
    """The inner product over all leaves.

    >>> float(dot({"w": jnp.array([1.0, 2.0])}, {"w": jnp.array([3.0, 4.0])}))
    11.0
    """
    products = [jnp.sum(x * y) for x, y in zip(jax.tree.leaves(a), jax.tree.leaves(b), strict=True)]
    return reduce(jnp.add, products)


def magnitude(a: Params) -> Scalar:
    """A power of two about as large as the largest entry, by which all may be divided without rounding;
    1 where the largest is zero or not finite. No derivative goes through it."""
    largest = reduce(jnp.maximum, [jnp.max(jnp.abs(x), initial=0) for x in jax.tree.leaves(a)])
    largest = lax.stop_gradient(largest)
    number = jnp.finfo(largest.dtype)
    power = lax.reduce_precision(largest, exponent_bits=number.nexp, mantissa_bits=0)
    power = jnp.minimum(power, 2.0 ** (number.maxexp - 2))  # its reciprocal has to be in the range too
    return jnp.where((power > 0) & jnp.isfinite(largest), power, 1)


def norm(a: Params) -> Scalar:
    """The Euclidean norm over all leaves, whatever their size: squares neither overflow nor vanish.

    Its derivative at zero is zero.

    >>> float(norm({"w": jnp.array([3.0]), "b": jnp.array(4.0)}))
    5.0
    >>> float(norm(jnp.array([3e-30, 4e-30])) * 1e30), float(norm(jnp.array([3e30, 4e30])) / 1e30)
    (5.0, 5.0)
    """
    size = magnitude(a)
    return size * _root(map(lambda x: x / size, a))


def unit(a: Params) -> Params:
    """The tree divided by its norm, zero for zero; right where the norm itself would leave the range.

    >>> unit(jnp.array([3e38, 0.0, 0.0])).tolist()
    [1.0, 0.0, 0.0]
    """
    size = magnitude(a)
    small = map(lambda x: x / size, a)
    length = _root(small)
    return scale(1 / jnp.where(length > 0, length, 1), small)


def _root(a: Params) -> Scalar:
    """The norm of a tree of ordinary size."""
    square = dot(a, a)
    return jnp.where(square == 0, 0, jnp.sqrt(jnp.where(square == 0, 1, square)))


def where(condition: Bool[Array, ""], a: Params, b: Params) -> Params:
    """`a` where the scalar condition holds, else `b`."""
    return map(lambda x, y: jnp.where(condition, x, y), a, b)


def cast(a: Any, dtype: Any) -> Any:
    """Every inexact or Python-number leaf as an array of `dtype`; integer arrays and keys stay, and so does
    a node with `fixed_types`."""

    def one(leaf: Any) -> Any:
        if _is_typed(leaf):
            return leaf
        if isinstance(leaf, (bool, int, float)):
            return np.asarray(leaf, dtype)
        return leaf.astype(dtype) if jnp.issubdtype(leaf.dtype, jnp.floating) else leaf

    return jax.tree.map(one, a, is_leaf=_is_typed)


def _is_typed(node: Any) -> bool:
    return getattr(node, "fixed_types", False) is True


def size(a: Params) -> int:
    """The number of scalars in the tree."""
    return sum(leaf.size for leaf in jax.tree.leaves(a))


def hvp(loss: Loss, params: Params, vector: Params) -> Params:
    """The Hessian of `loss` at `params` times `vector`, without forming the Hessian.

    >>> hvp(lambda x: jnp.sum(x**3), jnp.array([1.0, 2.0]), jnp.array([1.0, 0.0])).tolist()
    [6.0, 0.0]
    """
    return jax.jvp(jax.grad(loss), (params,), (vector,))[1]
