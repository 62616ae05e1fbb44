"""Descents inside a traced computation are the library's runs: the same points, mapped, compiled, or fed."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from landscape.descent.double import in_double
from landscape.descent.follow import advance, follow, steps_until
from landscape.descent.rules.presets import presets
from landscape.descent.rules.registry import OPTIMIZERS, WRAPPERS
from landscape.descent.schedules.decays import Constant
from landscape.descent.schedules.registry import SCHEDULES
from landscape.problems.surfaces.registry import SURFACES
from tests.compiling import compilations

RULES = OPTIMIZERS | WRAPPERS
STEPS = 25
SURFACE = SURFACES["rosenbrock"]
PRESETS = presets(SURFACE)


def one(name):
    """The rule at the surface's preset; one that wraps another around gradient descent."""
    numbers = dict(PRESETS.get(name, PRESETS["sgd"]))
    if "rule" in RULES[name].__dataclass_fields__:
        return RULES[name](ls.SGD(numbers.pop("learning_rate")), **numbers)
    return RULES[name](**numbers)


def followed(rule, loss, start, steps=STEPS):
    return in_double(jax.jit(follow, static_argnames="steps"), rule, loss, np.asarray(start), steps=steps)


def ran(rule, loss, start, steps=STEPS):
    with jax.enable_x64(True):
        return ls.run(rule, loss, np.asarray(start, np.float64), steps)


def near(a, b):
    jax.tree.map(lambda x, y: np.testing.assert_allclose(x, y, rtol=1e-12, atol=1e-12), a, b)


@pytest.mark.slow
@pytest.mark.parametrize("name", RULES)
def test_every_rule_passes_the_points_of_run(name):
    points, state = followed(one(name), SURFACE, SURFACE.start)
    path = ran(one(name), SURFACE, SURFACE.start)
    assert path.last == STEPS
    assert np.abs(points[-1] - points[0]).max() > 0
    near((points, state), (path.params, path.state))


@pytest.mark.slow
@pytest.mark.parametrize("name", SCHEDULES)
def test_a_schedule_is_resolved_as_in_run(name):
    named = {"schedule": Constant(1e-3)} if name == "warmup" else {"value": 1e-3}
    rule, start = ls.SGD(SCHEDULES[name](**named)), SURFACE.start
    points, _ = followed(rule, SURFACE, start, 60)
    near(points, ran(rule, SURFACE, start, 60).params)
    end, _ = in_double(jax.jit(advance), rule, SURFACE, start, steps=60)
    near(end, points[-1])


def test_the_rule_that_is_recorded_has_its_schedules_resolved():
    rule = ls.SGD(SCHEDULES["polynomial"](value=0.1, final=0.0, steps=10, power=1.0))
    rates = follow(rule, SURFACE, SURFACE.start, 10, record=lambda params, state, now: now.learning_rate)
    np.testing.assert_allclose(rates, np.linspace(0.1, 0.0, 11), atol=1e-7)


@pytest.mark.parametrize("name", ["sgd", "momentum", "adam", "lbfgs"])
def test_mapped_runs_are_the_runs_one_by_one(name):
    starts = SURFACE.start + np.array([[0.0, 0.0], [0.1, -0.2], [-0.3, 0.1]])

    def many(rule, loss, starts):
        return jax.vmap(lambda start: follow(rule, loss, start, STEPS))(starts)

    points, state = in_double(jax.jit(many), one(name), SURFACE, starts)
    for k, start in enumerate(starts):
        near((points[k], jax.tree.map(lambda rows, k=k: rows[k], state)), followed(one(name), SURFACE, start))


def test_mapped_rates_are_a_sweep():
    rates = np.geomspace(1e-4, 1e-3, 5)
    each = jax.jit(jax.vmap(lambda rate: follow(ls.SGD(rate), SURFACE, SURFACE.start, STEPS)[0]))
    with jax.enable_x64(True):
        swept = ls.sweep(ls.SGD(rates), SURFACE, SURFACE.start, STEPS, record="all").path
    near(in_double(each, rates), swept)


