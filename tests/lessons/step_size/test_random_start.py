"""Random starts: the same by the same seed, different by another, and with biases of zero."""

import numpy as np
import pytest

from landscape.lessons.settings import read
from landscape.lessons.step_size.random_start import Settings, answer, different, measure
from landscape.study.common.noisy_cosine import wave
from landscape.study.step_size.random_starts import learnt, parts, start


@pytest.mark.row("S5-02")
def test_a_seed_is_a_start():
    """The same seed gives the same start, a hundred seeds a hundred different ones; the biases are zero."""
    one, again = parts(start("usual", 3)), parts(start("usual", 3))
    assert all((a == b).all() for a, b in zip(one, again, strict=True))
    assert different("usual") == 100
    assert not measure(read(Settings, {})).biases.any()


@pytest.mark.row("S5-02")
def test_biases_of_zero_learn_and_zeros_do_not():
    """Six draws of either kind end far below the network of zeros, which predicts the mean."""
    for kind in ("usual", "random"):
        found = measure(read(Settings, {"kind": kind}))
        assert (found.losses[:, -1] < 0.25 * found.zero[-1]).all()
    assert learnt("zero", 0, 0.1, 1_000)[-1] == pytest.approx(learnt("zero", 5, 0.1, 1_000)[-1])
    assert answer() == 1


def test_zeros_learn_the_mean():
    """What is left is half the variance of the data."""
    assert learnt("zero", 0, 0.1, 1_000)[-1] == pytest.approx(np.var(wave().train.y) / 2, rel=1e-4)
