"""A sum and an average: after a steep past, at rest in a bowl, at the limits of the decay, and eps."""

import numpy as np
import pytest

from landscape.lessons.optimizers.forgetting import EXPERIMENT, answer
from landscape.lessons.settings import read


def at(**values):
    return EXPERIMENT.measure(read(EXPERIMENT.settings, values))


@pytest.mark.row("S3-21")
def test_where_eps_stands_decides_a_tiny_first_step():
    """On a slope of 1e-8 the factor is 0.0909 with eps outside the root and 3.16e-5 inside."""
    found = at(slope=1e-8)
    assert found.outside[0] == pytest.approx(0.0909, rel=1e-3)
    assert found.inside[0] == pytest.approx(3.16e-5, rel=1e-3)


@pytest.mark.row("S3-25")
def test_adagrad_settles_where_rmsprop_buzzes():
    """In a bowl AdaGrad ends within a millionth, RMSProp in a cycle of half its rate."""
    found = at()
    assert found.settled[-1] < 1e-6
    np.testing.assert_allclose(found.buzzing[-50:], 0.05, atol=0.005)
    assert answer() == 0


@pytest.mark.row("S3-27")
@pytest.mark.parametrize("slope", [1e-3, 0.01, 10.0])
def test_without_memory_only_the_sign_is_left(slope):
    """With decay 0 every step is the rate; with decay 1 the first is g / eps times as long."""
    settings = {"decay": 0.0, "slope": slope, "eps": 1e-10}
    np.testing.assert_allclose(at(**settings).drop.rmsprop, 0.1, rtol=1e-6)
    assert at(decay=1.0).drop.first == pytest.approx(0.1 * 10 / 1e-7)


@pytest.mark.row("S3-28")
def test_an_average_forgets_a_steep_past():
    """200 steps after the drop AdaGrad's step is 3.16e-6, RMSProp's with 0.9 is the rate."""
    found = at().drop
    assert found.adagrad[-1] == pytest.approx(3.16e-6, rel=1e-2)
    assert found.rmsprop[-1] == pytest.approx(0.1, rel=1e-2)
    assert found.longer[-1] < found.rmsprop[-1]
