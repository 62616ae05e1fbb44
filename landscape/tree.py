"""Vector algebra on pytrees of arrays: the operations an optimizer's equation is written in."""

from functools import reduce
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool

from landscape.types import Loss, Params, Scalar

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


def norm(a: Params) -> Scalar:
    """The Euclidean norm over all leaves.

    >>> float(norm({"w": jnp.array([3.0]), "b": jnp.array(4.0)}))
    5.0
    """
    return jnp.sqrt(dot(a, a))


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
