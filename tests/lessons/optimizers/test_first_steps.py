"""First steps, bias correction, and the rate that Adadelta hides."""

import numpy as np
import pytest

import landscape as ls
from landscape.lessons.optimizers.first_steps import EXPERIMENT, answer
from landscape.lessons.settings import read
from landscape.study.optimizers.first_steps import STEADY
from landscape.study.optimizers.momentum import fed

SLOPES = (1e-3, 1.0, 1e3)


def at(**values):
    return EXPERIMENT.measure(read(EXPERIMENT.settings, values))


@pytest.mark.row("S2-46")
def test_epsilon_is_adadeltas_hidden_rate():
    """0.004472 at eps 1e-6 on a slope of 1000; a hundredfold eps makes it ten times as long."""
    found = at(gradient=1000.0, eps=1e-6)
    small, large = (lengths[0] for lengths in found.steps.adadelta.values())
    assert small == pytest.approx(0.004472, abs=1e-5)
    assert large / small == pytest.approx(10, rel=1e-3)
    assert answer() == 1


@pytest.mark.row("S2-47")
def test_rmsprop_begins_long_and_settles_at_its_rate():
    """One over the root of 1 - gamma, then 1."""
    for decay, first in ((0.9, 3.1623), (0.99, 10.0)):
        found = at(b2=decay).steps.rmsprop
        assert found[0] == pytest.approx(first, rel=1e-4)
        assert found[STEADY - 1] == pytest.approx(1.0, rel=1e-3)


@pytest.mark.row("S2-48")
def test_adam_without_momentum_and_correction_is_rmsprop():
    """Step for step, on the slope that turns round and on random gradients."""
    found = at(b1=0.0, b2=0.9, gradient=1.0)
    np.testing.assert_allclose(found.chosen, found.steps.rmsprop, atol=1e-5)
    gradients = np.random.default_rng(0).normal(size=500)
    adam = fed(ls.Adam(0.1, 0.0, 0.9, 1e-8, bias_correction=False), gradients)[0]
    np.testing.assert_allclose(adam, fed(ls.RMSProp(0.1, 0.9, 0.0, 1e-8, False), gradients)[0], atol=1e-9)


@pytest.mark.row("S2-49")
def test_adams_first_step_is_its_rate():
    """Whatever the slope; 3.162 times as long without correction; both written forms agree."""
    for slope in SLOPES:
        found = at(gradient=slope, corrected=True)
        assert found.chosen[0] == pytest.approx(1, rel=1e-4)
        assert found.other[0] == pytest.approx(3.1623, rel=1e-3)
    gradients = np.random.default_rng(0).normal(size=200)
    moves, memory = fed(ls.Adam(0.05, 0.9, 0.999, 0.0, True), gradients)
    t = np.arange(1, 201)
    rate = 0.05 * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    np.testing.assert_allclose(
        moves, -rate * memory["first_moment"] / np.sqrt(memory["second_moment"]), atol=1e-10
    )


@pytest.mark.row("S2-49")
def test_b1_is_how_long_momentum_lasts():
    """After the slope has turned, the steps follow later the longer the memory is."""
    turns = [int(np.argmax(at(b1=b1).chosen[STEADY:] < 0)) for b1 in (0.0, 0.9, 0.95)]
    assert turns[0] == 0
    assert turns[0] < turns[1] < turns[2]
