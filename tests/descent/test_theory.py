"""What theory promises on quadratics, held against runs in double precision."""

import jax
import numpy as np
import pytest

import landscape as ls
from landscape.core.types import Status
from landscape.descent.rules.presets import presets
from landscape.descent.theory import (
    best,
    convergence_rate,
    hessian_eigenvalues_at,
    measured_rate,
    predicted_rate,
    stability_boundary,
)

pytestmark = pytest.mark.slow

CURVATURES = np.array([1.0, 100.0])
ORIGIN = np.zeros(2)
STEPS = 5000


def ravine(p):
    return 0.5 * (p[0] ** 2 + 100 * p[1] ** 2)


def run(rule, loss=ravine, start=(1.0, 1.0), steps=STEPS):
    with jax.enable_x64(True):
        return ls.run(rule, loss, np.asarray(start, dtype=np.float64), steps)


@pytest.mark.parametrize("kind", [ls.SGD, ls.Momentum, ls.Nesterov])
@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_the_boundary_parts_converging_from_diverging_runs(kind, momentum):
    make = lambda rate: kind(rate) if kind is ls.SGD else kind(rate, momentum)  # noqa: E731
    boundary = stability_boundary(make(1.0), CURVATURES)
    below, above = run(make(0.998 * boundary)), run(make(1.002 * boundary))
    assert np.linalg.norm(below.params[-1]) < 1e-2
    assert np.linalg.norm(above.params[-1]) > 1e2
    assert (
        convergence_rate(make(0.999 * boundary), CURVATURES)
        < 1
        < convergence_rate(make(1.001 * boundary), CURVATURES)
    )


def test_the_boundaries_are_those_of_the_literature():
    assert stability_boundary(ls.SGD(1.0), CURVATURES) == 2 / 100
    assert stability_boundary(ls.Momentum(1.0, 0.9), CURVATURES) == pytest.approx((2 + 2 * 0.9) / 100)
    assert stability_boundary(ls.Nesterov(1.0, 0.9), CURVATURES) == pytest.approx(3.8 / 2.8 / 100)
    assert stability_boundary(ls.SGD(1.0), [-1.0, 2.0]) == 0
    assert stability_boundary(ls.SGD(1.0), [0.0, 0.0]) == np.inf


def test_the_best_settings_are_those_of_the_literature():
    assert best(ls.SGD, CURVATURES).learning_rate == pytest.approx(2 / 101)
    ball = best(ls.Momentum, CURVATURES)
    assert ball.learning_rate == pytest.approx(0.033058, abs=1e-6)
    assert ball.momentum == pytest.approx(0.669421, abs=1e-6)
    assert convergence_rate(best(ls.SGD, CURVATURES), CURVATURES) == pytest.approx(99 / 101)
    assert convergence_rate(ball, CURVATURES) == pytest.approx(9 / 11, abs=1e-6)
    assert convergence_rate(best(ls.Nesterov, CURVATURES), CURVATURES) == pytest.approx(1 - 2 / np.sqrt(301))


@pytest.mark.parametrize("kind", [ls.SGD, ls.Momentum, ls.Nesterov])
@pytest.mark.parametrize("curvatures", [[1.0, 100.0], [0.3, 2.0, 7.0], [2.0, 2.0]])
def test_no_other_settings_on_a_fine_grid_are_better(kind, curvatures):
    optimum = convergence_rate(best(kind, curvatures), curvatures)
    for rate in np.linspace(0.01, 4, 200) / max(curvatures):
        for momentum in np.linspace(0, 0.99, 100) if kind is not ls.SGD else [None]:
            rule = kind(rate) if momentum is None else kind(rate, momentum)
            assert convergence_rate(rule, curvatures) >= optimum - 1e-7


