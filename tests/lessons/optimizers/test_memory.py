"""Windows and fading averages of squared gradients."""

import numpy as np
import pytest

from landscape.lessons.optimizers.memory import EXPERIMENT, answer
from landscape.lessons.settings import read
from landscape.study.optimizers.momentum import fed
from landscape.study.optimizers.rmsprop_window import Windowed, windowed


def at(**values):
    return EXPERIMENT.measure(read(EXPERIMENT.settings, values))


@pytest.mark.row("S2-42")
def test_the_average_has_the_windows_age():
    """With gamma = 1 - 1/w the mean age is w - 1, 99 steps for a window of 100; that forgets at once."""
    found = at(window=100).fading
    assert found.age == pytest.approx(99, abs=1e-3)
    assert (found.window[:100] > 0).all()
    assert not found.window[100:].any()


def test_the_exact_mean_is_the_rules_own():
    """The mean that is drawn is what the rule with a window carries."""
    gradients = np.random.default_rng(1).normal(size=60)
    rule = Windowed(learning_rate=0.1, window=20, eps=1e-8)
    np.testing.assert_allclose(
        windowed(gradients**2, 20), fed(rule, gradients)[1]["square_average"], atol=1e-12
    )


@pytest.mark.row("S2-43", "S2-45")
@pytest.mark.parametrize("window", [10, 100, 1000])
def test_what_each_version_stores(window):
    """A window of w keeps w numbers for each weight, the average one, whatever w is."""
    found = at(window=window, weights=10_000)
    assert found.kept == {"exact": window * 10_000, "average": 10_000}


@pytest.mark.row("S2-44")
def test_most_but_not_all_of_the_weight_is_in_the_window():
    """63.4 % within the last hundred steps at gamma 0.99, 95.1 % within three hundred."""
    found = at(window=100).fading
    assert found.inside == pytest.approx(0.634, abs=1e-3)
    assert found.thrice == pytest.approx(0.951, abs=1e-3)
    assert answer() == 1
