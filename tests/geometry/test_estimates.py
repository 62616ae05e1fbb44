"""Means over random draws have the standard error of a sample; a rise counts both ways along a line."""

import numpy as np
import pytest

import landscape as ls
from landscape.geometry.curvature.spectrum import mean


def test_the_standard_error_is_that_of_a_sample():
    """The draws' own deviation with n - 1 below, over the root of n: of 1, 2, 3, 4 the root of 5/12."""
    found = mean([1.0, 2.0, 3.0, 4.0])
    assert found.value == 2.5
    assert found.error == pytest.approx((5 / 12) ** 0.5)


def test_a_slope_is_no_rise():
    """What a linear loss gains one way it loses the other: the mean rise is zero, without an error."""
    weights = {"w": np.ones((3, 2), np.float32)}
    found = ls.filter_sharpness(lambda p: 5.0 + p["w"].sum(), weights, samples=8, filter_axis=-1)
    assert found.value == pytest.approx(0.0, abs=1e-5)
    assert found.error == pytest.approx(0.0, abs=1e-5)
