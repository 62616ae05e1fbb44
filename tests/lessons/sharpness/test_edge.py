"""The edge of stability, as the notes' claim on small batches is checked against it."""

import jax
import numpy as np
import pytest

from landscape.lessons.settings import read
from landscape.lessons.sharpness.edge import EXPERIMENT, Settings, answer, numbers
from landscape.study.common.noisy_cosine import wave
from landscape.study.sharpness.edge_of_stability import NETWORK, Descent, HalfSquares, descend

pytestmark = pytest.mark.slow

RATES, SEEDS = (0.05, 0.1), range(3)


@pytest.fixture(scope="module")
def settled():
    """The sharpness at the end by rate, batch and seed."""
    return {
        (rate, batch): np.array([descend(rate, batch, steps=20_000, seed=seed).settled for seed in SEEDS])
        for rate in RATES
        for batch in (256, 16, 4)
    }


@pytest.mark.row("S2-24")
@pytest.mark.parametrize("rate", RATES)
def test_full_batches_settle_at_two_over_the_rate(settled, rate):
    """Within 5 %, from every start: 40 at .05 and 20 at .1."""
    assert np.abs(settled[rate, 256] * rate / 2 - 1).max() < 0.05


@pytest.mark.row("S2-24")
@pytest.mark.parametrize("rate", RATES)
def test_small_batches_settle_flatter(settled, rate):
    """Batches of 4 at less than half the sharpness of all examples, batches of 16 in between."""
    four, sixteen, full = (settled[rate, batch] for batch in (4, 16, 256))
    assert (four < 0.5 * full).all()
    assert (four < sixteen).all()
    assert (sixteen < full).all()


@pytest.mark.row("S2-24")
@pytest.mark.parametrize("rate", RATES)
def test_full_batches_pass_two_over_the_rate_and_hover_about_it(rate):
    """The border is no ceiling: some of the records lie above it, by less than a quarter; numbers say so."""
    settings = read(Settings, {"rate": rate})
    found = EXPERIMENT.measure(settings, lambda done, total: True)
    told, along = numbers(settings, found), found.full.sharpness * rate / 2
    assert float(told["highest"]) == pytest.approx(along.max() * 2 / rate)
    assert float(told["over"]) == pytest.approx(100 * (along.max() - 1))
    assert 0 < float(told["over"]) < 25
    late = along[np.flatnonzero(along > 1)[0] :]
    assert float(told["above"]) == pytest.approx(100 * (late > 1).mean())
    assert 5 < float(told["above"]) < 60
    assert 0.85 < late.min() < 1


def test_the_loss_is_half_the_mean_squared_error():
    """The border of the mean squared error itself would lie at half the rate."""
    data = wave()
    params = NETWORK.init(jax.random.key(0), data)
    off = np.asarray(NETWORK.apply(params, data.train.x)) - data.train.y
    loss = HalfSquares(NETWORK.without_initializer(), *data.train)(params)
    assert float(loss) == pytest.approx(float((off.astype(float) ** 2).sum()) / (2 * 256), rel=1e-5)


def test_half_the_rate_is_twice_as_sharp():
    """The answer is what was measured."""
    assert answer() == 2


def test_progress_is_told_and_heard():
    """It is told how far it is, from 0 to 1, and ends with what there is when it is asked to."""
    told = []

    def progress(done, total):
        told.append(done / total)
        return told[-1] < 0.3

    found = EXPERIMENT.measure(read(Settings, {"steps": 2_000}), progress)
    assert told == sorted(told)
    assert found.full.step[-1] < 2_000


def test_settled_is_the_median_of_the_last_fifth():
    """Of eleven records the last two, of five the last one; what went before does not count."""

    def settled(*sharpness):
        none = np.zeros(len(sharpness))
        return Descent(none, np.array(sharpness, float), none, none, {}).settled

    assert settled(*[99.0] * 8, 5.0, 1.0, 3.0) == 2.0
    assert settled(9.0, 9.0, 9.0, 9.0, 4.0) == 4.0
