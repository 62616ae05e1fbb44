"""One call and a loop compute the same, and what is shown of their times is what the clock said."""

import time

import numpy as np
import pytest

from landscape.lessons.batches.timing import EXPERIMENT, Result, Settings, numbers
from landscape.study.batches import timing
from landscape.study.batches.timing import at_once, devices, looped, race
from landscape.study.common.least_squares import full_gradient, samples


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
    found = EXPERIMENT.measure(
        Settings(samples=256), lambda done, total: told.append(done / total) or True
    ).race
    assert found.sizes.tolist() == [1, 4, 16, 64, 256]
    assert found.apart < 1e-4
    assert next(iter(found.call)) == "CPU"
    assert len(found.call) == len(devices())
    assert all(len(times) == 5 and np.all(times > 0) for times in (found.loop, *found.call.values()))
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.slow
@pytest.mark.row("S1-26")
def test_one_call_takes_less_than_a_tenth_of_the_loops_time():
    """For 2,048 samples, by the processor time of this program, which other programs do not lengthen."""
    found = race(2048, clock=time.process_time)
    assert found.sizes[-1] == 2048
    assert found.call["CPU"][-1] < found.loop[-1] / 10


@pytest.mark.row("S1-26")
def test_the_times_shown_are_those_of_the_clock(monkeypatch):
    """On a clock that only the work moves on: 2 s for a sample of the loop, 3 s for one without compiling,
    and for one call 4 s and an eighth more for each sample."""
    now = [0.0]

    def takes(seconds, work):
        def slow(*given):
            now[0] += seconds(*given)
            return work(*given)

        return slow

    monkeypatch.setattr(timing, "looped", takes(lambda data, w: 2.0 * len(data.y), timing.looped))
    monkeypatch.setattr(timing, "at_once", takes(lambda w, x, y: 4 + len(y) / 8, timing.at_once))
    monkeypatch.setattr(timing, "_slope", takes(lambda w, x, y: 3.0, timing._slope))
    found = race(64, clock=lambda: now[0])
    assert found.loop.tolist() == [2.0, 8.0, 32.0, 128.0]
    assert found.plain == 3.0
    assert found.call["CPU"].tolist() == [4.125, 4.5, 6.0, 12.0]
    told = numbers(Settings(samples=64), Result(found))
    shown = {"loop": 128e3, "call": 12e3, "one": 2e6, "dispatch": 4.12e6, "ratio": 128 / 12}
    shown |= {"growth": 12 / 4.125, "longer": 3 * 64 / 128, "smallest": 2 / 4.125, "largest": 128 / 12}
    assert {name: told[name] for name in shown} == pytest.approx(shown)


def test_it_ends_when_asked():
    """A cancelled measurement keeps the sizes that are done."""
    assert race(256, progress=lambda done, total: done / total < 0.01).sizes.tolist() == [1, 4]
