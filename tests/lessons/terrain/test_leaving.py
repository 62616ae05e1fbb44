"""The saddle: it holds a run on its ridge for good, and any other for a time that theory knows."""

import numpy as np
import pytest

from landscape.descent.rules.first_order import SGD
from landscape.lessons.settings import read
from landscape.lessons.terrain.leaving import EXPERIMENT, NUDGES, answer
from landscape.study.terrain.saddle_exit import exit_steps, predicted


@pytest.fixture(scope="module")
def found():
    """What the experiment measures as it opens."""
    return EXPERIMENT.measure(read(EXPERIMENT.settings, {}))


@pytest.mark.row("S3-05")
def test_on_the_ridge_it_stays_for_good(found):
    """The run that is shown keeps y = 0 exactly for 1000 steps; the count finds no exit either."""
    path = np.asarray(found.runs["exact"].path)
    assert len(path) == 1001
    assert (path[:, 1] == 0).all()
    assert np.isnan(found.exact)


@pytest.mark.row("S3-05")
def test_a_nudge_of_1e_8_leaves_in_194_steps(found):
    """At learning rate 0.1; and the run that is shown leaves then too."""
    assert found.steps == 194
    y = np.abs(np.asarray(found.runs["nudged"].path, float)[:, 1])
    assert int(np.argmax(y >= 1)) == pytest.approx(194, abs=1)


@pytest.mark.row("S3-10")
@pytest.mark.parametrize(("aside", "steps"), [(1e-2, 49), (1e-4, 97), (1e-8, 194)])
def test_the_logarithm_of_the_nudge_sets_the_plateau(aside, steps):
    """49, 97 and 194 steps, the formula rounded up."""
    result = EXPERIMENT.measure(read(EXPERIMENT.settings, {"aside": aside}))
    assert result.steps == steps
    assert 0 <= result.steps - result.theory <= 1


@pytest.mark.row("S3-10")
@pytest.mark.parametrize(("rate", "curvature"), [(0.05, 0.6), (0.5, 3.0)])
def test_the_formula_holds_to_a_step_everywhere(rate, curvature):
    """For all nudges and at the ends of the controls; every one of them leaves within the runs shown."""
    steps = exit_steps(SGD(rate), NUDGES, curvature)
    assert steps == pytest.approx(np.ceil(predicted(NUDGES, rate, curvature) - 1e-9), abs=1)
    assert steps.max() < 1000
    assert answer() == 0


@pytest.mark.row("S3-10")
def test_the_gradient_is_tiny_on_the_plateau(found):
    """Hardly more than a ten-thousandth on the way, though it begins and ends near one."""
    assert found.runs["nudged"].slope.min() == pytest.approx(1.2e-4, rel=0.1)
    assert found.runs["nudged"].slope[0] > 0.9
    assert found.runs["nudged"].slope[-1] > 0.9
