"""Reruns go one after the other, and whoever waits lets the others pass."""

import threading
from collections.abc import Callable

import pytest

from landscape.ui.work.turnstile import Turnstile


def start(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def waits(gate: Turnstile, count: int) -> None:
    """Until so many stand before it."""
    for _ in range(10_000):
        if len(gate._waiting) >= count:
            return
        threading.Event().wait(0.001)
    raise AssertionError(f"{count} threads did not come to wait")


@pytest.mark.parametrize("places", [1, 2])
def test_so_many_are_within_and_no_more(places: int) -> None:
    """Of twenty threads never more than the places are within, and all get in."""
    gate, inside, most, done = Turnstile(places), [], [], []

    def work() -> None:
        with gate.within():
            inside.append(1)
            most.append(len(inside))
            threading.Event().wait(0.001)
            inside.pop()
        done.append(1)

    for thread in [start(work) for _ in range(20)]:
        thread.join(10)
    assert len(done) == 20
    assert max(most) <= places


def test_they_go_in_the_order_in_which_they_came() -> None:
    """Nobody is overtaken."""
    gate, order = Turnstile(), []

    def work(name: int) -> None:
        with gate.within():
            order.append(name)

    threads = []
    with gate.within():
        for name in range(5):
            threads.append(start(lambda name=name: work(name)))
            waits(gate, name + 1)
    for thread in threads:
        thread.join(10)
    assert order == [0, 1, 2, 3, 4]


def test_who_is_within_goes_on() -> None:
    """A fragment that is run by its page takes no second place."""
    gate = Turnstile()
    with gate.within(), gate.within():
        assert gate._free == 0
    assert gate._free == 1


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_error_gives_the_place_back(error: type[BaseException]) -> None:
    """Whatever ends a run, such as Streamlit's own exceptions, the next one gets in."""
    gate = Turnstile()
    with pytest.raises(error), gate.within():
        raise error
    with pytest.raises(error), gate.within(), gate.aside():
        raise error
    assert gate._free == 1


def test_who_steps_aside_lets_one_pass_and_is_then_the_next() -> None:
    """While it waits another works; then it goes before those who came later."""
    gate, order, passed = Turnstile(), [], threading.Event()
    within, go = threading.Event(), threading.Event()

    def first() -> None:
        with gate.within():
            within.set()
            go.wait(10)
            with gate.aside():
                passed.wait(10)
            order.append("first")

    def second() -> None:
        with gate.within():
            order.append("second")
            passed.set()
            waits(gate, 2)  # the first, back again, and the third

    def third() -> None:
        with gate.within():
            order.append("third")

    threads = [start(first)]
    assert within.wait(10)
    for count, work in enumerate((second, third), start=1):
        threads.append(start(work))
        waits(gate, count)
    go.set()
    for thread in threads:
        thread.join(10)
    assert order == ["second", "first", "third"]


def test_aside_of_nothing_is_nothing() -> None:
    """Work in the background holds no place, and takes none."""
    gate = Turnstile()
    with gate.aside():
        assert gate._free == 1
    assert gate._free == 1
