"""Hessian-vector products of any size in a type of limited range, by one program for all that is asked."""

import os
from functools import cache, lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree
from jaxtyping import Array, Float

from landscape.core import tree
from landscape.core.device import place
from landscape.core.leaves import Whole, split
from landscape.core.types import Loss, Params
from landscape.descent.keys import Key, as_key
from landscape.descent.tracing.program import as_pytree
from landscape.descent.training.fit import point_of

STRETCH = 2.0**48
LEAST = 2.0**-96
"""Below it the smaller entries of a product in single precision may be lost; the vector is stretched then."""
WINDOW = 2.0**20
"""A product's largest entry is kept between this and its reciprocal, so that squares stay in range."""

NO_DERIVATIVE = (TypeError, ValueError, NotImplementedError)
"""What JAX raises where a loss has no derivative of that kind: a callback, a rule for one derivative only."""


class Hessian:
    """The Hessian of a loss at a point, known by its products with vectors.

    Single precision ends at 3e38 and at 1e-38, and a Hessian of any size has a right to its eigenvalues.
    A vector is multiplied by a power of two before the product, which the product is linear in, and the
    product by another one after, so that nothing is lost within and sums of squares stay in range.

    Attributes:
        loss, params: the loss as a pytree, and the parameters that move as arrays of one type.
        whole: the way back to the parameters as they were given.
        size: n, how many parameters move.
        dtype: the type they are computed in; `eps` is its relative precision.
    """

    def __init__(self, loss: Loss, params: Any):
        self.loss, self.params, self.whole = enter(loss, params)
        self.size = tree.size(self.params)
        self.dtype = jax.tree.leaves(self.params)[0].dtype
        self.eps = float(jnp.finfo(self.dtype).eps)
        self.before = self.after = 1.0
        self.backwards = False

    def times(self, vector: Float[Array, " n"] | Float[np.ndarray, " n"]) -> tuple[Array, float]:
        """H v as an array y of n numbers and a factor c: H v = c y. Waits until it is computed.

        Args:
            vector: v, with entries of about 1 or less.
        """
        lowered = scaled = False
        while True:
            product, top = self._multiply(vector)
            top = float(top)
            largest = top / self.after
            if not np.isfinite(top) and self.before >= 1:
                self.before, self.after, lowered = self.before / STRETCH, 1.0, True
            elif largest < LEAST and self.before <= 1 and not lowered:
                self.before, self.after = self.before * STRETCH, 1.0
            elif 0 < top < np.inf and not 1 / WINDOW < top < WINDOW and not scaled:
                most = jnp.finfo(self.dtype).maxexp - 2
                self.after, scaled = 2.0 ** float(np.clip(-np.frexp(largest)[1], -most, most)), True
            else:
                return product, 1 / (self.before * self.after)

    def _multiply(self, vector: Any) -> tuple[Array, Array]:
        """One product: the gradient's derivative forwards, or backwards where that has none.

        A derivative written by hand (`jax.custom_vjp`) can often be taken backwards only; JAX finds out when
        the program is compiled.
        """
        kind, given = jax.tree.structure((self.loss, self.params)), (vector, self.before, self.after)
        with jax.default_matmul_precision("highest"):
            try:
                return _program(kind, self.backwards)(self.loss, self.params, *given)
            except NO_DERIVATIVE as reason:
                if self.backwards:
                    raise
                try:
                    found = _program(kind, True)(self.loss, self.params, *given)
                except NO_DERIVATIVE:
                    message = f"the loss has no second derivative that JAX can compute: {reason}"
                    raise TypeError(message) from reason
                self.backwards = True
                return found

    def unravel(self, rows: Float[Array, "rows n"] | Float[np.ndarray, "rows n"]) -> Params:
        """Vectors as rows of a tree built like the parameters as they were given; zero where they stay."""
        leaves, structure = jax.tree.flatten(self.params)
        parts = np.split(np.asarray(rows), np.cumsum([leaf.size for leaf in leaves])[:-1], axis=1)
        shaped = [part.reshape(-1, *leaf.shape) for part, leaf in zip(parts, leaves, strict=True)]
        return self.whole.zeros(jax.tree.unflatten(structure, shaped), (len(rows),))


@lru_cache(maxsize=64)
def _program(structure: Any, backwards: bool) -> Any:
    """The compiled product for one kind of loss; the least used kind is dropped."""

    def multiply(loss: Loss, params: Params, vector: Any, before: Any, after: Any) -> tuple[Array, Array]:
        flat, unravel = ravel_pytree(params)
        along = unravel((before * vector).astype(flat.dtype))
        if backwards:
            product = jax.grad(lambda at: tree.dot(jax.grad(loss)(at), along))(params)
        else:
            product = tree.hvp(loss, params, along)
        product = (ravel_pytree(product)[0] * after).astype(flat.dtype)
        return product, jnp.max(jnp.abs(product))

    return jax.jit(multiply, compiler_options=quick())


def enter(loss: Loss, params: Any) -> tuple[Loss, Params, Whole]:
    """The loss as a pytree, the parameters that move, where they belong, and the way back to all."""
    moving, whole = split("params", point_of(params))
    dtype, n = jax.tree.leaves(moving)[0].dtype, tree.size(moving)
    with jax.default_matmul_precision("highest"):
        loss = tree.cast(as_pytree(whole.loss(loss), moving), dtype)
    return *jax.device_put((loss, moving), place(n)), whole


def generator(key: Key, *stream: int) -> np.random.Generator:
    """NumPy's random numbers for a key: drawn on the host, they need no program for each shape.

    >>> float(generator(None, 3).normal()) == float(generator(jax.random.key(0), 3).normal())
    True
    """
    words = np.asarray(jax.random.key_data(as_key(key))).ravel()
    return np.random.default_rng([*words.tolist(), *stream])


@cache
def quick() -> dict[str, Any] | None:
    """What halves the compiler's time on a CPU and leaves programs that are run a few dozen times as fast.

    Kernels without the MLIR emitters, LLVM at its second level; None where JAX has another device or
    knows no such option, for which nothing promises that it stays.
    """
    if jax.default_backend() != "cpu":
        return None
    options: dict[str, Any] = {"xla_cpu_use_fusion_emitters": False}
    if "optimization_level" not in os.environ.get("XLA_FLAGS", ""):
        options["xla_backend_optimization_level"] = 2
    try:
        jax.jit(lambda: 0, compiler_options=options).lower().compile()
    except jax.errors.JaxRuntimeError:
        return None
    return options
