"""How much a picture shows: the number of parameters, and the angle between random directions."""

import numpy as np
import pytest

from landscape.lessons.settings import read
from landscape.lessons.sharpness.directions import Settings, measure
from landscape.study.sharpness.random_directions import cosines, density


@pytest.mark.row("S1-01")
def test_a_network_of_two_layers_of_32_has_1153_parameters():
    """1 x 32 + 32, 32 x 32 + 32, 32 + 1."""
    assert measure(read(Settings, {"width": 32, "depth": 2})).size == 32 + 32 + 32 * 32 + 32 + 32 + 1 == 1153


@pytest.mark.row("S1-01")
@pytest.mark.parametrize("n", [10, 100, 1_000, 10_000])
def test_random_directions_are_nearly_orthogonal(n):
    """The root mean square of the cosine is 1/sqrt(n), and so it is for vectors drawn in full."""
    drawn = measure(read(Settings, {})).spread[n]
    assert drawn == pytest.approx(n**-0.5, rel=0.1)
    one, other = np.random.default_rng(1).normal(size=(2, 500, n))
    full = np.sum(one * other, 1) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1)
    assert drawn == pytest.approx(np.sqrt(np.mean(full**2)), rel=0.1)


@pytest.mark.parametrize("n", [2, 3, 30, 1153])
def test_the_angles_follow_their_law(n):
    """Half of all angles lie on either side of a right angle, and the quartiles are the law's."""
    angles = np.degrees(np.arccos(cosines(n)))
    grid = np.linspace(0, 180, 20_001)
    cumulated = np.cumsum(density(grid, n))
    expected = np.interp([0.25, 0.5, 0.75], cumulated / cumulated[-1], grid)
    spread = expected[2] - expected[0]
    np.testing.assert_allclose(np.quantile(angles, [0.25, 0.5, 0.75]), expected, atol=0.03 * spread)
