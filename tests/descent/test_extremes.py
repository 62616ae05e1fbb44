"""Numbers near the ends of single precision: squares that would leave it, differences that would cancel."""

from fractions import Fraction

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from landscape.core import tree
from landscape.descent.rules.adam import gathered
from landscape.descent.rules.adam_variants import effective_samples
from landscape.descent.trajectory import norm

SIZES = [2e-38, 1e-30, 1e-20, 1e-19, 1.0, 1.9e19, 1e25, 1e38]
STEPS = [1, 2, 3, 6, 7, 30, 1_000, 30_000, 1_000_000]
DECAYS = [0.9, 0.99, 0.999, 0.9999, 0.99999]


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_norms_of_any_size(size):
    given = {"a": jnp.float32([0.6, 0.0]) * size, "b": jnp.float32(0.8) * size}
    np.testing.assert_allclose(tree.norm(given), np.float32(size), rtol=1e-6)
    np.testing.assert_allclose(jax.jit(tree.norm)(given), np.float32(size), rtol=1e-6)
    np.testing.assert_allclose(jax.vmap(tree.norm)(jnp.float32([[size], [1.0]])), np.float32([size, 1.0]))
    if size > 1e-37:
        np.testing.assert_allclose(jax.grad(tree.norm)(given)["a"], [0.6, 0], rtol=1e-5)
    np.testing.assert_allclose(tree.unit(given)["b"], 0.8, rtol=1e-6)
    double = {"a": np.array([[0.6, 0.8]]) * size**7.5 if size > 1 else np.array([[0.6, 0.8]]) * size}
    np.testing.assert_allclose(norm(double, 1), [np.hypot(*double["a"][0])], rtol=1e-12)


def test_norms_that_are_none():
    assert tree.norm(jnp.zeros(3)) == 0
    assert jax.grad(tree.norm)(jnp.zeros(3)).tolist() == [0, 0, 0]
    assert tree.norm([jnp.zeros((0, 2)), jnp.ones(1)]) == 1
    assert tree.unit(jnp.zeros(2)).tolist() == [0, 0]
    np.testing.assert_allclose(tree.unit(jnp.float32([3e38, 3e38])), np.sqrt([0.5, 0.5]), rtol=1e-6)
    assert tree.norm(jnp.array([1.0, -jnp.inf])) == jnp.inf
    assert np.isnan(tree.norm(jnp.array([1.0, jnp.nan])))
    assert norm({"a": np.array([[np.inf, 1], [0, 0]])}, 1).tolist() == [np.inf, 0]


def test_a_clipped_step_from_a_steep_place():
    """The gradient is 2e20 long; clipped to one, the step is as long as the rate."""
    steep = ls.formula("x^20 + y^2", ((-12, 12), (-2, 2)), (10, 1))
    path = ls.run(ls.ClipNorm(ls.SGD(0.1), 1.0), steep, np.array([10.0, 1.0]), steps=200)
    np.testing.assert_allclose(path.update[0], [-0.1, 0], atol=1e-6)
    np.testing.assert_allclose(path.grad_norm[0], 2e20, rtol=1e-5)
    assert path.loss[-1] < 1


IN_UNITS = {
    "sam": lambda unit: ls.SAM(ls.SGD(0.1 / unit), rho=0.01),
    "clip_norm": lambda unit: ls.ClipNorm(ls.SGD(0.1 / unit), max_norm=0.5 * unit),
    "backtracking": lambda unit: ls.Backtracking(1.0 / unit),
    "lbfgs": lambda unit: ls.LBFGS(),
    "newton": lambda unit: ls.Newton(0.5),
}
SIZES = [1e-24, 1e-15, 1.0, 1e15, 1e24]


@pytest.mark.slow
# The first step of LBFGS is at most as long as the gradient: by a tiny one nothing moves in single precision.
@pytest.mark.parametrize(
    ("name", "size"), [(name, size) for name in IN_UNITS for size in SIZES if name != "lbfgs" or size >= 1]
)
def test_the_unit_of_the_loss_is_no_matter(name, size):
    """A loss in another unit, with what is measured in it: the same path down to its minimum."""
    bowl = lambda p: size * (0.5 * p[0] ** 2 + 2.0 * p[1] ** 2)  # noqa: E731
    path = ls.run(IN_UNITS[name](size), bowl, np.array([1.0, 1.0]), steps=60)
    falls = path.loss / path.loss[0]
    assert falls[-1] < 1e-3, falls


@pytest.mark.parametrize("b2", DECAYS)
def test_the_samples_that_an_average_stands_for(b2):
    """Against exact fractions of the very number that single precision holds."""
    exact = Fraction(float(np.float32(b2)))
    limit, _ = effective_samples(jnp.float32(b2), jnp.int32(1))
    np.testing.assert_allclose(limit, float(2 / (1 - exact) - 1), rtol=3e-7)
    for step in STEPS:
        left = np.longdouble(float(exact)) ** step
        wanted = 2 / (1 - np.longdouble(float(exact))) - 1 - 2 * step * left / (1 - left)
        _, found = effective_samples(jnp.float32(b2), jnp.int32(step))
        np.testing.assert_allclose(found, float(wanted), rtol=2e-6)
        np.testing.assert_allclose(gathered(jnp.float32(b2), jnp.int32(step)), float(1 - left), rtol=1e-6)
    assert gathered(0.0, jnp.int32(1)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", [ls.RAdam, ls.Adam, ls.NAdam, ls.AMSGrad, ls.AdaMax])
def test_single_precision_follows_double(kind):
    """The first steps of a rule with a long memory, corrected by differences of almost equal numbers."""
    rule = kind(0.01, b2=float(np.float32(0.9999)))
    loss = lambda p: (p * jnp.asarray([1.0, -3.0], p.dtype)).sum()  # noqa: E731
    single = ls.run(rule, loss, np.zeros(2, np.float32), steps=50).update
    with jax.enable_x64(True):
        double = ls.run(rule, loss, np.zeros(2), steps=50).update
    np.testing.assert_allclose(single, double, rtol=2e-4)


@pytest.mark.slow
@pytest.mark.parametrize("name", ls.SCHEDULES)
@pytest.mark.parametrize("step", [29, 99_999, 1_000_003])
def test_schedules_late(name, step):
    """A million steps on, single precision has still the digits of double."""
    schedule = ls.SCHEDULES[name]()
    fields = (
        {"steps": 30.0} if name == "triangular" else {"period": 30.0} if name == "cosine_restarts" else {}
    )
    schedule = type(schedule)(**fields)
    found = schedule(jnp.int32(step), schedule.init())
    with jax.enable_x64(True):
        wanted = schedule(jnp.int64(step), schedule.init())
    np.testing.assert_allclose(found, wanted, rtol=1e-4, atol=1e-9)
