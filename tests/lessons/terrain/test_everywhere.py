"""A random landscape: half of its critical points are saddles, and no random point is critical."""

import numpy as np
import pytest

from landscape.lessons.settings import read
from landscape.lessons.terrain.everywhere import DRAWS, EXPERIMENT, ZERO, answer
from landscape.study.terrain.random_landscape import critical_points, flat_share, random_slopes, waves


@pytest.fixture(scope="module")
def found():
    """What the experiment shows at first."""
    return EXPERIMENT.measure(read(EXPERIMENT.settings, {}))


@pytest.mark.row("S3-08")
def test_no_random_point_is_critical(found):
    """Of ten thousand none has a gradient below a millionth."""
    assert len(found.slopes) == DRAWS == 10_000
    assert np.sum(found.slopes < ZERO) == 0
    assert answer() == 2


@pytest.mark.row("S3-08")
def test_half_of_the_critical_points_are_saddles(found):
    """Newton's method finds as many saddles as minima and maxima together, on every landscape."""
    low, saddles, high = found.critical.counts
    assert saddles / (low + saddles + high) == pytest.approx(0.5, abs=0.1)
    for seed in range(12):
        for roughness in (2, 3, 4, 5):
            surface = waves(2, roughness, seed)
            critical = critical_points(surface)
            low, saddles, high = critical.counts
            assert saddles == low + high > 1
            assert np.abs(surface.gradient(critical.points)).max() < 1e-9


def test_the_critical_points_tell_how_many_points_are_nearly_flat():
    """The share of random points below a tolerance is that of the ellipses around the critical points."""
    surface = waves(2, 3)
    expected = flat_share(surface, critical_points(surface), np.array([0.2]))[0]
    slopes = np.concatenate([random_slopes(surface, 100_000, seed) for seed in range(3)])
    assert np.mean(slopes < 0.2) == pytest.approx(expected, rel=0.2)
