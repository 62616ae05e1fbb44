"""The training loop with one line wrong."""

import numpy as np
import pytest

import landscape as ls
from landscape.lessons.optimizers.zero_grad import EXPERIMENT, STEPS, answer
from landscape.lessons.settings import read
from landscape.study.optimizers.momentum import quadratic_path
from landscape.study.optimizers.training_loop import training_loop


def at(**values):
    return EXPERIMENT.measure(read(EXPERIMENT.settings, values))


@pytest.mark.row("S2-75")
def test_a_gradient_that_is_never_reset_is_momentum_of_one():
    """The paths agree within 1e-5, and the run on curvature 10 never settles."""
    found = at()
    np.testing.assert_allclose(found.wrong, found.endless, atol=1e-5)
    assert np.abs(found.wrong[-100:]).max() == pytest.approx(1.01, abs=0.05)
    assert np.abs(found.right[-100:]).max() < 1e-6
    assert answer() == 1


@pytest.mark.row("S2-75")
def test_the_right_loop_is_the_rule():
    """With every line in place the loop is momentum as the library has it."""
    path = quadratic_path(ls.Momentum(0.01, 0.9), [10.0], STEPS)[:, 0]
    np.testing.assert_allclose(at(fault="none", momentum=0.9).wrong, path, atol=1e-9)


@pytest.mark.row("S3-15")
def test_the_plus_climbs():
    """With rho 0.9 the plus exceeds a million within 200 steps; the minus is within a millionth by 300."""
    assert np.abs(training_loop(0.01, 0.9, 10.0, 200, sign=1)).max() > 1e6
    assert abs(training_loop(0.01, 0.9, 10.0, 300)[-1]) < 1e-6
    assert np.abs(at(fault="plus", momentum=0.9).wrong[:200]).max() > 1e6
