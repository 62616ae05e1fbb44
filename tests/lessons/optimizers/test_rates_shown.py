"""The rates that a page of the regression shows are those that its runs used."""

import jax
import numpy as np
import pytest

import landscape as ls
from landscape.lessons.optimizers import assignment, tenfold
from landscape.problems.networks.objectives import objective
from landscape.study.optimizers import regression
from landscape.study.optimizers.regression import BATCH, EVERY, MOMENTUM, NETWORK, RATES

pytestmark = pytest.mark.slow

NAMES = tuple(RATES)


def going(done, total):
    """Never asks to stop."""
    return True


@pytest.fixture(scope="module")
def short():
    """The contest, ended at its first record."""
    return regression.contest(steps=EVERY)


@pytest.fixture(autouse=True)
def cut(monkeypatch, short):
    """The pages see no more of it."""
    for page in (assignment, tenfold):
        monkeypatch.setattr(page, "trained", lambda *given, **options: short)


@jax.jit
def walked(rule, params, order, x, y):
    """Where a rule leads on given batches."""

    def step(carry, batch):
        params, state = carry
        return rule.step(lambda p: objective(NETWORK.apply(p, x[batch]), y[batch]), params, state, None), None

    return jax.lax.scan(step, (params, rule.init(params)), order)[0][0]


def replayed(lane, rule, seed=0):
    """The loss after a hundred steps of one rule on a lane's own batches."""
    data = regression.examples()
    params = walked(rule, jax.tree.map(lambda leaf: leaf[seed], lane.start), lane.order[seed], *data.train)
    return float(objective(NETWORK.apply(params, data.test.x), data.test.y))


def rule(name, rate):
    """A rule as its page describes it."""
    return {"sgd": ls.SGD, "momentum": lambda it: ls.Momentum(it, 0.9), "adam": ls.Adam}[name](rate)


@pytest.mark.row("S2-74")
@pytest.mark.parametrize("rates", ["same", "tuned"])
def test_the_rate_beside_a_loss_is_the_one_that_reached_it(short, rates):
    """Each lane again, alone, at the rate that the leaderboard and the prose name: it ends the same."""
    settings = assignment.Settings(budget=EVERY, rates=rates, rate="0.003")
    found = assignment.measure(settings, going)
    told = assignment.numbers(settings, found)
    assert {place.name for place in found.board} == set(NAMES)
    for place in found.board:
        assert told[f"{place.name}_rate"] == place.rate
        again = replayed(short[place.name], rule(place.name, place.rate))
        assert place.losses[0] == pytest.approx(again, rel=1e-3)
    if rates == "same":
        assert {place.rate for place in found.board} == {0.003}
    else:
        for place in found.board:
            every = np.median(short[place.name].loss[:, :, 1], axis=1)
            assert place.middle == every.min()


@pytest.mark.row("S2-79")
@pytest.mark.parametrize("name", ["sgd", "momentum"])
def test_the_effective_rate_is_what_a_steady_gradient_is_multiplied_by(short, name):
    """Under a slope of 1 a rule moves by it at every step once its velocity is full: eta / (1 - rho)."""
    path = ls.run(rule(name, 0.001), lambda x: x.sum(), np.zeros(1, np.float32), 400)
    steady = -float(path.update[-1, 0])
    lane = short[name]
    np.testing.assert_allclose(lane.effective[lane.at(0.001)], steady, rtol=1e-3)
    settings = tenfold.Settings(budget=300)
    found = tenfold.measure(settings, going)
    np.testing.assert_allclose(found.effective(name), steady, rtol=1e-3)
    if name == "momentum":
        assert float(tenfold.numbers(settings, found)["effective"]) == pytest.approx(steady, rel=1e-3)
        assert steady == pytest.approx(0.001 / (1 - MOMENTUM), rel=1e-3)


def test_batches_are_as_large_as_the_page_says(short):
    """Sixty-four examples each."""
    settings = assignment.Settings()
    told = assignment.numbers(settings, assignment.measure(settings, going))
    assert told["batch"] == BATCH == short["sgd"].order.shape[-1] == 64
