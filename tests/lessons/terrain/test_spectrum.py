"""Curvatures by chance: more unequal the more parameters there are, and in a network more so."""

import numpy as np
import pytest

from landscape.lessons.settings import read
from landscape.lessons.terrain.spectrum import DIMENSIONS, EXPERIMENT, answer
from landscape.study.terrain.wishart import SAMPLES, condition, density, edges, spread


@pytest.fixture(scope="module")
def found():
    """What the experiment measures as it opens."""
    return EXPERIMENT.measure(read(EXPERIMENT.settings, {}))


@pytest.mark.row("S3-04")
def test_the_condition_number_grows_with_the_parameters(found):
    """Strictly, and at 50 and 100 of them within a quarter of Marchenko and Pastur's law."""
    medians = dict(zip(DIMENSIONS, found.medians, strict=True))
    assert (np.diff([medians[d] for d in (2, 10, 50, 100)]) > 0).all()
    for d in (50, 100):
        assert medians[d] == pytest.approx(condition(d / SAMPLES), rel=0.25)
    assert found.here == medians[100]
    assert answer() == 2


@pytest.mark.row("S3-04")
def test_a_network_is_more_uneven_than_chance(found):
    """Its steepest curvature over its median one, beside that of a random matrix of the same size."""
    assert len(found.network) == len(found.beside) == 33
    assert spread(found.network) > 50 * spread(found.beside)


@pytest.mark.row("S3-04")
def test_the_spread_is_beside_the_median():
    """The steepest curvature, up or down, over the one in the middle."""
    assert spread(np.array([-60.0, 1.0, 2.0, 3.0, 50.0])) == 60 / 3
    assert spread(np.array([1.0, 2.0, 30.0])) == 15


def test_random_curvatures_follow_the_law(found):
    """Hardly any lies outside the law's edges, and their mean is the law's."""
    low, high = edges(0.5)
    outside = (found.values < 0.9 * low) | (found.values > 1.1 * high)
    assert outside.mean() < 0.01
    grid = np.linspace(low, high, 4001)
    mean = np.trapezoid(grid * density(grid, 0.5), grid)
    assert found.values.mean() == pytest.approx(mean, rel=0.02)
