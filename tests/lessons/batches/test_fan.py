"""The fan of single gradients: right on average, and only on average."""

import numpy as np
import pytest

from landscape.lessons.batches.fan import EXPERIMENT, Settings, answer, many
from landscape.study.common.least_squares import cosines, full_gradient, gradients, samples


@pytest.mark.row("S1-20")
def test_single_gradients_average_to_the_full_gradient():
    """One sample's gradient is unbiased: the mean of all is the gradient of the mean loss."""
    for draw in range(3):
        assert EXPERIMENT.measure(Settings(draw=draw)).off < 1e-5
    data, w = samples(), np.ones(10)
    np.testing.assert_allclose(gradients(data, w).mean(axis=0), full_gradient(data, w), atol=1e-5)


@pytest.mark.row("S1-21")
def test_a_single_gradient_points_elsewhere():
    """With ten weights one sample's gradient is nearly at a right angle to the true one."""
    assert all(many(draw) < 0.4 for draw in range(3))
    data, w = samples(), np.zeros(10)
    found = cosines(gradients(data, w), full_gradient(data, w))
    assert found.std() > 0.1
    assert abs(float(found.mean()) - many(0)) < 1e-6


def test_near_the_minimum_they_point_everywhere():
    """The scatter stays while the true gradient vanishes; larger batches narrow the fan."""
    near, far = (EXPERIMENT.measure(Settings(away=away)) for away in (0.1, 1.0))
    assert (near.cosine < 0).sum() > 2 * (far.cosine < 0).sum()
    assert EXPERIMENT.measure(Settings(batch=64)).cosine.mean() > 0.95
    assert answer() == 2


def test_a_click_chooses_that_sample():
    """The arrow of the chosen sample is that sample's own gradient."""
    found = EXPERIMENT.measure(Settings())
    t, y = (float(v) for v in found.points[17])
    chosen = EXPERIMENT.measure(Settings(sample_t=t, sample_y=y))
    assert chosen.chosen == 17
    np.testing.assert_allclose(
        chosen.own, (found.at[0] + found.at[1] * t - y) * np.array([1.0, t]), rtol=1e-4
    )
