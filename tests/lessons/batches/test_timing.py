"""One call and a loop compute the same; how fast they are is measured where it is promised, in the bench."""

import numpy as np
import pytest

from landscape.lessons.batches.timing import EXPERIMENT, Settings
from landscape.study.samples import full_gradient, samples
from landscape.study.timing import at_once, devices, looped, race


@pytest.mark.row("S1-26")
@pytest.mark.parametrize("d", [10, 100])
def test_one_call_gives_what_the_loop_gives(d):
    """The batched gradient is the loop's, on every device there is, and the full gradient."""
    data, w = samples(2048, d), np.linspace(-1, 1, d, dtype=np.float32)
    loop = looped(data, w)
    np.testing.assert_allclose(np.asarray(at_once(w, *data)), loop, atol=1e-4)
    np.testing.assert_allclose(full_gradient(data, w), loop, atol=1e-4)


@pytest.mark.row("S1-26")
def test_what_is_shown_was_measured_and_agrees():
    """Every size has a time for the loop and for each device by its name; both computed the same."""
    told = []
    found = EXPERIMENT.measure(Settings(samples=256), lambda share: told.append(share) or True).race
    assert found.sizes.tolist() == [1, 4, 16, 64, 256]
    assert found.apart < 1e-4
    assert next(iter(found.call)) == "CPU"
    assert len(found.call) == len(devices())
    assert all(len(times) == 5 and np.all(times > 0) for times in (found.loop, *found.call.values()))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_it_ends_when_asked():
    """A cancelled measurement keeps the sizes that are done."""
    assert race(256, report=lambda share: share < 0.01).sizes.tolist() == [1, 4]
