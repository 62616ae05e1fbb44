"""What averaging buys: one over B in variance, a better direction, a lower and smoother loss."""

import numpy as np
import pytest

from landscape.lessons.batches.variance import BATCHES, EXPERIMENT, Settings, answer, numbers
from landscape.study.common.least_squares import (
    DRAWS,
    cosines,
    estimates,
    full_gradient,
    gradients,
    samples,
    scatter,
)


@pytest.mark.row("S1-22")
@pytest.mark.parametrize("draw", range(3))
def test_one_sample_is_the_worst_estimate(draw):
    """Variance falls like one over B, and the cosine rises with every doubling."""
    sizes = EXPERIMENT.measure(Settings(draw=draw)).sizes
    assert tuple(sizes.batches) == BATCHES
    assert abs(sizes.slope + 1) < 0.05
    assert np.all(np.diff(sizes.cosine) > 0)
    assert sizes.cosine[0] < 0.4
    assert sizes.cosine[-1] > 0.95
    np.testing.assert_allclose(sizes.variance, sizes.theory, rtol=0.15)


@pytest.mark.row("S1-24")
def test_ten_samples_settle_at_a_tenth():
    """The settled loss is proportional to the variance of the gradient; the loss is smoother with it."""
    settings = Settings(batch=10, rate=0.1)
    found = EXPERIMENT.measure(settings)
    assert abs(found.many.settled / found.one.settled - 0.1) < 0.01
    np.testing.assert_allclose(found.one.settled, found.one.floor, rtol=0.1)
    assert numbers(settings, found)["smoother"] > 5


def test_a_hundred_samples_are_ten_times_better():
    """The error goes with the root of the work."""
    assert answer() == 1


@pytest.mark.row("S1-22")
def test_the_band_holds_eight_of_ten_batches():
    """A tenth of the batches lie below it, a tenth above: the same batches drawn and counted again."""
    data, w = samples(), np.zeros(10)
    found = scatter(data, w, (1, 16))
    for k, batch in enumerate((1, 16)):
        each = cosines(estimates(gradients(data, w), batch, DRAWS, k), full_gradient(data, w))
        low, high = found.spread[k]
        assert np.mean(each < low) == pytest.approx(0.1, abs=0.005)
        assert np.mean(each > high) == pytest.approx(0.1, abs=0.005)
