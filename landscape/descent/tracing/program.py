"""Losses at the door: how any callable becomes a pytree whose captured arrays are arguments."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscape.core.jax_inside import ClosedJaxpr, eval_jaxpr
from landscape.core.types import Loss, Params, Scalar, is_own, pytree, static
from landscape.descent.tracing.constant_loss import warn_if_constant
from landscape.descent.tracing.fingerprint import fingerprint
from landscape.descent.tracing.inline import inlined


class Program:
    """A traced computation without its data, equal to any other that computes the same of other data."""

    def __init__(self, jaxpr: Any):
        self.jaxpr = jaxpr
        self.key = fingerprint(jaxpr)
        self.hash = hash(self.key)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Program) and self.hash == other.hash and self.key == other.key
        )


@pytree
class TracedLoss:
    """A callable that was traced once: its captured arrays are leaves, its program is static."""

    captured: list[Any]
    program: Program = static()

    fixed_types = True  # its arithmetic was traced for arrays of these types: `tree.cast` leaves them

    def __call__(self, params: Params) -> Scalar:
        leaves = jax.tree.leaves(params)
        [value] = eval_jaxpr(self.program.jaxpr, self.captured, *leaves)
        return jnp.asarray(value, leaves[0].dtype)


def as_pytree(loss: Loss, params: Params) -> Loss:
    """The loss as a pytree that can be an argument of a compiled program.

    A loss of this library (a surface, a network's loss) is a pytree of its data and returned as it is. Any
    other callable, a pytree or not, is traced, once for each call: arrays it captures become leaves, so
    that new data reuse the compiled program; Python numbers it captures are literals of the program and do
    recompile.

    Raises:
        TypeError: when it is not callable, or does not return one real scalar.

    Warns:
        ConstantLoss: when it does not depend on its parameters.
    """
    if not callable(loss):
        raise TypeError(f"the loss must be callable, params -> scalar; given {type(loss).__name__}")
    if is_own(loss) and all(
        isinstance(leaf, (bool, int, float)) or hasattr(leaf, "dtype") for leaf in jax.tree.leaves(loss)
    ):
        return loss
    closed, out = jax.make_jaxpr(lambda p: loss(p), return_shape=True)(params)
    if getattr(out, "shape", None) != () or not jnp.issubdtype(out.dtype, jnp.floating):
        raise TypeError(f"the loss must return one real scalar; it returned {jax.tree.map(str, out)}")
    warn_if_constant(closed.jaxpr)
    return traced(closed)


def traced(closed: ClosedJaxpr) -> TracedLoss:
    """A loss from its traced program."""
    program, constants = inlined(closed)
    return TracedLoss([c if isinstance(c, jax.Array) else np.asarray(c) for c in constants], Program(program))