def test_new_values_do_not_recompile():
    def vary():
        for k in range(3):
            followed(ls.Momentum(0.001 * (k + 1), 0.5 + 0.1 * k), SURFACE, SURFACE.start + 0.1 * k)

    vary()
    assert compilations(vary) == 0


def fit(w, example):
    x, y = example
    return 0.5 * jnp.mean((x @ w - y) ** 2)


@pytest.mark.parametrize("name", ["sgd", "nesterov", "adam"])
def test_each_step_is_given_its_own_minibatch(name):
    draw = np.random.default_rng(0)
    x, y = draw.normal(size=(STEPS, 8, 3)), draw.normal(size=(STEPS, 8))
    rule, start = OPTIMIZERS[name](learning_rate=0.1), np.ones(3)

    def by_hand(rule, w, x, y):
        state, points = rule.init(w), [w]
        for k in range(STEPS):
            w, state = rule.step(lambda w, k=k: fit(w, (x[k], y[k])), w, state, None)
            points.append(w)
        return jnp.stack(points)

    def both(rule, w, batches):
        return follow(rule, fit, w, STEPS, batches)[0], advance(rule, fit, w, STEPS, batches)[0]

    points, end = in_double(both, rule, start, (x, y))
    near(points, in_double(by_hand, rule, start, x, y))
    near(end, points[-1])


def test_inputs_of_another_length_are_refused():
    for function in (follow, advance):
        with pytest.raises(ValueError, match="one row for each of the 5 steps"):
            function(ls.SGD(0.1), lambda x, n: n * x, 1.0, 5, np.ones(4))


@pytest.mark.parametrize("name", RULES)
def test_the_end_is_the_last_of_the_points(name):
    points, states = followed(one(name), SURFACE, SURFACE.start)
    end, state = in_double(jax.jit(advance), one(name), SURFACE, SURFACE.start, steps=STEPS)
    near((end, state), jax.tree.map(lambda rows: rows[-1], (points, states)))


def test_two_halves_are_the_whole():
    go = partial(in_double, jax.jit(advance), one("adam"), SURFACE)
    params, state = go(SURFACE.start, steps=10)
    near(go(params, steps=STEPS - 10, state=state), go(SURFACE.start, steps=STEPS))


def test_steps_are_counted_until_a_run_arrives():
    rates = np.array([0.0, 0.01, 0.1, 0.19, 0.2, 0.25])

    def by_hand(rate):
        x = 1.0
        for k in range(101):
            if abs(x) < 1e-2:
                return k
            x -= rate * 10 * x
        return np.nan

    def count(rate):
        return steps_until(ls.SGD(rate), lambda x: 5 * x**2, 1.0, lambda x: jnp.abs(x) < 1e-2, 100)

    counted = in_double(jax.jit(jax.vmap(count)), rates)
    np.testing.assert_array_equal(counted, [by_hand(rate) for rate in rates])
    assert np.isnan(counted[[0, 4, 5]]).all()
    assert counted[2] == 1


@pytest.mark.parametrize(("limit", "found"), [(2, np.nan), (3, 3.0), (4, 3.0)])
def test_the_limit_itself_still_counts(limit, found):
    steps = steps_until(ls.SGD(0.5), lambda x: x**2 / 2, 1.0, lambda x: x < 0.2, limit)
    np.testing.assert_equal(float(steps), found)


def test_a_start_that_has_arrived_takes_no_step():
    assert steps_until(ls.SGD(0.5), lambda x: x**2, 1.0, lambda x: x > 0, 10) == 0


def test_a_run_out_of_range_ends_the_count():
    """Infinite at first, and not a number a step later: that step is not taken."""
    assert np.isnan(steps_until(ls.SGD(3.0), lambda x: 5 * x**2, 1.0, jnp.isnan, 1000))


def test_steps_follow_a_schedule():
    rule = ls.SGD(SCHEDULES["step"](value=0.5, factor=0.5, every=2))
    points, _ = follow(rule, lambda x: x**2 / 2, 1.0, 30)
    first = int(np.argmax(points < 0.1))
    assert (
        steps_until(rule, lambda x: x**2 / 2, 1.0, lambda x: x < 0.1, 30) == first > 4
    )  # 4 at a rate of 0.5
