"""The loss in other units, and rates that depend on the size of the weights."""

import numpy as np
import pytest

from landscape.lessons.optimizers.rescale import EXPERIMENT, SHARE, answer
from landscape.lessons.settings import read
from landscape.study.optimizers import trust_ratio
from landscape.study.optimizers.trust_ratio import digit_layers

START = {"x": 1.0, "y": 1.0}


@pytest.mark.slow
@pytest.mark.row("S1-13")
def test_adaptive_paths_do_not_know_the_units_of_the_loss():
    """A thousandfold loss moves no adaptive path by 1e-4; gradient descent does not survive it."""
    found = EXPERIMENT.measure(read(EXPERIMENT.settings, {"factor": 1000.0} | START))
    assert all(found.here[name] < 1e-4 for name in ("adagrad", "rmsprop", "adadelta", "adam"))
    assert found.here["sgd"] == np.inf
    assert found.runs["sgd"].last < found.runs["sgd"].steps
    assert answer() == 1


@pytest.mark.row("S1-13")
def test_only_epsilon_knows_the_units():
    """A thousandth of the loss is felt by Adadelta, whose eps stands under the root, and hardly by Adam."""
    here = EXPERIMENT.measure(read(EXPERIMENT.settings, {"factor": 1e-3})).here
    assert here["adadelta"] > 0.1
    assert max(here["adam"], here["adagrad"]) < 1e-3


@pytest.mark.row("S1-16")
@pytest.mark.parametrize("factor", [1e-3, 1.0, 1e3])
def test_a_trust_ratio_moves_every_layer_by_the_same_share(factor):
    """Whatever the scale, a real step at the shown rate moves each layer by the coefficient, and what is
    shown is what it moved by; with gradient descent the layers move by shares of their own."""
    trust = EXPERIMENT.measure(read(EXPERIMENT.settings, {"factor": factor})).trust
    weights, gradient = digit_layers()
    assert len(trust) == 3
    for shown, w, g in zip(trust, weights, gradient, strict=True):
        for rate, moved in ((shown.ratio, shown.trusted), (0.1, shown.descent)):
            after = w - np.float64(rate) * factor * g
            assert np.linalg.norm(after - w) / np.linalg.norm(w) == pytest.approx(moved, rel=1e-5)
        assert shown.trusted == pytest.approx(SHARE, abs=1e-5)
        assert shown.gradient == pytest.approx(factor * np.linalg.norm(g), rel=1e-5)
    assert max(u.descent for u in trust) > 2 * min(u.descent for u in trust)


@pytest.mark.row("S1-16")
def test_a_wrong_ratio_would_be_seen(monkeypatch):
    """The share that is shown is measured, not the coefficient itself: with twice the rates it is twice."""
    right = trust_ratio.trust_ratio
    monkeypatch.setattr(trust_ratio, "trust_ratio", lambda w, g, c: [2 * rate for rate in right(w, g, c)])
    found = trust_ratio.updates(*digit_layers(), 0.1, SHARE)
    np.testing.assert_allclose([u.trusted for u in found], 2 * SHARE, rtol=1e-5)
