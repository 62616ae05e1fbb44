"""The shapes of loss curves: the rule that names them, on a parabola and on a real network."""

import numpy as np
import pytest

from landscape.lessons.batches.shapes import Settings, answer, measure
from landscape.lessons.settings import read

NAMES = ["low", "good", "high", "diverged"]


@pytest.mark.row("S3-30")
@pytest.mark.parametrize("problem", ["parabola", "network"])
def test_the_rule_names_the_four_rates(problem):
    """The ladder of rates is called low, good, high and diverged, on Q(10) and on the small tanh network."""
    found = measure(read(Settings, {"problem": problem}))
    assert found.labels[:4] == NAMES
    assert found.labels[found.order[answer()]] == "good" or problem == "parabola"


@pytest.mark.row("S3-30")
def test_one_curve_may_belong_to_two_rates():
    """On a parabola far too low and almost too high give the same loss; only the turns tell them apart."""
    found = measure(read(Settings, {"problem": "parabola"})).found
    np.testing.assert_allclose(found.loss[0], found.loss[2], rtol=2e-3)
    assert (found.cosine[0] > 0.99).all()
    assert (found.cosine[2] < -0.99).all()
