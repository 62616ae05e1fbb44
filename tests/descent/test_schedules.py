"""Every schedule against Optax or its written equation, alone and inside the loop."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

import landscape as ls
from landscape.descent.rules.registry import OPTIMIZERS
from landscape.descent.schedules.registry import SCHEDULES

pytestmark = pytest.mark.slow

SGD, Momentum, SAM = OPTIMIZERS["sgd"], OPTIMIZERS["momentum"], OPTIMIZERS["sam"]
STEPS = np.arange(400)


@pytest.fixture(autouse=True)
def _double_precision():
    with jax.enable_x64(True):
        yield


def values(name, *args, **fields):
    return np.asarray(jax.vmap(SCHEDULES[name](*args, **fields))(jnp.asarray(STEPS)))


def linear(*points):
    """The straight lines through (step, value) points."""
    return np.interp(STEPS, *zip(*points, strict=True))


def restarts(step, period=40, growth=2.0):
    while step >= period:
        step, period = step - period, period * growth
    return 0.3 * (0.1 + 0.9 * (1 + np.cos(np.pi * step / period)) / 2)


@pytest.mark.parametrize(
    ("ours", "written"),
    [
        (("constant", 0.3), np.full(400, 0.3)),
        (("step", 0.3, 0.5, 30), optax.exponential_decay(0.3, 30, 0.5, staircase=True)),
        (("exponential", 0.3, 0.5, 30), optax.exponential_decay(0.3, 30, 0.5)),
        (("inverse_time", 0.3, 30), 0.3 / (1 + STEPS / 30)),
        (("polynomial", 0.3, 0.1, 2.0, 200), optax.polynomial_schedule(0.3, 0.03, 2, 200)),
        (("cosine", 0.3, 0.1, 200), optax.cosine_decay_schedule(0.3, 200, 0.1)),
        (("cosine_restarts", 0.3, 0.1, 40, 2.0), np.array([restarts(t) for t in STEPS])),
        (("cosine_restarts", 0.3, 0.1, 40, 1.0), np.array([restarts(t, growth=1) for t in STEPS])),
        (("one_cycle", 0.3, 0.3, 25.0, 1e4, 200), optax.cosine_onecycle_schedule(200, 0.3)),
        (("triangular", 0.4, 0.25, 50), linear(*((50 * k, 0.4 if k % 2 else 0.1) for k in range(9)))),
    ],
    ids=lambda case: case[0] if isinstance(case, tuple) else "",
)
def test_values_are_the_written_ones(ours, written):
    expected = jax.vmap(written)(jnp.asarray(STEPS)) if callable(written) else written
    np.testing.assert_allclose(values(*ours), expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("growth", [1.0, 1.3, 2.0, 3.0])
def test_restarts_fall_on_the_right_steps_in_single_precision(growth):
    with jax.enable_x64(False):
        schedule = jax.tree.map(jnp.float32, SCHEDULES["cosine_restarts"](1.0, 0.0, 50, growth))
        rate = np.asarray(jax.vmap(schedule)(jnp.arange(20_000)))
    ends = np.cumsum(50 * growth ** np.arange(200 if growth > 1 else 399))
    expected = np.ceil(ends[ends < 20_000] - 1e-6).astype(int)
    np.testing.assert_array_equal(np.flatnonzero(np.diff(rate) > 0.5) + 1, expected)


def test_warm_up_rises_in_a_line_and_leads_into_the_other():
    after = SCHEDULES["cosine"](0.3, steps=100)
    rate = values("warmup", after, 20)
    np.testing.assert_allclose(rate[:20], 0.3 * np.arange(1, 21) / 20)
    np.testing.assert_allclose(rate[20:], jax.vmap(after)(jnp.arange(380)))


def test_plateau_halves_the_rate_after_patience_steps_without_a_lower_loss():
    """Followed by hand through the loop, on a loss that gradient descent cannot lower at this rate."""
    schedule = SCHEDULES["plateau"](0.25, 0.5, 3, 1e-4)
    bowl = lambda p: 4 * jnp.sum(p**2)  # noqa: E731  at rate 0.25 the point jumps between 1 and -1
    path = ls.run(SGD(schedule), bowl, np.array([1.0]), 5)
    np.testing.assert_array_equal(path.params.ravel(), [1, -1, 1, -1, 0, 0])


def test_plateau_follows_optax_on_a_positive_loss():
    losses = np.abs(np.random.default_rng(0).normal(size=200)).cumsum()[::-1].round(0) + 1
    schedule = SCHEDULES["plateau"](1.0, 0.7, 2, 1e-2)
    theirs = optax.contrib.reduce_on_plateau(factor=0.7, patience=2, rtol=1e-2)
    state, watched = theirs.init(jnp.zeros(1)), schedule.init()
    for step, loss in enumerate(losses):
        _, state = theirs.update(jnp.ones(1), state, value=loss)
        watched = schedule.update(watched, jnp.asarray(loss))
        np.testing.assert_allclose(schedule(step, watched), state.scale)


def test_plateau_knows_improvement_below_zero():
    schedule = SCHEDULES["plateau"](1.0, 0.5, 2, 0.1)
    state = schedule.init()
    for loss in (-1.0, -1.05, -1.09):
        state = schedule.update(state, jnp.asarray(loss))
    assert float(schedule(3, state)) == 0.5
    assert float(state["best"]) == -1.0


@pytest.mark.parametrize("name", SCHEDULES)
def test_the_loop_uses_the_scheduled_rate_at_every_step(name):
    """On a loss of slope 1 each step of gradient descent is the rate itself."""
    schedule = SCHEDULES[name]()
    path = ls.run(SGD(schedule), lambda p: jnp.sum(p), np.zeros(1), 60)
    state, rates = schedule.init(), []
    for step in range(60):
        state = schedule.update(state, jnp.asarray(path.loss[step]))
        rates.append(float(schedule(step, state)))
    np.testing.assert_allclose(-path.update.ravel(), rates, rtol=1e-9)


def test_any_field_takes_a_schedule_also_inside_a_wrapper():
    decay = SCHEDULES["exponential"](0.1, 0.5, 10)
    rising = SCHEDULES["triangular"](0.9, 0.0, 20)
    path = ls.run(SAM(Momentum(decay, rising), decay), lambda p: jnp.sum(p**2), np.array([1.0]), 30)
    x, v = 1.0, 0.0
    for t in range(30):
        rate, rho = 0.1 * 0.5 ** (t / 10), 0.9 * (1 - abs(t / 20 % 2 - 1))
        v = rho * v + 2 * (x + rate * np.sign(x))
        x = x - rate * v
        np.testing.assert_allclose(path.params[t + 1], x, rtol=1e-9, atol=1e-12)


def test_a_sweep_varies_the_numbers_of_a_schedule():
    rates = np.array([0.05, 0.1, 0.2])
    loss = lambda p: jnp.sum(p**2)  # noqa: E731
    for name in ("cosine", "plateau", "cosine_restarts"):
        many = ls.sweep(SGD(SCHEDULES[name](rates)), loss, np.ones(1), 40)
        alone = [ls.run(SGD(SCHEDULES[name](rate)), loss, np.ones(1), 40).loss[-1] for rate in rates]
        np.testing.assert_allclose(many.final_loss, alone, rtol=1e-9)


def test_the_registry_names_every_schedule_with_a_range_for_every_number():
    names = "constant step exponential inverse_time polynomial cosine cosine_restarts warmup one_cycle"
    assert list(SCHEDULES) == [*names.split(), "triangular", "plateau"]
    for name, schedule in SCHEDULES.items():
        numbers = [f for f in dataclasses.fields(schedule) if f.name != "schedule"]
        assert name == "warmup" or numbers[0].name == "value"
        for field in numbers:
            assert field.metadata["low"] <= field.default <= field.metadata["high"]
            assert field.metadata["low"] > 0 or not field.metadata["log"]
