"""Losses at the door: how any callable becomes a pytree whose captured arrays are arguments."""

from typing import Any

import jax
import jax.numpy as jnp
from jax.core import eval_jaxpr
from jax.extend.core import ClosedJaxpr

from landscape.types import Loss, Params, Scalar, pytree, static


class Program:
    """A traced computation without its data, equal to any other with the same text and shapes."""

    def __init__(self, closed: ClosedJaxpr):
        self.jaxpr = closed.jaxpr
        self.text = f"{closed.jaxpr} {[(c.shape, str(c.dtype)) for c in map(jnp.asarray, closed.consts)]}"

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Program) and self.text == other.text


@pytree
class TracedLoss:
    """A callable that was traced once: its captured arrays are leaves, its program is static."""

    captured: list[Any]
    program: Program = static()

    def __call__(self, params: Params) -> Scalar:
        return eval_jaxpr(self.program.jaxpr, self.captured, *jax.tree.leaves(params))[0]


def as_pytree(loss: Loss, params: Params) -> Loss:
    """The loss as a pytree that can be an argument of a compiled program.

    A loss that is already a pytree of arrays (a surface, a network's loss) is returned as it is. Any
    other callable is traced: arrays it captures become leaves, so that new data reuse the compiled
    program; Python numbers it captures are literals of the program and do recompile.

    Raises:
        TypeError: when it is not callable, or does not return one real scalar.
    """
    if not callable(loss):
        raise TypeError(f"the loss must be callable, params -> scalar; given {type(loss).__name__}")
    leaves = jax.tree.leaves(loss)
    if not (leaves and leaves[0] is loss) and all(
        isinstance(leaf, (bool, int, float)) or hasattr(leaf, "dtype") for leaf in leaves
    ):
        return loss
    closed, out = jax.make_jaxpr(lambda p: loss(p), return_shape=True)(params)
    if getattr(out, "shape", None) != () or not jnp.issubdtype(out.dtype, jnp.floating):
        raise TypeError(f"the loss must return one real scalar; it returned {jax.tree.map(str, out)}")
    return TracedLoss(list(closed.consts), Program(closed))
