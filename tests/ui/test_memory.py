"""What is remembered: asked once, bounded by number and bytes, computed beside the turnstile."""

import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from landscape.lessons import LESSONS
from landscape.lessons.settings import read
from landscape.ui.lesson import visit
from landscape.ui.work import result_cache
from landscape.ui.work.result_cache import remembered
from landscape.ui.work.turnstile import Turnstile


def test_equal_questions_are_asked_once() -> None:
    """The second time nothing is computed."""
    asked = []
    square = remembered(8)(lambda x: asked.append(x) or x * x)
    assert [square(3), square(3), square(4)] == [9, 9, 16]
    assert asked == [3, 4]
    assert square.known(3)
    assert not square.known(5)


def test_who_asks_the_same_meanwhile_waits_for_that_answer() -> None:
    """Thirty visits that open the same lesson compute it once."""
    asked, go, answers = [], threading.Event(), []

    def slow(x: int) -> int:
        asked.append(x)
        go.wait(10)
        return x

    kept = remembered(8)(slow)
    threads = [threading.Thread(target=lambda: answers.append(kept(1)), daemon=True) for _ in range(5)]
    for thread in threads:
        thread.start()
    go.set()
    for thread in threads:
        thread.join(10)
    assert answers == [1] * 5
    assert asked == [1]


def test_only_so_many_are_kept_those_asked_for_lately() -> None:
    """The one nobody asked for goes."""
    asked = []
    kept = remembered(2)(lambda x: asked.append(x) or x)
    for x in (1, 2, 1, 3, 1, 2):
        kept(x)
    assert asked == [1, 2, 3, 2]


def test_only_so_many_bytes_are_kept() -> None:
    """A large answer makes others go, and is itself kept for its asker's next run."""
    asked = []
    kept = remembered(100, size=20_000)(lambda x: asked.append(x) or np.zeros(1_000))
    for x in (1, 2, 3, 3, 2, 1):
        kept(x)
    assert asked == [1, 2, 3, 1]
    huge = remembered(100, size=10)(lambda x: asked.append(x) or np.zeros(1_000))
    huge(9), huge(9)
    assert asked.count(9) == 1


def test_an_error_is_not_remembered() -> None:
    """The next one who asks may have more luck."""
    asked = []

    def fails_once(x: int) -> int:
        asked.append(x)
        if len(asked) == 1:
            raise ValueError("too hot")
        return x

    kept = remembered(8)(fails_once)
    with pytest.raises(ValueError, match="too hot"):
        kept(1)
    assert kept(1) == 1


def test_who_waits_is_not_called_away_with_who_computes() -> None:
    """A visit that ends in the midst of a question takes no other visit with it: that one asks for itself."""
    begun, go, answers = threading.Event(), threading.Event(), []

    class CalledAway(BaseException):
        """What ends one visit."""

    def slow(x: int) -> int:
        if begun.is_set():
            return x
        begun.set()
        go.wait(10)
        raise CalledAway

    def first() -> None:
        with pytest.raises(CalledAway):
            kept(1)

    kept = remembered(8)(slow)
    threads = [threading.Thread(target=work) for work in (first, lambda: answers.append(kept(1)))]
    threads[0].start()
    begun.wait(10)
    threads[1].start()
    time.sleep(0.05)
    go.set()
    for thread in threads:
        thread.join(10)
    assert answers == [1]


def test_computing_holds_no_place_and_finding_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others are served while a program compiles; what is there is taken without leaving."""
    gate = Turnstile()
    monkeypatch.setattr(result_cache, "RERUNS", gate)
    free = []
    kept = remembered(8)(lambda x: free.append(gate._free) or x)
    with gate.within():
        kept(1)
        assert gate._free == 0
        monkeypatch.setattr(gate, "aside", lambda: pytest.fail("left the turnstile for nothing"))
        assert kept(1) == 1
    assert free == [1]


def test_who_waits_for_another_s_answer_holds_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nobody is served until that answer is there."""
    gate, begun, within, served = Turnstile(), threading.Event(), threading.Event(), threading.Event()
    monkeypatch.setattr(result_cache, "RERUNS", gate)

    def slow(x: int) -> bool:
        begun.set()
        return served.wait(3)

    kept, answers = remembered(8)(slow), []

    def second() -> None:
        with gate.within():
            within.set()
            answers.append(kept(1))

    def third() -> None:
        with gate.within():
            served.set()

    threads = []
    for work, ready in ((lambda: kept(1), begun), (second, within), (third, served)):
        threads.append(threading.Thread(target=work, daemon=True))
        threads[-1].start()
        assert ready.wait(10)
    for thread in threads:
        thread.join(10)
    assert answers == [True]


def test_visits_that_open_a_quick_experiment_at_once_measure_it_once() -> None:
    """A whole class follows one link: the answers of all are one and the same."""
    asked, go, answers = [], threading.Event(), []
    quick = next(experiment for experiment in LESSONS["terrain"] if not experiment.long)

    def slow(settings: object) -> object:
        asked.append(settings)
        go.wait(10)
        return object()

    experiment = replace(quick, measure=slow)

    def one() -> None:
        answers.append(visit.measured(experiment, read(experiment.settings, {})))

    threads = [threading.Thread(target=one, daemon=True) for _ in range(30)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    go.set()
    for thread in threads:
        thread.join(10)
    assert len(asked) == 1
    assert len(answers) == 30
    assert len(set(map(id, answers))) == 1
