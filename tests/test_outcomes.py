"""What became of a run: the endings, the arrival, the rates beside the theory."""

import numpy as np
import pytest

import landscape as ls

BOWL = ls.SURFACES["bowl"]


def judged(rule, surface, start, steps):
    return ls.outcome(rule, surface, ls.run(rule, surface, np.array(start), steps))


def test_an_arrived_run_says_when_and_how_near():
    result = judged(ls.SGD(0.1), BOWL, (1.0, 0.0), 60)
    # On x^2 + y^2 each step leaves 0.8 of the distance; the radius is 2.5 % of the short side, 0.1.
    assert result.ending == "arrived"
    assert result.arrived == int(np.ceil(np.log(BOWL.arrival_radius) / np.log(0.8)))
    assert result.distance == pytest.approx(0.8**60, rel=1e-3)
    assert result.predicted == pytest.approx(0.8, rel=1e-4)
    assert result.measured == pytest.approx(0.8, rel=1e-2)
    assert result.spent == 60
    assert result.left is None


def test_a_slow_run_is_still_moving():
    result = judged(ls.SGD(1e-3), BOWL, (1.0, 0.0), 60)
    assert (result.ending, result.arrived) == ("moving", None)
    assert result.distance == pytest.approx(0.998**60, rel=1e-3)


def test_a_diverged_run_says_when_it_left_and_gives_no_loss():
    result = judged(ls.SGD(1.5), BOWL, (1.0, 0.0), 300)
    # The factor is -2: beyond 3.2, the edge of the picture, after the second step.
    assert (result.ending, result.left, result.loss, result.distance) == ("diverged", 2, None, None)
    assert result.predicted > 1
    assert result.measured is None


def test_a_local_minimum_is_told_from_the_global_one():
    well = ls.SURFACES["double_well"]
    ends = [judged(ls.SGD(0.05), well, tuple(minimum + 0.02), 300) for minimum in well.minima]
    assert [end.lowest for end in ends] == [True] + [False] * (len(ends) - 1)


def test_a_saddle_where_the_gradient_is_zero_is_no_minimum():
    result = judged(ls.SGD(0.1), ls.SURFACES["dauphin_saddle"], (0.5, 0.0), 300)
    assert (result.ending, result.distance, result.lowest) == ("converged", None, None)


@pytest.mark.parametrize(("rule", "cost"), [(ls.SAM(ls.SGD(0.1)), 2), (ls.Newton(), 3)])
def test_evaluations_count_what_a_rule_spends(rule, cost):
    assert judged(rule, BOWL, (1.0, 1.0), 20).spent == 20 * cost
