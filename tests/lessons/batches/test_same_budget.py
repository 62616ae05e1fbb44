"""The same number of gradients, spent on one step, on many, on thousands."""

import numpy as np
import pytest

from landscape.lessons.batches.same_budget import EXPERIMENT, Settings, answer, numbers
from landscape.lessons.experiment import RenderContext
from landscape.lessons.pieces import Stage
from landscape.lessons.prose import prose
from landscape.player.payload import unpack
from landscape.study.batches.batch_budget import plan, ten_weights, walk
from landscape.study.common.least_squares import full_gradient, samples


@pytest.mark.row("S1-19")
@pytest.mark.parametrize(("n", "batch", "epochs"), [(4096, 32, 1), (1024, 128, 3), (64, 8, 4)])
def test_every_gradient_is_counted(n, batch, epochs):
    """Samples x steps with all of them, batch x steps with batches, steps with one at a time."""
    found = EXPERIMENT.measure(Settings(samples=n, batch=batch, epochs=epochs))
    assert found.counted.tolist() == [n * epochs] * 3
    assert (found.updates * np.array(found.sizes)).tolist() == found.counted.tolist()
    assert found.evaluations[-1] == n * epochs


@pytest.mark.row("S1-23")
def test_batches_beat_the_full_batch_on_one_epoch():
    """With condition number 99 one exact step leaves over twenty times the loss of either noisy run."""
    for draw in range(3):
        full, mini, one, begin = ten_weights(32, draw)
        assert full > 20 * mini
        assert full > 20 * one
        assert full < begin
    assert answer() == 1


@pytest.mark.row("S2-21")
def test_one_of_a_hundred_thousand():
    """One sample at a time: as many updates as samples."""
    assert plan(100_000, 1) == (100_000, 1)
    assert EXPERIMENT.measure(Settings(samples=1024)).updates[2] == 1024


@pytest.mark.row("S2-22")
def test_the_usual_batch():
    """The last batch of an epoch holds what is left, and is a step as well."""
    assert plan(100_000, 128) == (782, 32)
    settings = Settings(batch=128)
    told = numbers(settings, EXPERIMENT.measure(settings))
    assert (told["big_updates"], told["big_last"]) == (782, 32)
    assert walk(samples(100, 2), np.zeros(2), (32,), (0.1,), epochs=2).updates.tolist() == [8]


@pytest.mark.row("S2-22")
def test_every_step_is_the_mean_of_its_batch_also_of_the_one_left_over():
    """Two epochs of 100 samples in batches of 32, 32, 32 and 4, written out in NumPy."""
    data, rate, w = samples(100, 3), 0.3, np.zeros(3)
    found = walk(data, w, (32,), (rate,), epochs=2, seed=5)
    draw = np.random.default_rng(5)
    for _ in range(2):
        order = draw.permutation(100)
        for part in (order[:32], order[32:64], order[64:96], order[96:]):
            x, y = data.x[part].astype(float), data.y[part].astype(float)
            w = w - rate * x.T @ (x @ w - y) / len(part)
    np.testing.assert_allclose(found.w[0, -1], w, rtol=1e-4, atol=1e-5)


@pytest.mark.row("S2-23")
def test_all_samples_make_one_exact_step():
    """The batch of all is one update along the gradient of the mean loss, in whatever order they came."""
    data, start = samples(1000, 5), np.ones(5)
    found = walk(data, start, (1000,), (0.5,))
    assert found.updates.tolist() == [1]
    np.testing.assert_allclose((start - found.w[0, -1]) / 0.5, full_gradient(data, start), atol=1e-5)
    assert plan(100_000, 100_000) == (1, 100_000)


def test_a_rate_too_high_leaves_the_picture():
    """Two samples at a rate of 2 diverge, and the stage is told where the run was last seen."""
    settings = Settings(batch=2, rate=2.0, epochs=4)
    found = EXPERIMENT.measure(settings)
    assert found.loss[1, -1] > 1e6
    look = RenderContext.at("light", "en", prose("batches", "same_budget", "en"))
    stage = EXPERIMENT.show(settings, found, look)[0]
    assert isinstance(stage, Stage)
    runners = unpack(stage.message)[0]["runners"]
    assert [runner["end"] < len(found.evaluations) - 1 for runner in runners] == [False, True, False]
