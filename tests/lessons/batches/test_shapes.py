"""The shapes of loss curves: the rule that names them, on a parabola and on a real network."""

import numpy as np
import pytest

from landscape.lessons.batches.shapes import STEPS, Settings, answer, measure, numbers
from landscape.lessons.settings import read
from landscape.study.batches.shapes import TURNING, turned

NAMES = ["low", "good", "high", "diverged"]


@pytest.mark.row("S3-30")
@pytest.mark.parametrize("problem", ["parabola", "network"])
def test_the_rule_names_the_four_rates(problem):
    """The ladder of rates is called low, good, high and diverged, on Q(10) and on the small tanh network."""
    found = measure(read(Settings, {"problem": problem}))
    assert found.labels[:4] == NAMES
    assert found.labels[found.order[answer()]] == "good" or problem == "parabola"


@pytest.mark.row("S3-30")
def test_too_high_turns_back_on_the_parabola_and_on_the_network_only_rises():
    """Above one over the curvature every step turns back; the network's run rises ninefold at
    once and ends lower than the good one: for the share of its turns alone it would not be high."""
    parabola, network = (measure(read(Settings, {"problem": name})).found for name in ("parabola", "network"))
    assert turned(parabola)[2] == 1.0
    assert turned(network)[2] < TURNING / 4
    good, high = network.loss[1], network.loss[2]
    told = numbers(read(Settings, {"problem": "parabola"}), measure(read(Settings, {"problem": "parabola"})))
    assert float(told["rise"]) == pytest.approx(high.max() / high[0])
    assert 8 < float(told["rise"]) < 10
    assert told["rise_step"] == 2
    assert (told["high_end"], told["good_end"]) == (high[STEPS], good[STEPS])
    assert high[STEPS] < good[STEPS]


@pytest.mark.row("S3-30")
def test_one_curve_may_belong_to_two_rates():
    """On a parabola far too low and almost too high give the same loss; only the turns tell them apart."""
    found = measure(read(Settings, {"problem": "parabola"})).found
    np.testing.assert_allclose(found.loss[0], found.loss[2], rtol=2e-3)
    assert (found.cosine[0] > 0.99).all()
    assert (found.cosine[2] < -0.99).all()
