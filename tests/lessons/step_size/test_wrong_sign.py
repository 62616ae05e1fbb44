"""Misread updates: the plus climbs, and what is multiplied by the cost minds a constant."""

import numpy as np
import pytest

import landscape as ls
from landscape.lessons.settings import read
from landscape.lessons.step_size.wrong_sign import EXPERIMENT, READINGS, answer
from landscape.problems.surfaces.quadratics import Parabola


def at(**moved):
    """What the experiment measures with some settings moved."""
    return EXPERIMENT.measure(read(EXPERIMENT.settings, moved))


@pytest.mark.row("S3-02")
def test_the_plus_climbs():
    """On 5 x^2 at 0.05 fifty steps with a plus lead to 1.5^50, with a minus to nothing."""
    ends = {name: abs(path[-1]) for name, path in at(rate=0.05, offset=0.0).lifted.items()}
    assert ends["plus"] == pytest.approx(6.4e8, rel=0.01)
    assert ends["minus"] < 1e-6


@pytest.mark.row("S5-06")
def test_a_constant_moves_the_printed_form_and_not_the_right_one():
    """With 5 added to the cost the right path is identical; the printed one differs after one step."""
    r = at(rate=0.05, offset=5.0)
    np.testing.assert_array_equal(r.lifted["minus"], r.plain["minus"])
    np.testing.assert_array_equal(r.lifted["plus"], r.plain["plus"])
    assert abs(r.lifted["printed"][1] - r.plain["printed"][1]) > 0.1
    assert list(READINGS)[answer()] == "printed"


def test_the_printed_form_never_settles_on_a_lifted_curve():
    """Its last steps are as long as rate times the constant, at the least."""
    steps = np.abs(np.diff(at(rate=0.05, offset=5.0).lifted["printed"]))
    assert steps[-20:].min() > 0.9 * 0.05 * 5


def test_the_minus_is_the_librarys_gradient_descent():
    """Every place of the right reading is the one that `run` passes."""
    path = ls.run(ls.SGD(0.05), Parabola(10.0), np.array([1.0]), steps=50).params[:, 0]
    np.testing.assert_allclose(at().lifted["minus"], path, atol=1e-6)
