"""The loop: what it records, when it freezes, that it compiles once, and what it refuses."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from landscape.core.types import Status
from landscape.descent.loop import compiled
from tests.compiling import compilations


def rosenbrock(p):
    return (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2


def quadratic(p):
    return 5.0 * jnp.sum(p**2)


START = np.array([-1.5, 2.0])


def test_the_record_is_gradient_descent_written_out():
    path = ls.run(ls.SGD(1e-3), rosenbrock, START, steps=40)
    x = START.astype(np.float64)
    for k in range(41):
        gradient = np.array([-2 * (1 - x[0]) - 400 * x[0] * (x[1] - x[0] ** 2), 200 * (x[1] - x[0] ** 2)])
        np.testing.assert_allclose(path.params[k], x, rtol=1e-4)
        np.testing.assert_allclose(path.gradient[k], gradient, rtol=1e-2, atol=1e-2)
        np.testing.assert_allclose(path.loss[k], rosenbrock(x), rtol=1e-3)
        np.testing.assert_allclose(path.grad_norm[k], np.linalg.norm(path.gradient[k]), rtol=1e-5)
        x = x - 1e-3 * gradient
    assert path.params.shape == (41, 2)
    assert path.update.shape == path.effective_step.shape == (40, 2)
    np.testing.assert_allclose(path.effective_step, 1e-3, rtol=1e-2)
    assert path.evaluations.tolist() == list(range(41))


def test_effective_step_is_nan_where_the_gradient_is_zero():
    path = ls.run(ls.SGD(0.1), lambda p: p[0] ** 2 + 0.0 * p[1], np.array([1.0, 1.0]), steps=3)
    assert np.isnan(path.effective_step[:, 1]).all()
    assert np.isfinite(path.effective_step[:, 0]).all()


@pytest.mark.parametrize("steps", [1, 2, 299, 300, 301, 1000, 1001])
def test_every_number_of_steps_has_its_own_length_and_the_same_beginning(steps):
    path = ls.run(ls.Momentum(1e-3, 0.9), rosenbrock, START, steps)
    assert path.params.shape == (steps + 1, 2)
    assert path.loss.shape == path.grad_norm.shape == path.evaluations.shape == (steps + 1,)
    whole = ls.run(ls.Momentum(1e-3, 0.9), rosenbrock, START, 1001)
    np.testing.assert_array_equal(path.params, whole.params[: steps + 1])


def test_a_diverging_run_stays_at_its_last_finite_point():
    path = ls.run(ls.SGD(1.0), rosenbrock, START, steps=50)
    assert path.status is Status.DIVERGED
    assert 0 < path.last < 50
    assert np.isfinite(path.params).all()
    assert (path.params[path.last :] == path.params[path.last]).all()
    assert path.evaluations[-1] == path.last


def test_a_start_without_a_finite_loss_never_moves():
    path = ls.run(ls.SGD(0.1), lambda p: jnp.log(p[0]) + p[1] ** 2, np.array([-1.0, 1.0]), steps=5)
    assert path.status is Status.DIVERGED
    assert path.last == 0
    np.testing.assert_array_equal(path.params, np.tile([-1.0, 1.0], (6, 1)))


def test_statuses_tell_converged_from_moving_and_from_running_away():
    assert ls.run(ls.SGD(0.1), quadratic, np.ones(2), 50).status is Status.CONVERGED
    assert ls.run(ls.SGD(1e-3), quadratic, np.ones(2), 50).status is Status.MOVING
    assert ls.run(ls.SGD(0.25), quadratic, np.ones(2), 60).status is Status.DIVERGED


def test_a_diverging_run_in_a_sweep_leaves_the_others_whole():
    rates = np.array([0.05, 0.1, 5.0])
    many = ls.sweep(ls.SGD(rates), quadratic, np.ones(2), 400, record="all")
    assert many.status.tolist() == [Status.CONVERGED, Status.CONVERGED, Status.DIVERGED]
    assert np.isfinite(many.params).all()
    for k, rate in enumerate(rates):
        one = ls.run(ls.SGD(rate), quadratic, np.ones(2), 400)
        np.testing.assert_allclose(many.path[k], one.params, rtol=1e-6)
        np.testing.assert_allclose(many.loss[k], one.loss, rtol=1e-5)
        assert many.last[k] == one.last
        assert many.spent[k] == one.spent


def test_batched_fields_broadcast_and_starts_lead():
    many = ls.sweep(
        ls.Momentum(np.geomspace(1e-4, 1e-3, 4)[:, None], np.array([0.0, 0.5, 0.9])), rosenbrock, START, 30
    )
    assert many.final_loss.shape == (4, 3)
    assert many.loss.shape == many.evaluations.shape == (4, 3, 31)
    assert many.params.shape == (4, 3, 2)
    starts = np.random.default_rng(0).normal(size=(5, 3, 2))
    spread = ls.sweep(ls.SGD(1e-3), rosenbrock, START, 30, starts=starts, record="final")
    assert spread.final_loss.shape == (5, 3)
    assert spread.loss is None
    one = ls.run(ls.SGD(1e-3), rosenbrock, starts[2, 1], 30)
    np.testing.assert_allclose(spread.final_loss[2, 1], one.loss[-1], rtol=1e-5)


@pytest.mark.slow
def test_nothing_recompiles_on_new_values():
    def tries():
        for k in range(5):
            ls.run(
                ls.Momentum(1e-3 * (k + 1), 0.1 * k),
                rosenbrock,
                START + k,
                100 + k,
                noise=0.1 * k,
                key=jax.random.key(k),
            )
            ls.run(ls.Momentum(1 if k else 0.5, np.float32(0.5)), rosenbrock, [1.0, 2.0 + k], 100)
            ls.sweep(ls.SGD(np.geomspace(1e-4, 1e-3, 7) * (k + 1)), rosenbrock, START, 100 + k)

    tries()
    assert compilations(tries) == 0


def test_new_data_in_a_closure_reuse_the_program():
    def least_squares(scale):
        x = np.arange(6.0).reshape(3, 2) * scale
        return lambda p: jnp.mean((jnp.asarray(x) @ p - 1.0) ** 2)

    ls.run(ls.SGD(1e-3), least_squares(1.0), np.zeros(2), 10)
    made = compiled.cache_info().misses
    losses = {
        ls.run(ls.SGD(1e-3), least_squares(s), np.zeros(2), 10).loss[-1].item() for s in (0.5, 2.0, 3.0)
    }
    assert len(losses) == 3
    assert compiled.cache_info().misses == made


def test_noise_is_a_random_tilt_that_the_record_does_not_show():
    flat = lambda p: 0.0 * jnp.sum(p)  # noqa: E731
    walk = ls.run(ls.SGD(1.0), flat, np.zeros(2), 5000, noise=0.5, key=jax.random.key(3))
    np.testing.assert_allclose(walk.update.std(axis=0), 0.5, rtol=0.05)
    np.testing.assert_allclose(walk.update.mean(axis=0), 0.0, atol=0.03)
    assert (walk.gradient == 0).all()
    again = ls.run(ls.SGD(1.0), flat, np.zeros(2), 5000, noise=0.5, key=jax.random.key(3))
    np.testing.assert_array_equal(walk.params, again.params)
    other = ls.run(ls.SGD(1.0), flat, np.zeros(2), 5000, noise=0.5, key=jax.random.key(4))
    assert (walk.params[1:] != other.params[1:]).any()


@pytest.mark.slow
def test_any_pytree_of_parameters_runs_and_many_are_thinned():
    params = {"w": np.ones((300, 200)), "b": [np.zeros(3), np.float64(2.0)]}
    loss = lambda p: jnp.sum(p["w"] ** 2) + jnp.sum((p["b"][0] - 1) ** 2) + p["b"][1] ** 2  # noqa: E731
    path = ls.run(ls.SGD(0.25), loss, params, 700)
    rows = path.params["w"].shape[0]
    assert rows < 701
    assert path.params["w"].nbytes <= 64 * 2**20
    assert path.steps_recorded[0] == 0
    assert path.steps_recorded[-1] == 700
    np.testing.assert_allclose(path.params["b"][1], 2 * 0.5 ** path.steps_recorded.astype(float), atol=1e-6)
    assert path.loss.shape == (701,)


def test_float64_is_honoured_when_enabled():
    with jax.enable_x64(True):
        path = ls.run(ls.SGD(0.1), quadratic, np.array([1.0, 2.0]), 10)
        assert path.params.dtype == path.loss.dtype == np.float64
    assert ls.run(ls.SGD(0.1), quadratic, np.array([1.0, 2.0]), 10).params.dtype == np.float32


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: ls.run("adam", quadratic, START, 5), TypeError, "optimizer"),
        (lambda: ls.run(ls.SGD(0.1), 3.0, START, 5), TypeError, "callable"),
        (lambda: ls.run(ls.SGD(0.1), lambda p: p, START, 5), TypeError, "scalar"),
        (lambda: ls.run(ls.SGD(0.1), quadratic, START, 0), ValueError, "at least 1; given 0"),
        (lambda: ls.run(ls.SGD(0.1), quadratic, START, 2.5), ValueError, "given 2.5"),
        (lambda: ls.run(ls.SGD(float("nan")), quadratic, START, 5), ValueError, "SGD must be finite"),
        (
            lambda: ls.run(ls.SGD(0.1), quadratic, np.array([np.inf, 0]), 5),
            ValueError,
            "params must be finite",
        ),
        (lambda: ls.run(ls.SGD(0.1), quadratic, {}, 5), ValueError, "no array"),
        (lambda: ls.run(ls.SGD(0.1), quadratic, START, 5, noise=-1.0), ValueError, "noise"),
        (lambda: ls.sweep(ls.SGD(0.1), quadratic, START, 5), ValueError, "array"),
    ],
)
def test_what_is_wrong_is_said_at_the_door(call, error, words, unchecked):
    with pytest.raises(error, match=words):
        call()


@pytest.mark.slow
def test_tuning_finds_the_best_rate_of_a_quadratic_on_the_same_budget():
    best = ls.tune(ls.SGD, lambda p: 0.5 * (p[0] ** 2 + 19 * p[1] ** 2), np.ones(2), evaluations=60)
    np.testing.assert_allclose(best.learning_rate, 2 / 20, rtol=0.05)
    assert best.steps == 60
    assert best.loss == best.losses.min()
    assert np.isinf(best.losses[best.rates > 2.5 * 2 / 19]).all()
