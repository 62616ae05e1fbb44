"""The ravine: steps in proportion to the condition number, and a path that jumps across."""

import numpy as np
import pytest

import landscape as ls
from landscape.descent.theory import best, convergence_rate
from landscape.lessons.settings import read
from landscape.lessons.terrain.zigzag import EXPERIMENT, answer, numbers
from landscape.problems.surfaces.quadratics import Ravine
from landscape.study.terrain.ravines import CONDITIONS, counted, tuned


def found(**values):
    """What the experiment measures and says at some settings."""
    settings = read(EXPERIMENT.settings, values)
    result = EXPERIMENT.measure(settings)
    return result, numbers(settings, result)


@pytest.mark.row("S3-03")
def test_only_the_steep_coordinate_changes_its_sign():
    """At 1.9 over the steepest curvature it flips in each of the first 20 steps, the other one never."""
    said = found()[1]
    assert (said["across"], said["along"]) == (20, 0)


@pytest.mark.row("S3-03")
def test_steps_grow_with_the_condition_number():
    """1, 69, 691 and 6908 at the best rate, as predicted; heavy ball grows with its root."""
    theory, steps = tuned(ls.SGD)
    at = [int(np.argmin(np.abs(CONDITIONS - k))) for k in (1, 10, 100, 1000)]
    assert steps[at] == pytest.approx([1, 69, 691, 6908], rel=0.02)
    assert steps == pytest.approx(np.ceil(theory - 1e-9), abs=1)
    ball = tuned(ls.Momentum)[1]
    assert ball[-1] < steps[-1] / 10
    assert answer() == 1


@pytest.mark.row("S3-03")
def test_each_step_keeps_the_predicted_share():
    """99/101 for curvatures 1 and 100 at the best rate, in theory and along the run."""
    rule = ls.SGD(2 / 101)
    assert best(ls.SGD, [1.0, 100.0]) == rule
    assert convergence_rate(rule, [1.0, 100.0]) == pytest.approx(99 / 101, abs=1e-4)
    surface = Ravine(condition=100.0)
    path = np.asarray(ls.run(rule, surface, np.array([1.0, 1.0]), 40).params, float)
    distance = np.linalg.norm(path, axis=1)
    assert distance[1:] / distance[:-1] == pytest.approx(99 / 101, abs=1e-4)


def test_beyond_two_over_the_steepest_curvature_it_never_arrives():
    """Theory says so, and so does the run."""
    result = found(share=2.1)[0]
    assert np.isinf(result.theory["descent"])
    assert np.isnan(result.steps["descent"])
    assert np.isnan(counted([0.021], [0.0], [100.0])[0])