@pytest.mark.parametrize(
    ("rule", "rate"),
    [
        (best(ls.SGD, CURVATURES), 99 / 101),
        (best(ls.Momentum, CURVATURES), 9 / 11),
        (best(ls.Nesterov, CURVATURES), 1 - 2 / np.sqrt(301)),
        (ls.Nesterov(1 / 100, 9 / 11), 1 - 1 / 10),
        (ls.SGD(0.015), 0.985),
        (ls.Momentum(0.01, 0.9), np.sqrt(0.9)),
        (ls.Momentum(0.02, 0.3), None),
        (ls.Nesterov(0.005, 0.7), None),
    ],
)
def test_the_measured_rate_is_the_promised_one_within_two_percent(rule, rate):
    promised = convergence_rate(rule, CURVATURES)
    if rate is not None:
        assert promised == pytest.approx(rate, abs=1e-6)
    measured = measured_rate(run(rule), ORIGIN)
    assert measured == pytest.approx(promised, rel=0.02)
    assert (1 - measured) == pytest.approx(1 - promised, rel=0.1)


def test_critical_momentum_makes_the_root_double():
    """Below it the roots are real and more momentum helps; above, the modulus is sqrt(rho)."""
    rate, curvature = 0.04, 1.0
    critical = (1 - np.sqrt(rate * curvature)) ** 2
    rates = [convergence_rate(ls.Momentum(rate, critical * c), [curvature]) for c in (0.98, 1.0, 1.02)]
    assert rates[1] == pytest.approx(np.sqrt(critical), abs=1e-6)
    assert rates[0] > rates[1] < rates[2] == pytest.approx(np.sqrt(1.02 * critical))


@pytest.mark.parametrize("steps", [300, 1000])
@pytest.mark.parametrize("rule", [ls.SGD(0.05), ls.Momentum(0.01, 0.9), ls.Nesterov(0.01, 0.9)])
@pytest.mark.parametrize("curvature", [1.0, 4.0, 10.0])
def test_single_precision_and_short_runs_suffice(rule, curvature, steps):
    bowl = ls.SURFACES["bowl"]
    loss = lambda p: curvature * ((p - 0.5) ** 2).sum() / 2  # noqa: E731
    path = ls.run(rule, loss, bowl.start, steps)
    promised = convergence_rate(rule, [curvature])
    assert measured_rate(path, np.full(2, 0.5)) == pytest.approx(promised, rel=0.02)


@pytest.mark.parametrize(
    "name", ["beale", "himmelblau", "three_hump_camel", "goldstein_price", "double_well"]
)
@pytest.mark.parametrize("kind", ["sgd", "momentum", "nesterov"])
def test_near_the_minimum_of_any_surface_the_hessian_tells_the_rate(kind, name):
    surface = ls.SURFACES[name]
    rule = ls.OPTIMIZERS[kind](**presets(surface)[kind])
    path = run(rule, surface, surface.start)
    reached = min(surface.minima, key=lambda m: np.linalg.norm(m - path.params[-1]))
    assert np.linalg.norm(reached - path.params[-1]) < 1e-3
    assert measured_rate(path, reached) == pytest.approx(predicted_rate(rule, surface, reached), rel=0.02)


def test_eigenvalues_descend_and_are_those_of_the_hessian():
    beale = ls.SURFACES["beale"]
    x = np.array([1.3, 0.7])
    with jax.enable_x64(True):
        hessian = jax.hessian(beale)(jax.numpy.asarray(x))
    ours = hessian_eigenvalues_at(beale, x)
    np.testing.assert_allclose(ours, np.linalg.eigvalsh(hessian)[::-1], rtol=1e-12)
    assert ours[0] > ours[1]
    assert np.isnan(hessian_eigenvalues_at(lambda p: jax.numpy.sqrt(p).sum(), np.zeros(2))).all()


def test_rules_without_a_theory_say_none():
    others = [kind() for name, kind in ls.OPTIMIZERS.items() if name not in ("sgd", "momentum", "nesterov")]
    others += [ls.ClipNorm(ls.SGD(0.01)), ls.WeightDecay(ls.SGD(0.01)), ls.SGD(ls.Cosine(0.01))]
    for rule in others:
        assert convergence_rate(rule, CURVATURES) is None
        assert stability_boundary(rule, CURVATURES) is None
        assert predicted_rate(rule, ravine, ORIGIN) is None
    assert best(ls.Adam, CURVATURES) is None
    assert best(ls.SGD, [0.0, 1.0]) is None
    assert predicted_rate(ls.SGD(0.1), lambda p: p[0] ** 2 - p[1] ** 2, ORIGIN) is None


