"""Random critical points in many dimensions: minima vanish."""

from itertools import pairwise
from math import lgamma, log, pi

import numpy as np
import pytest

from landscape.lessons.settings import read
from landscape.lessons.terrain.dimensions import EXPERIMENT, OFFERED, answer, numbers, rarer
from landscape.study.terrain.minima import exact, law
from landscape.study.terrain.random_landscape import critical_points, waves


@pytest.fixture(scope="module")
def found():
    """What the experiment shows at first."""
    return EXPERIMENT.measure(read(EXPERIMENT.settings, {}))


@pytest.mark.row("S3-06")
def test_the_shares_are_those_of_the_random_matrices(found):
    """Minima by dimension, and saddles in all but .5 % of four dimensions' points."""
    shares = found.shares
    for n, share, within in ((1, 0.50, 0.01), (2, 0.1464, 0.005), (3, 0.025, 0.003), (4, 0.0026, 0.0008)):
        assert shares[n - 1].minimum == pytest.approx(share, abs=within)
        assert sum(shares[n - 1]) == pytest.approx(1)
    for n, saddle, within in ((2, 0.707, 0.01), (3, 0.950, 0.005), (4, 0.995, 0.002), (5, 0.9997, 0.0004)):
        assert shares[n - 1].saddle == pytest.approx(saddle, abs=within)
    assert shares[3].saddle > 0.99
    for n in range(1, 6):
        assert shares[n - 1].minimum == pytest.approx(exact(n), abs=0.006)


def sampled(n: int, draws: int = 40_000, seed: int = 0) -> tuple[float, float]:
    """The share of minima and its standard error, by importance sampling.

    A Gaussian matrix is as likely to point in any direction, so the share is that of the sphere on which all
    eigenvalues are positive. Wishart matrices with n + 2 degrees of freedom all point there; each counts by
    how much rarer it is drawn than a direction of the whole sphere.
    """
    freedom, size = n + 2, n * (n + 1) // 2
    factors = np.random.default_rng(seed).standard_normal((draws, n, freedom))
    drawn = factors @ factors.transpose(0, 2, 1)
    drawn /= np.linalg.norm(drawn, axis=(1, 2))[:, None, None]
    gamma = n * (n - 1) / 4 * log(pi) + sum(lgamma((freedom - k) / 2) for k in range(n))
    density = lgamma(n * freedom / 2) - gamma - n * (n - 1) / 4 * log(2)
    density = density + (freedom - n - 1) / 2 * np.linalg.slogdet(drawn)[1]
    density -= n * freedom / 2 * np.log(np.trace(drawn, axis1=1, axis2=2))
    sphere = log(2) + size / 2 * log(pi) - lgamma(size / 2)
    weights = np.exp(-sphere - density)
    return float(weights.mean()), float(weights.std() / draws**0.5)


@pytest.mark.row("S3-06")
@pytest.mark.parametrize("n", range(2, 9))
def test_the_exact_share_is_what_sampling_finds(n):
    """Also where none of 40,000 random matrices would be a minimum: within four standard errors of 1 %."""
    share, error = sampled(n)
    assert error < 0.012 * share
    assert exact(n) == pytest.approx(share, abs=4 * error)


@pytest.mark.row("S3-06")
def test_eight_dimensions_have_two_and_a_half_million_times_fewer_minima_than_four():
    """2,534,115 times; closed forms where there are any, sixty digits elsewhere; the law says 3^12 only."""
    root = 2**0.5
    forms = {1: 1 / 2, 2: (2 - root) / 4, 3: 1 / 4 - root / (2 * pi), 4: 2.45671e-3, 8: 9.69455e-10}
    for n, share in forms.items():
        assert exact(n) == pytest.approx(share, rel=2e-6)
    assert round(rarer()) == 2_534_115
    assert law(4) / law(8) == pytest.approx(3**12)
    settings = read(EXPERIMENT.settings, {})
    told = numbers(settings, EXPERIMENT.measure(settings))
    assert (told["rarer"], told["law_rarer"]) == ("2,534,115", pytest.approx(531_441))
    assert OFFERED[answer()] == pytest.approx(rarer(), rel=0.02)


@pytest.mark.row("S3-06")
def test_the_law_falls_as_fast_but_lies_higher(found):
    """It is the leading order: an upper bound here, and both fall faster and faster."""
    minima = [share.minimum for share in found.shares[:5]]
    laws = [law(n) for n in range(1, 6)]
    assert all(m < bound for m, bound in zip(minima, laws, strict=True))
    for values in (minima, laws):
        ratios = [a / b for a, b in pairwise(values)]
        assert ratios == sorted(ratios)


@pytest.mark.row("S3-11")
def test_one_dimension_is_the_other_way_round(found):
    """Half minima and no saddle on every random curve; with more dimensions the minima only fall."""
    minima = [share.minimum for share in found.shares[:4]]
    assert minima == sorted(minima, reverse=True)
    assert minima == pytest.approx([0.50, 0.146, 0.025, 0.0026], rel=0.15)
    for seed in range(10):
        low, saddles, high = critical_points(waves(1, 8, seed)).counts
        assert low == high > 1
        assert saddles == 0
    assert answer() == 2
