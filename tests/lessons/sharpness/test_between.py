"""Two solutions of one network: how sharp they are, and what they lose on unseen examples."""

import numpy as np
import pytest

from landscape.lessons.settings import read
from landscape.lessons.sharpness.between import Settings, answer, measure


@pytest.fixture(scope="module")
def found():
    """The experiment as it opens."""
    return measure(read(Settings, {}), lambda done, total: True)


@pytest.mark.slow
def test_the_line_passes_through_both(found):
    """At 0 and at 1 the losses are those of the two trainings' ends."""
    line = found.line
    for at, run in ((0.0, found.full), (1.0, found.small)):
        here = np.argmin(np.abs(line.at - at))
        assert line.at[here] == pytest.approx(at, abs=1e-6)
        assert line.train[here] == pytest.approx(run.loss[-1], rel=1e-3)
        assert line.test[here] == pytest.approx(run.test[-1], rel=1e-3)


def test_the_small_batches_end_flatter(found):
    """The claim is put to two solutions that do differ in sharpness."""
    assert found.small.settled < 0.6 * found.full.settled


def test_the_sharp_one_loses_less_here(found):
    """The answer is what was measured: at a constant rate the flat end is worse on unseen examples."""
    assert answer() == 0
    assert found.full.test[-1] < found.small.test[-1]
