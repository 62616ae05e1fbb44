"""Long work: it is shared, reports, can be stopped, and is given up when nobody watches; memory is bounded."""

import threading
import time

import pytest

from landscape.ui import jobs
from landscape.ui.jobs import Job, Office


@pytest.fixture
def office() -> Office:
    return Office(kept=3, workers=1)


def finished(job: Job) -> Job:
    assert job.wait(10), "the work did not end"
    return job


def test_equal_questions_are_asked_once(office: Office) -> None:
    """Two visits that want the same share one computation and one result."""
    calls = []

    def work(job: Job) -> int:
        calls.append(1)
        return 42

    first, second = office.ask("a", work), office.ask("a", work)
    assert first is second
    assert finished(first).result == 42
    assert finished(office.ask("a", work)).result == 42
    assert len(calls) == 1


def test_progress_and_partial_results_are_seen_on_the_way(office: Office) -> None:
    """What the work reports is there before it ends."""
    seen, go = threading.Event(), threading.Event()

    def work(job: Job) -> str:
        job.report(0.5, "half")
        seen.set()
        go.wait(10)
        return "whole"

    job = office.ask("a", work)
    assert seen.wait(10)
    assert (job.fraction, job.partial, job.done) == (0.5, "half", False)
    go.set()
    assert finished(job).result == "whole"
    assert job.fraction == 1.0


def test_a_stop_keeps_what_there_is(office: Office) -> None:
    """A person who stops a training keeps the steps that were done."""
    begun = threading.Event()

    def work(job: Job) -> int:
        steps = 0
        while job.report(0.1):
            steps += 1
            begun.set()
            time.sleep(0.005)
        return steps

    job = office.ask("a", work)
    assert begun.wait(10)
    job.stop()
    assert finished(job).result >= 1


def test_work_that_nobody_watches_is_given_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed tab does not go on computing, and the next visit that asks begins anew."""
    monkeypatch.setattr(jobs, "PATIENCE", 0.05)

    def work(job: Job) -> None:
        while True:
            job.report(0.0)
            time.sleep(0.01)

    job = finished(office.ask("a", work))
    assert job.result is None
    assert job.error is None
    assert office.known("a") is None


def test_work_that_is_watched_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking again and again, as a polling page does, keeps the work alive."""
    monkeypatch.setattr(jobs, "PATIENCE", 0.3)
    go = threading.Event()

    def work(job: Job) -> str:
        while not go.is_set():
            job.report(0.0)
            time.sleep(0.01)
        return "done"

    job = office.ask("a", work)
    for _ in range(20):
        time.sleep(0.04)
        assert office.ask("a", work) is job
    go.set()
    assert finished(job).result == "done"


def test_an_error_is_shown_and_asking_after_forgetting_tries_again(office: Office) -> None:
    """A failure is kept for the page to show; the person may try again."""
    attempts = []

    def work(job: Job) -> str:
        attempts.append(1)
        if len(attempts) == 1:
            raise ValueError("too hot")
        return "fine"

    job = finished(office.ask("a", work))
    assert isinstance(job.error, ValueError)
    assert str(job.error) == "too hot"
    office.forget("a")
    assert finished(office.ask("a", work)).result == "fine"


def test_only_so_many_results_are_kept(office: Office) -> None:
    """The memory is bounded: what was asked for longest ago goes first."""
    for key in "abcd":
        finished(office.ask(key, lambda job, key=key: key))
    finished(office.ask("e", lambda job: "e"))
    assert office.known("a") is None
    assert [office.known(key) is not None for key in "cde"] == [True, True, True]
