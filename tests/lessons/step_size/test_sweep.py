"""Twenty-one rates at once: the border is where theory puts it, and moves with the curvature."""

import numpy as np
import pytest

from landscape.lessons.settings import read
from landscape.lessons.step_size.sweep import CURVATURES, EXPERIMENT, WELL, answer
from landscape.study.step_size.rate_sweep import RATES, Verdict, edge, swept


def at(**moved):
    """What the experiment measures with some settings moved."""
    return EXPERIMENT.measure(read(EXPERIMENT.settings, moved))


@pytest.mark.row("S1-12")
def test_every_label_is_the_one_that_theory_gives():
    """On curvature 10, from 0.001 to 1: a run diverged if and only if its rate is above 0.2."""
    found = at().own
    assert len(RATES) == 21
    assert RATES[[0, -1]] == pytest.approx([1e-3, 1.0])
    assert ((found.verdicts == Verdict.DIVERGED) == (RATES > 0.2)).all()
    assert abs(np.log(RATES[found.best] / 0.1)) < np.log(RATES[1] / RATES[0])


@pytest.mark.row("S1-12")
@pytest.mark.parametrize("surface", ["parabola", "ravine"])
@pytest.mark.parametrize("steps", [5, 30, 300])
def test_a_quadratic_diverges_beyond_the_border_whatever_the_patience(surface, steps):
    """At every curvature, none that should stay leaves; what should leave does once it had the time to."""
    for curvature in CURVATURES:
        found = at(surface=surface, curvature=curvature, steps=steps).own.verdicts == Verdict.DIVERGED
        assert not found[2 / curvature >= RATES].any()
        if steps >= 30:
            assert found[2 / curvature < RATES].all()


@pytest.mark.row("S2-27")
def test_the_good_zone_moves_with_the_curvature():
    """The best rates on curvatures 1 and 100 differ tenfold at least, and no rate is good on both."""
    others = at().others
    flat, steep = others[1.0], others[100.0]
    assert RATES[flat.best] >= 10 * RATES[steep.best]
    good = [RATES[sweep.verdicts == Verdict.GOOD] for sweep in (flat, steep)]
    assert good[0].min() > good[1].max()
    assert answer() == 2


@pytest.mark.row("S5-10")
def test_the_best_rate_lies_inside_the_range():
    """On curvature 10 the loss rises towards both ends of the sweep."""
    found = at().own
    assert 0 < found.best < 20
    assert found.loss[0] > found.loss[found.best] < found.loss[-1]


def test_on_the_double_well_the_border_holds_near_the_minimum_only():
    """From 1.8, where the curve is steeper, runs leave their valley well before its own border."""
    found = at(surface="well").own
    assert np.isfinite(found.loss[found.verdicts == Verdict.GOOD]).all()
    assert float(WELL.minima[1][0]) < 1.8
    good = edge(RATES, found.verdicts)
    assert good is not None
    assert good[1] < 0.2


def test_scaling_the_loss_is_scaling_the_rate():
    """Ten times the loss at a tenth of the rate is the same run."""
    once, tenfold = (swept(WELL, np.array([1.8]), 20, scale, RATES / scale) for scale in (1.0, 10.0))
    assert (once.verdicts == tenfold.verdicts).all()
