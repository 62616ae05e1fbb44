"""AdaGrad's memory, its steps and the way they make."""

import numpy as np
import pytest

from landscape.lessons.optimizers.growth import EXPERIMENT, answer
from landscape.lessons.settings import read


def at(**values):
    return EXPERIMENT.measure(read(EXPERIMENT.settings, values))


@pytest.fixture(scope="module")
def steady():
    """A thousand steps down a slope of 1."""
    return at(horizon=1000).rules


@pytest.mark.row("S2-37")
def test_the_sum_is_of_squared_gradients_not_of_movement(steady):
    """It counts the gradients seen, the same at a rate of zero, where nothing moves."""
    np.testing.assert_allclose(steady["adagrad"].memory[:, 0], np.arange(1, 1001), rtol=1e-5)
    still = at(horizon=1000, rate=0.0).rules["adagrad"]
    np.testing.assert_array_equal(still.memory, steady["adagrad"].memory)
    assert not still.travel.any()


@pytest.mark.row("S2-38")
def test_a_rare_feature_takes_longer_steps():
    """Seen once in a hundred steps, it moves ten times as far when it is."""
    found = at(horizon=10_000, feature="rare")
    steps = found.rules["adagrad"].steps[-1]
    assert steps[1] / steps[0] == pytest.approx(10, abs=0.1)


@pytest.mark.row("S2-39")
def test_the_step_shrinks_with_the_root(steady):
    """Half at 4, a tenth at 100, a thirtieth at 1000; the reciprocal shrinks far faster."""
    at_ = [3, 99, 999]
    np.testing.assert_allclose(steady["adagrad"].steps[at_, 0], [0.5, 0.1, 0.0316228], rtol=1e-3)
    np.testing.assert_allclose(steady["reciprocal"].steps[at_, 0], [0.25, 0.01, 0.001], rtol=1e-3)


@pytest.mark.row("S2-40")
def test_the_way_has_no_end(steady):
    """18.59 after a hundred steps, twice the root of T in the long run; on a bowl it arrives."""
    travel = steady["adagrad"].travel[:, 0]
    assert travel[99] == pytest.approx(18.59, rel=1e-2)
    long = at(horizon=100_000).rules["adagrad"].travel[-1, 0]
    assert long == pytest.approx(2 * np.sqrt(100_000), rel=0.01)
    assert answer() == 1
    arrives = at().arrives
    assert arrives is not None
    assert arrives <= 5000


@pytest.mark.row("S2-41")
def test_a_moving_average_does_not_grow(steady):
    """After a thousand gradients of 1 the sum is 1000, Adadelta's average no more than 1."""
    assert steady["adagrad"].memory[-1, 0] == 1000
    assert steady["adadelta"].memory.max() <= 1
