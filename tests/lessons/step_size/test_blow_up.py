"""One number decides on a parabola: below 2/curvature a run arrives, above it explodes."""

import numpy as np
import pytest

import landscape as ls
from landscape.lessons import curve as stage
from landscape.lessons.settings import read
from landscape.lessons.step_size.blow_up import BESIDE, EXPERIMENT, LONG, PAINT, RATES, answer
from landscape.problems.surfaces.quadratics import Parabola
from landscape.study.step_size.overshoot import Manner, manners, steps_predicted, steps_until

Q = Parabola(10.0)


def at(**moved):
    """What the experiment measures with some settings moved."""
    return EXPERIMENT.measure(read(EXPERIMENT.settings, moved))


@pytest.fixture(scope="module")
def result():
    """What the experiment measures at its defaults: 0.21 from 1 on 5 x^2."""
    return at()


def counted(*rates):
    """The steps to a millionth, and to a million, from 1."""
    return steps_until(Q, np.array(rates), 1.0)


@pytest.mark.row("S1-09")
def test_the_border_is_two_over_the_curvature(result):
    """At 0.199 a run reaches a millionth in 1,375 steps; at 0.201 one leaves beyond a million in 1,389."""
    near, far = counted(0.199, 0.201)
    assert near[0] == 1375
    assert np.isnan(far[0])
    assert np.isnan(near[1])
    assert far[1] == 1389
    assert np.array(BESIDE) * 2 / 10 == pytest.approx([0.199, 0.201])
    assert np.abs(result.paths[1]).min() < 1e-6
    assert np.abs(result.paths[2]).max() > 1e6


@pytest.mark.row("S1-10")
def test_the_gradient_explodes_by_the_same_factor_each_step(result):
    """At 0.21 every gradient is 1.1 times the one before."""
    slope = result.slope[0, :400]
    np.testing.assert_allclose(slope[1:] / slope[:-1], 1.1, atol=1e-3)
    assert result.growth == pytest.approx(1.1, abs=1e-3)


@pytest.mark.row("S5-11")
def test_overshooting_is_not_diverging():
    """0.05 never changes sign, 0.1 needs one step, 0.15 alternates and arrives in 20, 0.21 blows up."""
    rates = np.array([0.05, 0.1, 0.15, 0.21])
    assert list(manners(Q, rates, 1.0)) == list(Manner)
    near, far = counted(*rates)
    np.testing.assert_array_equal(near[:3], [20, 1, 20])
    assert far[3] == 145
    monotone, _, alternating, _ = (at(rate=r).paths[0, :15] for r in rates)
    assert np.all(monotone > 0)
    assert np.all(alternating[1:] * alternating[:-1] < 0)


@pytest.mark.row("S5-11")
def test_one_step_means_that_a_hundredth_is_left_at_most():
    """Of the distance: 0.005 of it is called one step, on either side; 0.02 is not."""
    found = manners(Q, np.array([0.098, 0.0995, 0.1005, 0.102]), 1.0)
    assert list(found) == [Manner.MONOTONE, Manner.ONE_STEP, Manner.ONE_STEP, Manner.OVERSHOOTS]


@pytest.mark.row("S5-12")
def test_the_error_is_multiplied_by_the_same_factor():
    """At 0.3 the distance doubles with each step."""
    away = np.abs(at(rate=0.3).paths[0, :60])
    np.testing.assert_allclose(away[1:] / away[:-1], 2, atol=1e-4)


@pytest.mark.row("S5-13")
def test_a_small_rate_takes_the_steps_the_formula_says():
    """At 0.01 a millionth takes 132 steps, at 0.001 it takes 1,375: the formula's 131.1 and 1374.6."""
    near = counted(0.01, 0.001)[0]
    np.testing.assert_array_equal(near, [132, 1375])
    predicted = steps_predicted(np.array([0.01, 0.001]), 10.0)
    np.testing.assert_allclose(predicted, [131.1, 1374.6], atol=0.1)
    np.testing.assert_allclose(near, predicted, atol=1)


def test_the_track_is_of_real_runs(result):
    """Where the slider's track changes its colour, runs of the library change what they do."""
    rates, codes = result.track.rates, result.track.outcomes
    assert (rates[0], rates[-1]) == pytest.approx(RATES)
    assert len(rates) == stage.TRACK
    for rate, code in zip(rates[::80], codes[::80], strict=True):
        path = ls.run(ls.SGD(float(rate)), Q, np.array([1.0]), steps=30).params[:, 0]
        manner = next(m for m, paint in PAINT.items() if paint == code)
        assert (manner == Manner.DIVERGES) == (abs(path[-1]) > 1), rate
        assert (manner == Manner.MONOTONE) == (path[1] > 0.01), rate


def test_the_run_is_the_librarys_gradient_descent(result):
    """Every place of the ball is the one that `run` passes."""
    path = ls.run(ls.SGD(0.21), Q, np.array([1.0]), steps=60).params[:, 0]
    np.testing.assert_allclose(result.paths[0, :61], path, rtol=1e-4)
    assert result.paths.shape == (3, LONG + 1)


def test_a_ball_at_the_minimum_stays():
    """From 0 nothing moves, and nothing is counted as near or far."""
    found = at(start=0.0)
    assert np.all(found.paths == 0)
    assert found.growth is None


def test_the_question_has_its_answer():
    """When 0.199 is a millionth away, 0.201 is about a million away."""
    assert answer() == 3
