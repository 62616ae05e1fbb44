"""The full batch is no cure: it never leaves a ridge, and a ravine is as slow."""

from statistics import NormalDist

import numpy as np
import pytest

from landscape.lessons.batches.cure import Settings, answer, measure
from landscape.lessons.settings import read
from landscape.study.batches.saddle_exit_noise import predicted


@pytest.fixture(scope="module")
def found():
    """The experiment as it opens: noise 0.001, rate 0.1."""
    return measure(read(Settings, {}))


@pytest.mark.row("S3-13")
def test_only_noise_leaves_the_exact_ridge(found):
    """Without noise not one of 1,000 steps moves off the ridge; with it all hundred seeds leave."""
    assert found.full.across.shape == (100, 1001)
    assert (found.full.across == 0).all()
    assert len(found.left) == 100
    assert np.median(found.left) == pytest.approx(predicted(0.1), rel=0.1)
    assert found.left.max() < 200


@pytest.mark.row("S3-13")
@pytest.mark.parametrize(
    ("rate", "descent", "noise"), [(0.1, 1.0, 1e-3), (0.05, 0.5, 1e-2), (0.3, 2.0, 1e-6)]
)
def test_the_formula_says_when_half_of_the_runs_are_gone(rate, descent, noise):
    """A sum of normal numbers is normal: its variance, step by step, until half of it lies beyond 1."""
    variance, steps = 0.0, 0
    while 2 * NormalDist(0, max(variance, 1e-300) ** 0.5).cdf(-1) < 0.5:
        variance, steps = (1 + rate * descent) ** 2 * variance + (rate * noise) ** 2, steps + 1
    assert np.ceil(predicted(rate, descent, noise)) == steps


@pytest.mark.row("S3-13")
def test_the_full_batch_is_slow_in_a_ravine(found):
    """Its steps to a millionth are 1, 69, 691 and 6908 for condition numbers 1 to 1000, within 2 %."""
    np.testing.assert_allclose(found.ravines["sgd"][::4], [1, 69, 691, 6908], rtol=0.02)


def test_the_wait_grows_with_the_logarithm_of_the_noise():
    """A thousandth of the noise is not a thousand times the wait."""
    weak, strong = (np.median(measure(read(Settings, {"noise": s})).left) for s in (1e-6, 1e-3))
    assert weak - strong == pytest.approx(np.log(1000) / np.log(1.1), abs=3)
    assert answer() == 1
