"""Nesterov's bound on convex losses, and a network without one."""

import numpy as np
import pytest

import landscape as ls
from landscape.descent.double import in_double
from landscape.descent.follow import follow
from landscape.lessons.optimizers.guarantee import EXPERIMENT, answer, numbers
from landscape.lessons.settings import read
from landscape.problems.surfaces.quadratics import Ravine
from landscape.study.optimizers.guarantee import STEPS, Accelerated, Growing, ahead, convex, network


@pytest.mark.row("S3-20")
@pytest.mark.parametrize("condition", [10.0, 1000.0, 10_000.0])
def test_a_convex_loss_stays_below_the_bound(condition):
    """With the growing momentum the loss is below 2 |x0 - x*|^2 / (eta (t + 1)^2) for t = 1 .. 500."""
    found = EXPERIMENT.measure(read(EXPERIMENT.settings, {"condition": condition})).shown
    assert len(found.nesterov) == STEPS == 500
    assert found.bound is not None
    assert (found.nesterov <= found.bound).all()
    assert found.bound[0] == pytest.approx(2 * condition * 2 / 4)


@pytest.mark.row("S3-20")
@pytest.mark.parametrize("scale", [0.25, 0.5])
def test_a_smaller_rate_has_a_bound_of_its_own(scale):
    """At a fraction of 1/L the bound is as many times higher, and kept."""
    whole, part = (convex(1000.0, factor) for factor in (1.0, scale))
    assert whole.bound is not None
    assert part.bound is not None
    np.testing.assert_allclose(part.bound, whole.bound / scale)
    assert (part.nesterov <= part.bound).all()


@pytest.mark.row("S3-20")
def test_the_schedule_is_the_one_that_the_page_prints():
    """Momentum (t - 1) / (t + 2) from t = 1 on, written out in NumPy."""
    curvatures = np.array([1.0, 100.0])
    x = before = np.ones(2)
    losses = []
    for t in range(1, STEPS + 1):
        ahead = x + (t - 1) / (t + 2) * (x - before)
        x, before = ahead - curvatures * ahead / 100.0, x
        losses.append(0.5 * float(curvatures @ x**2))
    np.testing.assert_allclose(convex(100.0).nesterov, losses, rtol=1e-6, atol=1e-18)


@pytest.mark.row("S3-20")
def test_beyond_its_rate_nothing_is_promised():
    """At 1.5 / L the same loss breaks the bound."""
    found = convex(1000.0, 1.5)
    assert found.bound is not None
    assert (found.nesterov > found.bound).any()


@pytest.mark.row("S3-20")
def test_a_network_has_winners_of_both_kinds():
    """For some first weights Nesterov ends below gradient descent, for others above; no bound is drawn."""
    races = [network(seed) for seed in range(6)]
    assert {bool(race.nesterov[-1] < race.descent[-1]) for race in races} == {True, False}
    assert all(race.bound is None for race in races)


@pytest.mark.slow
@pytest.mark.row("S3-20")
def test_the_first_network_is_no_exception():
    """Nesterov wins with 99 of 100 first weights, and the default is one of them; the other one is named."""
    settings = read(EXPERIMENT.settings, {})
    told = numbers(settings, EXPERIMENT.measure(settings))
    races = [network(seed) for seed in range(100)]
    won = [race.nesterov[-1] < race.descent[-1] for race in races]
    assert ahead().tolist() == won
    assert (told["draws"], told["ahead"], told["other"]) == (100, sum(won), won.index(False))
    assert sum(won) >= 97
    assert won[settings.draw]
    assert answer() == 0
    assert float(told["net"]) < float(told["net_descent"])
    assert float(told["other_net"]) > float(told["other_descent"]) > float(told["other_lowest"])


@pytest.mark.row("S3-20")
def test_the_form_of_the_proof_takes_the_steps_of_nesterovs_rule():
    """The library's rule with the same growing momentum, which carries a velocity, passes the same points."""
    bowl, start = Ravine(100.0), np.array([1.0, 1.0])
    proof, rule = (
        in_double(lambda x, kind=kind: follow(kind(0.01, Growing()), bowl, x, 100)[0], start)
        for kind in (Accelerated, ls.Nesterov)
    )
    np.testing.assert_allclose(proof, rule, rtol=1e-12, atol=1e-14)
