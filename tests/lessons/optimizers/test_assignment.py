"""The regression assignment: what every lane was given, and who is ahead at which budget."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from landscape.core import tree
from landscape.lessons.optimizers import tenfold
from landscape.study.optimizers import regression
from landscape.study.optimizers.regression import NETWORK, POINTS, RATES, trained

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def contest():
    """The whole contest on shared batches."""
    return trained()


@pytest.mark.row("S2-72")
def test_the_network_is_affine_tanh_affine_tanh_affine(contest):
    """It has 4,353 numbers, and equals its layers written out one after another."""
    params = jax.tree.map(lambda leaf: leaf[0], contest["sgd"].start)
    assert tree.size(params) == 4353
    h = jnp.asarray(POINTS)[:, None]
    for layer in params[:-1]:
        h = jnp.tanh(h @ layer["weight"] + layer["bias"])
    written = (h @ params[-1]["weight"] + params[-1]["bias"])[:, 0]
    np.testing.assert_allclose(NETWORK.apply(params, POINTS[:, None]), written, atol=1e-6)


@pytest.mark.row("S2-74")
def test_momentum_of_zero_is_gradient_descent():
    """Bit by bit, along a whole run."""
    surface = ls.SURFACES["rosenbrock"]
    one, other = (ls.run(rule, surface, surface.start, 50) for rule in (ls.SGD(1e-3), ls.Momentum(1e-3, 0.0)))
    assert (one.params == other.params).all()


@pytest.mark.row("S2-76")
def test_every_lane_sees_the_same_batches_from_the_same_start(contest):
    """Index by index; drawn apart they differ, and each epoch still visits an example once."""
    first = contest["sgd"]
    for lane in contest.values():
        assert (lane.order == first.order).all()
        assert all(
            np.array_equal(a, b)
            for a, b in zip(*map(jax.tree.leaves, (lane.start, first.start)), strict=True)
        )
        assert (lane.loss[:, :, 0] == first.loss[0, :, 0]).all()
    assert (regression.orders(1, 2, shared=False) != regression.orders(2, 2, shared=False)).any()
    epoch = first.order[0, : 10_000 // 64].ravel()
    assert len(np.unique(epoch)) == len(epoch)


@pytest.mark.row("S2-77")
def test_the_order_depends_on_the_budget(contest):
    """At one rate Adam leads after 1,000 steps from every seed; after 4,000 from none."""
    rate = 0.01
    sgd, ball, adam = (contest[name].loss[contest[name].at(rate)] for name in RATES)
    assert (adam[:, 10] < ball[:, 10]).all()
    assert (ball[:, 10] < sgd[:, 10]).all()
    assert (adam[:, 40] > np.minimum(ball, sgd)[:, 40]).all()


@pytest.mark.row("S2-78")
@pytest.mark.parametrize("steps", [300, 1000, 3000])
def test_momentum_is_a_rate_ten_times_as_large(contest, steps):
    """Gradient descent at ten times the rate ends within 5 % of it."""
    k = steps // regression.EVERY
    sgd, ball = contest["sgd"].loss, contest["momentum"].loss
    np.testing.assert_allclose(sgd[contest["sgd"].at(0.01), :, k], ball[0, :, k], rtol=0.05)


@pytest.mark.row("S2-78")
@pytest.mark.parametrize(("steps", "low", "high"), [(300, 1.1, 1.5), (1000, 3, 10), (3000, 3, 10)])
def test_at_the_same_rate_it_is_three_times_behind_only_after_a_thousand_steps(contest, steps, low, high):
    """From every seed; after 300 steps it is behind by a third, and the page's own numbers say so."""
    k = steps // regression.EVERY
    behind = contest["sgd"].loss[0, :, k] / contest["momentum"].loss[0, :, k]
    assert ((behind > low) & (behind < high)).all()
    settings = tenfold.Settings(budget=steps)
    told = tenfold.numbers(settings, tenfold.measure(settings, lambda done, total: True))
    medians = [np.median(contest[name].loss[0, :, k]) for name in ("sgd", "momentum")]
    assert float(told["ratio"]) == pytest.approx(medians[0] / medians[1])
    at = {told["short"]: told["short_ratio"], told["long"]: told["long_ratio"]}
    assert steps not in at or at[steps] == told["ratio"]


@pytest.mark.row("S2-79")
def test_adam_gives_every_parameter_its_own_rate(contest):
    """After 100 steps nine tenths of its rates span more than a decade; gradient descent's none."""
    low, high = np.percentile(np.log10(contest["adam"].effective[contest["adam"].at(0.01), 1]), [5, 95])
    assert high - low > 1
    assert np.ptp(contest["sgd"].effective[0, 1]) == 0
