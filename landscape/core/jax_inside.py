"""What we lean on in JAX that it does not document, or documents as subject to change; no other module does.

Read from JAX 0.10.2. `pyproject.toml` bounds the version, and `tests/test_jax_inside.py` says whether another
one still has and does all of this. What a program is told under other names than these is left as it is.
"""

import sys
from typing import Any

from jax.core import ShapedArray, Tracer, eval_jaxpr
from jax.extend.core import ClosedJaxpr, Jaxpr, JaxprEqn, Literal, Var
from jax.interpreters import partial_eval

__all__ = ["ClosedJaxpr", "Jaxpr", "JaxprEqn", "Literal", "ShapedArray", "Tracer", "Var", "eval_jaxpr"]

READ_FROM = "0.10"

JIT = {"jit", "pjit"}
CHECKPOINT = "remat2"
CUSTOM = {"custom_jvp_call", "custom_vjp_call"}
CALLBACKS = {"pure_callback", "io_callback", "debug_callback"}
"""Names of operations in a traced program."""

TOLD = {
    "scan": {"jaxpr", "length", "num_carry", "num_consts", "reverse", "unroll"},
    "while": {"body_jaxpr", "body_nconsts", "cond_jaxpr", "cond_nconsts"},
    "cond": {"branches"},
    CHECKPOINT: {"differentiated", "jaxpr", "policy", "prevent_cse"},
}
"""What these operations are told beside their operands."""

RULES = ("jvp_jaxpr_fun", "fwd_jaxpr_thunk", "bwd")
"""Under which names an operation of `CUSTOM` holds its own derivative rule."""

PASSING = {"DynamicJaxprTrace", "Store"}
"""What JAX keeps in a rule while it is used, which does not change what the rule says."""

MEMOIZED = "_memoize.<locals>.memoized"
"""JAX's own memory of what was traced; the function it stands for is `fn` in its closure."""


def wrapped(thing: Any) -> tuple | None:
    """What a function that JAX carries through its transformations says; None for anything else."""
    return (thing.f, thing.transforms, thing.params) if hasattr(thing, "call_wrapped") else None


def used_inputs(program: Jaxpr) -> list[bool]:
    """Which inputs of a program have a part in what comes out of it.

    >>> import jax
    >>> used_inputs(jax.make_jaxpr(lambda x, y: 2 * x)(1.0, 1.0).jaxpr)
    [True, False]
    """
    return list(partial_eval.dce_jaxpr(program, [True] * len(program.outvars))[1])


def started() -> bool:
    """Whether JAX has computed already, and so has read its compiler's flags."""
    bridge = sys.modules.get("jax._src.xla_bridge")
    return bridge is not None and bool(bridge.backends_are_initialized())
