"""Nesterov's step taken apart."""

import numpy as np
import pytest

import landscape as ls
from landscape.lessons.optimizers.lookahead import EXPERIMENT, answer
from landscape.lessons.settings import read
from landscape.study.optimizers.lookahead import jump

RATE, RHO = 0.03, 0.9


def results():
    """The opening and a few of the steps after it."""
    return [EXPERIMENT.measure(read(EXPERIMENT.settings, {"step": step})) for step in (0, 1, 3, 7, 20)]


@pytest.mark.row("S2-31")
def test_the_gradient_is_taken_ahead():
    """It is the surface's own gradient at W - eta beta a; on a constant slope both rules step alike."""
    for found in results():
        j = found.jump
        np.testing.assert_allclose(j.ahead, j.here - RATE * RHO * j.velocity, atol=1e-12)
        np.testing.assert_allclose(j.slope_ahead, j.ahead * [1.0, 20.0], atol=1e-9)
    flat = jump(ls.Nesterov(RATE, RHO), lambda x: x.sum(), [1.0, 2.0], 9)
    np.testing.assert_allclose(flat.landing, flat.ball, atol=1e-14)


@pytest.mark.row("S2-32")
def test_two_steps_are_those_of_the_hand():
    """Curvature 10, from 1, by hand."""
    rate, rho = 0.01, 0.9
    first = 1 - rate * 10
    second = first - rate * (rho * 10 + 10 * (first - rate * rho * 10))
    found = jump(ls.Nesterov(rate, rho), lambda x: 5 * (x**2).sum(), [1.0], 1)
    np.testing.assert_allclose([found.here[0], found.landing[0]], [first, second], atol=1e-12)


@pytest.mark.row("S2-33")
def test_the_jump_misses_the_next_position_by_the_correction():
    """The guess is off by eta times the norm of the gradient ahead."""
    for found in results():
        assert found.missed == pytest.approx(found.corrected, abs=1e-12)


@pytest.mark.row("S2-36")
def test_the_two_rules_differ_in_where_the_gradient_is_taken():
    """Their steps part by eta times the difference of the two gradients, as vectors."""
    for found in results():
        j = found.jump
        np.testing.assert_allclose(j.landing - j.ball, RATE * (j.slope_here - j.slope_ahead), atol=1e-12)
        assert found.apart == pytest.approx(found.slopes, abs=1e-12)
    assert answer() == 0
