"""When to cut: the plateau is noticed by itself, and a cut there is worth it."""

import numpy as np
import pytest

from landscape.lessons.batches.when import Settings, answer, measure
from landscape.lessons.settings import read
from landscape.study.batches.sgd_noise import stands_still


@pytest.mark.row("S3-36")
def test_the_plateau_is_noticed_and_the_cut_pays():
    """Five draws at rate 0.2: noticed between step 400 and 700; under a quarter of the loss is left."""
    found = measure(read(Settings, {}))
    assert len(found) == 5
    for one in found:
        assert one.still is not None
        assert 399 <= one.still <= 700
        plain, lowered = one.ends
        assert lowered < 0.25 * plain


@pytest.mark.row("S3-36")
def test_a_cut_before_the_plateau_is_too_early():
    """At a small rate the later cut ends lower."""
    assert answer() == 1


def test_a_loss_that_falls_does_not_stand_still():
    """Until it has been level for two windows."""
    loss = np.concatenate([np.geomspace(1, 1e-3, 500), np.full(500, 1e-3)])
    assert stands_still(loss[:500], window=50) is None
    found = stands_still(loss, window=50)
    assert found is not None
    assert 550 <= found <= 600
