"""Rules around rules: what the inner one sees. That an idle wrapper changes nothing: `test_wrapped_pairs`."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls

pytestmark = pytest.mark.slow

START = np.array([1.0, 1.5])
BEALE = ls.SURFACES["beale"]
INNER = [
    ls.SGD(1e-3),
    ls.Momentum(1e-3, 0.8),
    ls.Nesterov(1e-3, 0.8),
    ls.Adam(0.05),
    ls.Lion(0.01),
    ls.LBFGS(),
]


@pytest.fixture(autouse=True)
def _double_precision():
    with jax.enable_x64(True):
        yield


def path(rule, loss=BEALE, start=START, steps=40):
    return ls.run(rule, loss, start, steps).params


@pytest.mark.parametrize("inner", INNER[:3], ids=lambda r: type(r).__name__)
def test_clipping_bounds_what_the_rule_sees(inner):
    """On a slope of length 5 the clipped gradient has length 2, along it or coordinate-wise."""
    slope = lambda p: 3 * p[0] - 4 * p[1]  # noqa: E731
    for rule, seen in ((ls.ClipNorm(inner, 2.0), [1.2, -1.6]), (ls.ClipValue(inner, 2.0), [2.0, -2.0])):
        first = path(rule, slope, np.zeros(2), 1)[1]
        np.testing.assert_allclose(first, -1e-3 * np.array(seen), rtol=1e-12)


def test_clipping_tames_the_cliff():
    cliff = lambda p: jnp.sum(jnp.exp(20 * p))  # noqa: E731
    free, clipped = ls.SGD(0.1), ls.ClipNorm(ls.SGD(0.1), 1.0)
    assert ls.run(free, cliff, np.ones(1), 3).update[0, 0] < -1e8
    assert path(clipped, cliff, np.ones(1), 20).min() >= -1.0 - 1e-9


def test_clipping_passes_a_zero_gradient():
    flat = lambda p: 0.0 * jnp.sum(p)  # noqa: E731
    for rule in (ls.ClipNorm(ls.SGD(1.0)), ls.ClipValue(ls.SGD(1.0)), ls.SAM(ls.SGD(1.0))):
        np.testing.assert_array_equal(path(rule, flat, START, 3), np.tile(START, (4, 1)))


@pytest.mark.parametrize("inner", INNER, ids=lambda r: type(r).__name__)
def test_coupled_decay_is_a_penalty_on_the_loss(inner):
    penalized = lambda p: BEALE(p) + 0.15 * jnp.sum(p**2)  # noqa: E731
    np.testing.assert_allclose(path(ls.WeightDecay(inner, 0.3)), path(inner, penalized), rtol=1e-8)


def test_decoupled_decay_around_adam_is_adamw():
    np.testing.assert_allclose(
        path(ls.WeightDecay(ls.Adam(0.05), 0.3, decoupled=True)),
        path(ls.AdamW(0.05, weight_decay=0.3)),
        rtol=1e-12,
    )


def test_for_gradient_descent_both_decays_are_one_and_for_adam_they_differ():
    for rule, same in ((ls.SGD(1e-3), True), (ls.Adam(0.05), False)):
        coupled, decoupled = path(ls.WeightDecay(rule, 0.3)), path(ls.WeightDecay(rule, 0.3, True))
        assert np.allclose(coupled, decoupled, rtol=1e-12) == same


def test_decoupled_decay_finds_the_rate_through_wrappers():
    deep = ls.WeightDecay(ls.ClipNorm(ls.SAM(ls.SGD(0.1)), 1.0), 0.5, decoupled=True)
    flat = lambda p: 0.0 * jnp.sum(p)  # noqa: E731
    np.testing.assert_allclose(path(deep, flat, np.ones(1), 2).ravel(), [1, 0.95, 0.9025])


def test_sam_sees_the_gradient_uphill():
    grad = jax.grad(BEALE)
    worst = START + 0.05 * np.asarray(grad(START)) / np.linalg.norm(grad(START))
    expected = START - 1e-3 * np.asarray(grad(worst))
    np.testing.assert_allclose(path(ls.SAM(ls.SGD(1e-3), 0.05), steps=1)[1], expected, rtol=1e-12)


def test_wrapped_rules_see_the_noise():
    flat = lambda p: 0.0 * jnp.sum(p)  # noqa: E731
    for rule in (ls.ClipNorm(ls.SGD(1.0), 0.1), ls.SAM(ls.SGD(1.0))):
        walk = ls.run(rule, flat, np.zeros(2), 20, noise=1.0, key=jax.random.key(0))
        assert (np.abs(walk.update) > 0).all()
    clipped = ls.run(ls.ClipNorm(ls.SGD(1.0), 0.1), flat, np.zeros(2), 20, noise=1.0, key=jax.random.key(0))
    assert np.linalg.norm(clipped.update, axis=1).max() <= 0.1 + 1e-12
