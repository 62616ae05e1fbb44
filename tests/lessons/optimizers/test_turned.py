"""The turned saddle: who leaves it when."""

import numpy as np
import pytest

from landscape.lessons.optimizers.turned import EXPERIMENT, NAMES, answer
from landscape.lessons.settings import read

pytestmark = pytest.mark.slow


@pytest.mark.row("S3-26")
def test_adagrad_depends_on_how_the_saddle_is_turned():
    """Before gradient descent along the axes, far behind it and behind RMSProp at 45 degrees."""
    found = EXPERIMENT.measure(read(EXPERIMENT.settings, {}))
    along, turned = ({name: found.curve[name][i] for name in NAMES} for i in (0, -1))
    assert along["adagrad"] < along["sgd"]
    assert turned["adagrad"] > 5 * turned["sgd"]
    assert turned["adagrad"] > 50 * turned["rmsprop"]
    assert found.here["adagrad"] == turned["adagrad"]
    assert answer() == 1


@pytest.mark.row("S3-26")
@pytest.mark.parametrize("name", ["sgd", "momentum", "nesterov"])
def test_rules_without_axes_do_not_notice_the_turn(name):
    """Their steps until the exit are the same at every angle."""
    found = EXPERIMENT.measure(read(EXPERIMENT.settings, {"angle": 20.0})).curve[name]
    assert np.ptp(found) == 0
