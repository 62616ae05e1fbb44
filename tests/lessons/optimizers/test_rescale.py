"""The loss in other units, and rates that depend on the size of the weights."""

import numpy as np
import pytest

from landscape.lessons.optimizers.rescale import EXPERIMENT, SHARE, answer
from landscape.lessons.settings import read

START = {"x": 1.0, "y": 1.0}


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
    """Whatever the scale, each layer moves by the coefficient; with gradient descent it does not."""
    trust = EXPERIMENT.measure(read(EXPERIMENT.settings, {"factor": factor})).trust
    assert len(trust) == 3
    np.testing.assert_allclose([u.trusted for u in trust], SHARE, atol=1e-5)
    assert max(u.descent for u in trust) > 2 * min(u.descent for u in trust)
