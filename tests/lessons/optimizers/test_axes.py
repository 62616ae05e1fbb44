"""Rows that were added to older experiments: wrong velocities, separate axes, falling rates."""

import jax
import numpy as np
import pytest

import landscape as ls
from landscape.lessons.optimizers import growth, inspector, lookahead
from landscape.lessons.settings import read


@pytest.mark.row("S3-18")
@pytest.mark.parametrize("turned", [0.0, 90.0])
def test_nesterov_goes_along_the_velocity_and_takes_the_gradient_there(turned):
    """The whole step is the velocity and the gradient ahead, whichever way the velocity points."""
    settings = read(lookahead.EXPERIMENT.settings, {"turned": turned})
    jump = lookahead.measure(settings).jump
    moved = -settings.rate * (settings.momentum * jump.velocity + jump.slope_ahead)
    np.testing.assert_allclose(jump.landing - jump.here, moved, atol=1e-6)


@pytest.mark.row("S3-19")
def test_nesterov_puts_a_wrong_velocity_right_sooner():
    """It overshoots less, and lands nearer to the floor with the velocity that runs at the far wall."""
    ball, nesterov = lookahead.overshoots()
    assert nesterov == pytest.approx(-0.20, abs=0.01)
    assert ball == pytest.approx(-0.84, abs=0.01)
    jump = lookahead.measure(read(lookahead.EXPERIMENT.settings, {})).jump
    assert abs(jump.landing[1]) < abs(jump.ball[1])


@pytest.mark.row("S3-22", "S3-23")
@pytest.mark.parametrize("condition", [10.0, 100.0])
def test_adagrad_treats_every_coordinate_alone(condition):
    """x's path does not know of y's steepness; first steps are equal, and no effective rate ever rises."""
    found = inspector.measure(read(inspector.EXPERIMENT.settings, {"condition": condition}))
    assert found.alone < 1e-6
    assert found.first[0] == pytest.approx(found.first[1], rel=1e-5)
    assert (np.diff(found.rates, axis=0) <= 1e-5 * found.rates[:-1]).all()  # single precision


@pytest.mark.row("S3-24")
def test_the_rate_falls_like_one_over_the_root():
    """Under a constant gradient the slope on logarithmic axes is -1/2, and no step is longer."""
    settings = read(growth.EXPERIMENT.settings, {})
    found = growth.measure(settings)
    assert (np.diff(found.rules["adagrad"].steps[:, 0]) <= 0).all()
    assert float(growth.numbers(settings, found)["slope"]) == pytest.approx(-0.5, abs=0.01)


@pytest.mark.slow
@pytest.mark.row("S3-24")
@pytest.mark.parametrize("name", ls.SURFACES)
def test_the_rate_never_rises_on_any_surface(name):
    """eta over the root of the sum falls or stays at every step, and is what multiplies the gradient."""
    surface, rule = ls.SURFACES[name], ls.AdaGrad(0.5)
    with jax.enable_x64(True):
        path = ls.run(rule, surface, np.asarray(surface.start, np.float64), 200)
    steps = path.last  # of a run that is lost, the steps before
    assert steps > 100
    effective = 0.5 / (np.sqrt(path.state["square_sum"][1 : steps + 1]) + rule.eps)
    assert (np.diff(effective, axis=0) <= 0).all()
    moved = -effective * path.gradient[:steps]
    np.testing.assert_allclose(path.update[:steps], moved, rtol=1e-5, atol=1e-12)
