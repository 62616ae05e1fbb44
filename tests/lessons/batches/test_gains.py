"""What a decay gains, for every optimizer."""

import pytest

from landscape.lessons.batches.gains import RATES, Settings, answer, measure
from landscape.lessons.settings import read


@pytest.fixture(scope="module")
def found():
    """The experiment as it opens."""
    return measure(read(Settings, {}))


@pytest.mark.row("S3-33")
def test_momentum_gains_and_so_does_adam(found):
    """More than fivefold with momentum at 0.02, more than twofold with Adam at 0.01."""
    assert (RATES["momentum"], RATES["adam"]) == (0.02, 0.01)
    assert found.gain("momentum") > 5
    assert found.gain("adam") > 2
    assert answer() == 2


def test_every_optimizer_gains(found):
    """None of the six is spared the floor."""
    gains = {name: found.gain(name) for name in RATES}
    assert min(gains.values()) > 2, gains
