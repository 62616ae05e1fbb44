"""Rate first, decay second: how far the loss spreads along each, and the two searches."""

import numpy as np
import pytest

from landscape.lessons.batches.order import Settings, answer, measure
from landscape.lessons.settings import read


@pytest.mark.row("S3-34")
def test_the_rate_matters_more_than_its_decay():
    """More than two powers of ten along the rate, less than 1.6 along the decay at every rate."""
    found = measure(read(Settings, {}))
    assert found.along_rate > 2
    assert found.along_decay.max() < 1.6
    assert answer() == 2


@pytest.mark.row("S3-35")
@pytest.mark.parametrize("draw", range(3))
def test_eight_runs_in_turn_do_as_well_as_sixteen_together(draw):
    """Four rates and then four decays end within 1.2 times the best of four by four."""
    search = measure(read(Settings, {"draw": draw})).search
    assert (len(search.one_by_one), len(search.jointly)) == (8, 16)
    assert search.one_by_one.min() <= 1.2 * search.jointly.min()


def test_with_strong_decays_the_joint_search_finds_more():
    """Decays that cut the rate by twenty make a high first rate best, which the search in turn misses."""
    search = measure(read(Settings, {"strongest": 0.01})).search
    assert search.one_by_one.min() > 1.5 * search.jointly.min()
    assert np.isfinite(search.jointly).all()
