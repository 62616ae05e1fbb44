"""The noise floor: what the rate sets it to, and how far it falls when the rate is cut."""

import numpy as np
import pytest

import landscape as ls
from landscape.lessons.batches.floor import Settings, answer, measure
from landscape.lessons.optimizers.rules import rule
from landscape.lessons.settings import read
from landscape.study.batches.sgd_noise import Drop, descend, floor


@pytest.mark.row("S3-12")
@pytest.mark.parametrize(("rate", "stated"), [(0.2, 0.0556), (0.1, 0.0263), (0.01, 0.00251)])
def test_the_floor_is_the_formulas(rate, stated):
    """Measured over 64 runs within 5 %, for three rates."""
    assert floor(rate) == pytest.approx(stated, rel=3e-3)
    losses = descend(Drop(rate, 1.0, 1), 8_000).loss[:, 1_000:]
    assert losses.mean() == pytest.approx(floor(rate), rel=0.05)


@pytest.mark.row("S3-31")
@pytest.mark.parametrize("draw", range(3))
def test_a_rate_cut_by_ten_lowers_the_floor_about_tenfold(draw):
    """Mean loss before over mean loss after, each once settled."""
    before, after = measure(read(Settings, {"draw": draw})).measured
    assert 8 < before / after < 13
    assert answer() == 1


def test_without_noise_it_is_the_librarys_gradient_descent():
    """The same path as `run` draws on the parabola, schedule and all."""
    schedule = Drop(0.3, 0.1, 5)
    path = ls.run(rule("sgd", learning_rate=schedule), ls.SURFACES["parabola"], np.array([1.0]), steps=20)
    found = descend(schedule, 20, noise=0.0, runs=1)
    np.testing.assert_allclose(found.x[0], path.params[:, 0], rtol=1e-5)
