"""Learning rate and momentum together: borders, predicted and measured rates, the contest of rules."""

import pytest

import landscape as ls
from landscape.lessons.optimizers.pad import EXPERIMENT, RATES, answer, contest
from landscape.lessons.settings import read
from landscape.study.optimizers.momentum import settle


def at(**values):
    return EXPERIMENT.measure(read(EXPERIMENT.settings, values))


@pytest.mark.row("S2-28")
def test_momentum_moves_the_border_of_stability():
    """On curvature 10 with momentum 0.9 the border is 0.38, and the pad's own borders hold on the ravine."""
    assert settle(ls.Momentum(0.379, 0.9), [10.0], 20_000).steps is not None
    assert settle(ls.Momentum(0.381, 0.9), [10.0], 20_000).lost
    assert at(rule="momentum", momentum=0.9).border == pytest.approx(2 * 1.9 / 20)


@pytest.mark.row("S2-28", "S2-35")
@pytest.mark.parametrize(("rule", "border"), [("momentum", 2 * 1.9 / 20), ("nesterov", 2 * 1.9 / 2.8 / 20)])
def test_the_border_that_is_drawn_is_where_runs_are_lost(rule, border):
    """At every momentum of the pad: hardly a run beyond the border lives, none before it is lost."""
    found = at(rule=rule, momentum=0.9)
    assert found.border == pytest.approx(border)
    assert found.lost[RATES[:, None] > 1.1 * found.edge].mean() > 0.95
    assert not found.lost[RATES[:, None] < 0.99 * found.edge].any()


@pytest.mark.row("S2-28")
@pytest.mark.parametrize(("rule", "rate"), [("momentum", 0.12), ("nesterov", 0.05)])
def test_the_measured_rate_is_the_predicted_one(rule, rate):
    """Inside the border theory and the run agree to a hundredth."""
    found = at(rule=rule, rate=rate)
    assert found.measured == pytest.approx(found.predicted, abs=0.01)


@pytest.mark.row("S2-34")
def test_momentum_swings_and_still_arrives():
    """It overshoots beyond -0.5 and is within a millionth all the same."""
    ball = contest()[0]["momentum"]
    assert ball.overshoot == pytest.approx(-0.604, abs=1e-3)
    assert ball.steps == 257
    assert not ball.lost


@pytest.mark.row("S2-35")
def test_which_momentum_is_faster_depends_on_the_setting():
    """At one setting Nesterov is quicker and overshoots less; tuned, heavy ball is; its range is narrower."""
    same, tuned = contest()
    assert (same["nesterov"].steps, same["momentum"].steps) == (131, 257)
    assert same["nesterov"].overshoot == pytest.approx(-0.355, abs=1e-3)
    taken = [tuned[name].steps or 0 for name in ("momentum", "nesterov", "sgd")]
    assert 0 < taken[0] < taken[1] < taken[2]
    assert answer() == 1
    assert not settle(ls.Nesterov(0.1355, 0.9), [10.0], 20_000).lost
    assert settle(ls.Nesterov(0.1358, 0.9), [10.0], 40_000).lost
