"""What the prose of a lesson says without a live number, measured."""

import numpy as np

from landscape.lessons.batches.shapes import RATES, STEPS
from landscape.lessons.optimizers import lookahead
from landscape.lessons.settings import read
from landscape.study.shapes import DIVERGED, HIGH, fitted, labels


def test_a_rate_that_is_too_high_is_a_tenth_below_divergence():
    """Batches, shapes: what ends lower than the good curve would be lost at a rate only a tenth higher."""
    high = RATES["network"][2]
    assert labels(fitted(np.array([0.03, high, 1.1 * high]), STEPS))[1:] == [HIGH, DIVERGED]


def test_at_the_opening_both_gradients_push_back_to_the_floor():
    """Optimizers, lookahead: the jump goes up the far wall, where the gradient is larger and points back."""
    found = lookahead.measure(read(lookahead.Settings, {})).jump
    start, (here, ahead) = lookahead.START[1], (found.here[1], found.ahead[1])
    assert np.sign(here) == np.sign(ahead) == -np.sign(start)
    assert abs(ahead) > abs(here)
    assert found.slope_here[1] / here > 0
    assert found.slope_ahead[1] / found.slope_here[1] > 1
    assert abs(found.landing[1]) < abs(found.ball[1])