def test_a_run_that_does_not_converge_there_has_no_rate():
    assert measured_rate(run(ls.SGD(0.021)), ORIGIN) is None  # diverges
    assert measured_rate(run(ls.SGD(1e-6)), ORIGIN) is None  # has hardly moved
    assert measured_rate(run(ls.SGD(0.01)), np.array([3.0, 3.0])) is None  # went elsewhere
    assert measured_rate(run(ls.Newton(), steps=300), ORIGIN) is None  # arrived in one step
    assert measured_rate(run(ls.SGD(0.01), start=(0.0, 0.0)), ORIGIN) is None  # began there


# --- the lecture notes' statements about momentum and the learning rate -------------------------------------


def scalar(rule, steps, curvature=10.0, start=1.0):
    """The path of one weight on the bowl curvature x^2 / 2."""
    return run(rule, lambda x: curvature / 2 * (x**2).sum(), [start], steps).params.ravel()


def steps_until(reached):
    """The first step at which a condition holds."""
    assert reached.any()
    return int(np.argmax(reached))


@pytest.mark.row("S1-09")
def test_the_learning_rate_has_a_sharp_limit():
    assert abs(scalar(ls.SGD(0.199), 1500)[-1]) < 1e-6
    with np.errstate(over="ignore"):
        assert np.max(np.abs(scalar(ls.SGD(0.201), 1500))) > 1e6


@pytest.mark.row("S1-10")
def test_beyond_it_the_gradient_explodes_at_a_steady_factor():
    path = run(ls.SGD(0.21), lambda x: 5 * (x**2).sum(), [1.0], 300)
    np.testing.assert_allclose(path.grad_norm[1:] / path.grad_norm[:-1], 1.1, atol=1e-3)


@pytest.mark.row("S2-28")
def test_momentum_widens_the_limit():
    assert stability_boundary(ls.Momentum(0.1, 0.9), [10.0]) == pytest.approx(0.38)
    assert run(ls.Momentum(0.379, 0.9), lambda x: 5 * (x**2).sum(), [1.0], 20_000).status is Status.CONVERGED
    assert np.max(np.abs(scalar(ls.Momentum(0.381, 0.9), 20_000))) > 1e6


@pytest.mark.row("S2-34")
def test_momentum_overshoots_and_still_arrives():
    x = scalar(ls.Momentum(0.01, 0.9), 400)
    assert x.min() < -0.5
    assert steps_until(np.abs(x) < 1e-6) < 300
    assert abs(x[-1]) < 1e-6


@pytest.mark.row("S2-35")
def test_nesterov_overshoots_less_at_one_setting_and_loses_to_the_tuned_heavy_ball():
    ball, nesterov = scalar(ls.Momentum(0.01, 0.9), 400), scalar(ls.Nesterov(0.01, 0.9), 400)
    assert steps_until(np.abs(nesterov) < 1e-6) < steps_until(np.abs(ball) < 1e-6)
    assert nesterov.min() > ball.min()
    taken = [
        steps_until(
            np.linalg.norm(run(best(kind, CURVATURES), steps=1000).params, axis=1) < 1e-6 * np.sqrt(2)
        )
        for kind in (ls.Momentum, ls.Nesterov, ls.SGD)
    ]
    assert taken == sorted(taken)
    assert taken[0] <= 0.2 * taken[2]  # S3-17
    assert abs(scalar(ls.Nesterov(0.1355, 0.9), 5000)[-1]) < 1e-3
    assert np.max(np.abs(scalar(ls.Nesterov(0.1358, 0.9), 5000))) > 10


@pytest.mark.row("S3-15")
def test_the_step_goes_against_the_velocity():
    assert abs(scalar(ls.Momentum(0.01, 0.9), 300)[-1]) < 1e-6
    assert np.max(np.abs(scalar(ls.Momentum(-0.01, 0.9), 200))) > 1e6


@pytest.mark.row("S3-19")
def test_nesterov_corrects_a_large_velocity_sooner():
    ball, nesterov = scalar(ls.Momentum(0.05, 0.9), 300), scalar(ls.Nesterov(0.05, 0.9), 300)
    assert nesterov.min() == pytest.approx(-0.20, abs=0.01)
    assert ball.min() == pytest.approx(-0.84, abs=0.01)
