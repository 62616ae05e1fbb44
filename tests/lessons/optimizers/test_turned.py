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
def test_the_steps_until_the_way_out_exceeds_one():
    """Each count along the axes and at 45 degrees; plain descent's by its recurrence, 1.005^k > 1000."""
    found = EXPERIMENT.measure(read(EXPERIMENT.settings, {})).curve
    counts = {"sgd": (1386, 1386), "momentum": (193, 193), "nesterov": (188, 188)}
    counts |= {"adagrad": (57, 15426), "rmsprop": (8, 98), "adam": (20, 476)}
    assert {name: (found[name][0], found[name][-1]) for name in counts} == counts
    assert found["sgd"][0] == np.ceil(np.log(1000) / np.log1p(0.05 * 0.1))


@pytest.mark.row("S3-26")
@pytest.mark.parametrize("name", ["sgd", "momentum", "nesterov"])
def test_rules_without_axes_do_not_notice_the_turn(name):
    """Their steps until the exit are the same at every angle."""
    found = EXPERIMENT.measure(read(EXPERIMENT.settings, {"angle": 20.0})).curve[name]
    assert np.ptp(found) == 0
