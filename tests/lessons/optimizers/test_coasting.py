"""A slope that ends in a plateau: velocity, its build-up, and what is left to travel."""

import numpy as np
import pytest

from landscape.lessons.optimizers.coasting import AGES, EXPERIMENT, answer
from landscape.lessons.settings import read
from landscape.study.optimizers.coasting import build_up, coast


def at(**values):
    return EXPERIMENT.measure(read(EXPERIMENT.settings, values))


@pytest.mark.row("S1-15", "S3-16")
@pytest.mark.parametrize("rho", [0.5, 0.9, 0.99])
def test_a_steady_slope_is_amplified(rho):
    """Under a gradient of 1 the velocity tends to 1 / (1 - rho): 2, 10 and 100."""
    assert build_up(rho).terminal == pytest.approx(1 / (1 - rho), rel=1e-3)
    assert EXPERIMENT.numbers(read(EXPERIMENT.settings, {"momentum": rho}), at(momentum=rho))[
        "effective"
    ] == pytest.approx(0.1 / (1 - rho), rel=1e-3)


@pytest.mark.row("S2-29")
@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9, 0.99])
def test_the_stacked_gradients_are_the_velocity(rho):
    """The sum of faded gradients is the rule's own velocity, on the slope and on the plateau."""
    found = at(momentum=rho)
    assert len(found.parts) == len(AGES)
    np.testing.assert_allclose(found.parts.sum(0), -found.ball.velocity[: found.shown], atol=1e-6)


@pytest.mark.row("S2-29")
def test_what_is_left_to_travel():
    """From full speed 90 plain steps remain at 0.9; from any speed as many as theory says."""
    full = coast(0.1, 0.9, 100.0)
    assert full.beyond == pytest.approx(90 * 0.1, rel=1e-3)
    assert answer() == 2
    for rho in (0.0, 0.5, 0.9):
        found = at(momentum=rho)
        assert found.ball.beyond == pytest.approx(found.ball.promised, abs=1e-6)


@pytest.mark.row("S2-30")
def test_once_flowing_it_keeps_flowing():
    """63 % of its speed take 10 and 100 steps; gradient descent stops where the slope does."""
    assert abs(build_up(0.9).steps - 10) <= 1
    assert abs(build_up(0.99).steps - 100) <= 2
    found = at()
    assert found.plain.beyond == 0
    assert found.ball.beyond > 5
    assert found.ball.edge is not None
    assert found.plain.edge is not None
    assert found.ball.edge < found.plain.edge
