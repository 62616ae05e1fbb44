"""Random critical points in many dimensions: minima vanish."""

from itertools import pairwise

import pytest

from landscape.lessons.settings import read
from landscape.lessons.terrain.dimensions import EXPERIMENT, answer
from landscape.study.inertia import EXACT, law
from landscape.study.waves import critical_points, waves


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
    assert EXACT[2] == pytest.approx(0.1464, abs=1e-4)


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
