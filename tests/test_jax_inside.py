"""JAX still holds and does what we read in it."""

import subprocess
import sys

import jax
import jax.numpy as jnp
import pytest
from jax import lax

from landscape.core import jax_inside
from landscape.core.jax_inside import CALLBACKS, CHECKPOINT, CUSTOM, JIT, RULES, TOLD, eval_jaxpr, wrapped
from landscape.descent.tracing.known_derivatives import lasting


@jax.custom_jvp
def doubled(x):
    return 2 * x


doubled.defjvp(lambda primals, tangents: (2 * primals[0], 2 * tangents[0]))


@jax.custom_vjp
def tripled(x):
    return 3 * x


tripled.defvjp(lambda x: (3 * x, None), lambda _, g: (3 * g,))


def steps(function):
    """The operations that a function is traced to."""
    return jax.make_jaxpr(function)(1.0).jaxpr.eqns


ONE = jax.ShapeDtypeStruct((), jnp.float32)
LOOPS = {
    "scan": lambda x: lax.scan(lambda c, _: (c + 1, c), x, None, 3),
    "while": lambda x: lax.while_loop(lambda c: c < 3, lambda c: c + 1, x),
    "cond": lambda x: lax.cond(x > 0, lambda c: c + 1, lambda c: c - 1, x),
    CHECKPOINT: jax.checkpoint(lambda x: jnp.sin(x)),
}
CALLED = {
    "pure_callback": lambda x: jax.pure_callback(lambda y: y, ONE, x),
    "io_callback": lambda x: jax.experimental.io_callback(lambda y: y, ONE, x),
    "debug_callback": lambda x: (jax.debug.callback(lambda y: None, x), x)[1],
}


@pytest.mark.parametrize("name", TOLD)
def test_loops_branches_and_checkpoints_are_told_what_they_were(name: str) -> None:
    """Were they told more, their constants would stay inside and every new data set compile anew."""
    assert name in LOOPS
    (found,) = [step for step in steps(LOOPS[name]) if step.primitive.name == name]
    assert set(found.params) == TOLD[name]


@pytest.mark.parametrize("name", sorted(CALLBACKS))
def test_callbacks_have_their_names(name: str) -> None:
    """A callback is known by the function it calls, which it holds as `callback`."""
    (found,) = [step for step in steps(CALLED[name]) if step.primitive.name == name]
    assert "callback" in found.params


def test_functions_that_jit_themselves_have_their_name() -> None:
    """And say where their operands lie."""
    (step,) = steps(jax.jit(lambda x: x + 1))
    assert step.primitive.name in JIT
    assert {"jaxpr", "in_shardings", "out_shardings", "donated_invars", "name"} <= set(step.params)
    assert {repr(place) for place in step.params["in_shardings"]} == {"UnspecifiedValue"}


@pytest.mark.parametrize("function", [doubled, tripled])
def test_derivative_rules_are_held_under_their_names(function) -> None:
    """By these a person's rule is told from JAX's own."""
    (step,) = steps(function)
    assert step.primitive.name in CUSTOM
    assert any(step.params.get(name) is not None for name in RULES)
    assert lasting([step.params.get(name) for name in RULES]) is None


def test_a_rule_of_jax_itself_is_known_without_tracing_it() -> None:
    """Through JAX's own wrappings and its memory of what was traced."""
    (step,) = [step for step in steps(jax.nn.relu) if step.primitive.name in CUSTOM]
    rule = step.params["jvp_jaxpr_fun"]
    assert wrapped(rule) is not None
    assert lasting([step.params.get(name) for name in RULES]) is not None


def test_a_program_is_run_and_its_inputs_are_counted() -> None:
    """The two functions that are called by name."""
    program = jax.make_jaxpr(lambda x, y: (x + 1) * 2)(1.0, 1.0)
    assert [float(value) for value in eval_jaxpr(program.jaxpr, program.consts, 3.0, 0.0)] == [8.0]
    assert jax_inside.used_inputs(program.jaxpr) == [True, False]


def test_it_is_known_whether_jax_has_started() -> None:
    """Not by its import, but by the first array."""
    program = (
        "from landscape.core.jax_inside import started; import jax; print(started()); jax.numpy.zeros(1); "
        "print(started())"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "True"]
