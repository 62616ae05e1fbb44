"""One weight: what a loss is, and that gradient descent finds the best weight."""

import math

import numpy as np
import pytest

from landscape.lessons.settings import read
from landscape.lessons.step_size.one_weight import Settings, answer, measure
from landscape.study.step_size.one_weight import best_weight, cross_entropy, signed_mean, squared_error


@pytest.mark.row("S1-03")
def test_signs_cancel_and_squares_do_not():
    """Residuals +1 and -1: a signed mean of 0, a squared error of 1; ten equal logits cost ln 10."""
    wrong, truth = np.array([1.0, -1.0]), np.zeros(2)
    assert signed_mean(wrong, truth) == 0
    assert squared_error(wrong, truth) == 1
    assert cross_entropy(np.zeros((5, 10)), np.arange(5)) == pytest.approx(math.log(10), abs=1e-5)
    assert answer() == 1


@pytest.mark.row("S1-04")
@pytest.mark.parametrize("draw", range(4))
def test_gradient_descent_finds_the_best_weight(draw):
    """It ends within 1e-4 of the closed form; so does NumPy's own least squares."""
    found = measure(read(Settings, {"steps": 100, "draw": draw}))
    assert abs(found.weights[-1] - best_weight(found.data)) < 1e-4
    theirs = np.linalg.lstsq(found.data.x[:, None], found.data.y, rcond=None)[0][0]
    assert best_weight(found.data) == pytest.approx(float(theirs), abs=1e-9)
