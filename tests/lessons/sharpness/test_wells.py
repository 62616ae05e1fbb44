"""What a shift costs in a sharp and a flat minimum, and which noise leaves the sharp one."""

import jax
import numpy as np
import pytest

from landscape.lessons.settings import read
from landscape.lessons.sharpness.wells import BATCHES, Settings, answer, measure
from landscape.study.sharpness.flat_and_sharp import TwoWells, escapes, fled


@pytest.mark.row("S2-25")
def test_the_same_shift_costs_as_much_more_as_the_curvature():
    """At a shift of .1: .25 where the curvature is 50, .005 where it is 1, and the curve agrees."""
    found = measure(read(Settings, {"shift": 0.1, "sharp": 50.0}))
    sharp, flat = found.rises
    assert sharp == pytest.approx(0.25)
    assert flat == pytest.approx(0.005)
    assert sharp / flat == pytest.approx(50, abs=1e-3)
    on_curve = [float(found.wells(np.float64(x - 0.1))) for x in (-1.0, 1.0)]
    np.testing.assert_allclose(on_curve, found.rises, rtol=1e-5)


@pytest.mark.row("S2-26")
@pytest.mark.parametrize("seed", range(3))
def test_small_batches_leave_the_sharp_minimum(seed):
    """Of 2,000 runs at least .85 end in the flat one for batches up to 16, at most .01 from 64 on."""
    wells = TwoWells(50.0, 1.0)
    share = dict(zip(BATCHES, fled(escapes(wells, BATCHES, seed=seed), wells), strict=True))
    assert min(share[batch] for batch in BATCHES if batch <= 16) >= 0.85
    assert max(share[batch] for batch in BATCHES if batch >= 64) <= 0.01


def test_the_rise_is_proportional_to_the_curvature():
    """The answer is what was measured."""
    assert answer() == 1


def test_the_slope_is_the_derivative():
    """Away from the borders, the slope is what differences of the curve tell."""
    wells, x, h = TwoWells(50.0, 1.0), np.array([-1.7, -1.1, -0.9, 0.3, 2.0]), 1e-3
    difference = (np.asarray(wells(x + h)) - np.asarray(wells(x - h))) / (2 * h)
    np.testing.assert_allclose(jax.vmap(jax.grad(wells))(x), difference, rtol=1e-2, atol=1e-3)
