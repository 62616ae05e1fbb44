"""Nesterov's bound on convex losses, and a network without one."""

import numpy as np
import pytest

from landscape.lessons.optimizers.guarantee import EXPERIMENT, answer
from landscape.lessons.settings import read
from landscape.study.guarantee import STEPS, convex, network


@pytest.mark.row("S3-20")
@pytest.mark.parametrize("condition", [10.0, 1000.0, 10_000.0])
def test_a_convex_loss_stays_below_the_bound(condition):
    """With the growing momentum the loss is below 2 L |x0 - x*|^2 / (t + 1)^2 for t = 1 .. 500."""
    found = EXPERIMENT.measure(read(EXPERIMENT.settings, {"condition": condition})).shown
    assert len(found.nesterov) == STEPS == 500
    assert found.bound is not None
    assert (found.nesterov <= found.bound).all()
    assert found.bound[0] == pytest.approx(2 * condition * 2 / 4)


@pytest.mark.row("S3-20")
def test_beyond_its_rate_nothing_is_promised():
    """At 1.5 / L the same loss breaks the bound."""
    found = convex(1000.0, 1.5)
    assert found.bound is not None
    assert (found.nesterov > found.bound).any()


@pytest.mark.row("S3-20")
def test_a_network_has_winners_of_both_kinds():
    """For some first weights Nesterov ends below gradient descent, for others above; no bound is drawn."""
    races = [network(seed) for seed in range(6)]
    ahead = {bool(race.nesterov[-1] < race.descent[-1]) for race in races}
    assert ahead == {True, False}
    assert all(race.bound is None for race in races)
    assert answer() == int(np.argmin([races[0].nesterov[-1], races[0].descent[-1]]))
