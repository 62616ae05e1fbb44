"""Long work: it is shared, reports, can be stopped, and is given up when nobody watches."""

import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from landscape.presets.trainings import TRAININGS
from landscape.ui.network import work
from landscape.ui.work import job_queue
from landscape.ui.work.job_queue import Job, JobQueue


@pytest.fixture
def office() -> JobQueue:
    return JobQueue(kept=3, workers=1)


def finished(job: Job) -> Job:
    assert job.wait(10), "the work did not end"
    return job


def test_equal_questions_are_asked_once(office: JobQueue) -> None:
    """Two visits that want the same share one computation and one result."""
    calls = []

    def work(job: Job) -> int:
        calls.append(1)
        return 42

    first, second = office.submit("a", work), office.submit("a", work)
    assert first is second
    assert finished(first).result == 42
    assert finished(office.submit("a", work)).result == 42
    assert len(calls) == 1


def test_progress_and_partial_results_are_seen_on_the_way(office: JobQueue) -> None:
    """What the work reports is there before it ends."""
    seen, go = threading.Event(), threading.Event()

    def work(job: Job) -> str:
        job.report(1, 2, "half")
        seen.set()
        go.wait(10)
        return "whole"

    job = office.submit("a", work)
    assert seen.wait(10)
    assert (job.fraction, job.partial, job.done) == (0.5, "half", False)
    go.set()
    assert finished(job).result == "whole"
    assert job.fraction == 1.0


def counting(begun: threading.Event) -> Callable[[Job], int]:
    """Work that counts until it is asked to end, and shows how far it is."""

    def work(job: Job) -> int:
        steps = 0
        while job.report(1, 10, steps):
            steps += 1
            begun.set()
            time.sleep(0.005)
        return steps

    return work


def test_a_stop_keeps_what_there_is_and_is_not_remembered(office: JobQueue) -> None:
    """A person who stops a training keeps the steps that were done; the next who asks gets all of them."""
    begun = threading.Event()
    job = office.submit("a", counting(begun), "me")
    assert begun.wait(10)
    assert office.stop("a", "me") is job
    assert finished(job).result >= 1
    assert job.stopped
    assert finished(office.submit("a", lambda job: 100, "you")).result == 100


def test_what_was_stopped_is_kept_though_nobody_asks_for_it_again(
    office: JobQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who stopped a job holds it and asks no more: a slow last report must not throw the result away."""
    monkeypatch.setattr(job_queue, "WATCH_TIMEOUT", 0.1)
    begun, go = threading.Event(), threading.Event()

    def work(job: Job) -> str:
        begun.set()
        go.wait(10)
        return "all" if job.report(0.5) else "what there is"

    job = office.submit("a", work, "me")
    assert begun.wait(10)
    office.stop("a", "me")
    time.sleep(0.2)
    go.set()
    assert finished(job).result == "what there is"


def test_a_stop_of_one_visit_leaves_the_others_alone(office: JobQueue) -> None:
    """In a classroom one tap on stop must not cut everybody's training short."""
    begun = threading.Event()
    mine, yours = office.submit("a", counting(begun), "me"), office.submit("a", counting(begun), "you")
    assert mine is yours
    assert begun.wait(10)
    time.sleep(0.02)
    kept = office.stop("a", "me")
    assert kept is not None
    assert kept.done
    assert kept.stopped
    assert kept.result >= 1
    assert not yours.done
    assert not yours.stopped
    office.stop("a", "you")
    assert finished(yours).result > kept.result


def test_work_that_nobody_watches_is_given_up(office: JobQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed tab does not go on computing, and the next visit that asks begins anew."""
    monkeypatch.setattr(job_queue, "WATCH_TIMEOUT", 0.05)

    def work(job: Job) -> None:
        while True:
            job.report(0.0)
            time.sleep(0.01)

    job = finished(office.submit("a", work))
    assert job.result is None
    assert job.error is None
    assert finished(office.submit("a", lambda job: "anew")).result == "anew"


def test_work_that_is_watched_goes_on(office: JobQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking again and again, as a polling page does, keeps the work alive."""
    monkeypatch.setattr(job_queue, "WATCH_TIMEOUT", 0.3)
    go = threading.Event()

    def work(job: Job) -> str:
        while not go.is_set():
            job.report(0.0)
            time.sleep(0.01)
        return "done"

    job = office.submit("a", work)
    for _ in range(20):
        time.sleep(0.04)
        assert office.submit("a", work) is job
    go.set()
    assert finished(job).result == "done"


def failing_once() -> Callable[[Job], str]:
    """Work that has more luck the second time."""
    attempts = []

    def work(job: Job) -> str:
        attempts.append(1)
        if len(attempts) == 1:
            raise ValueError("too hot")
        return "fine"

    return work


def test_a_failure_is_shown_to_who_looks_at_it_and_the_next_visit_tries_again(office: JobQueue) -> None:
    """A page that runs again still says why; nobody else is told of a failure that may be gone."""
    work = failing_once()
    job = finished(office.submit("a", work, "me"))
    assert isinstance(job.error, ValueError)
    assert str(job.error) == "too hot"
    assert office.submit("a", work, "me") is job
    assert finished(office.submit("a", work, "you")).result == "fine"


def test_who_comes_back_to_a_failure_tries_again(office: JobQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not remembered until the next restart."""
    monkeypatch.setattr(job_queue, "WATCH_TIMEOUT", 0.05)
    work = failing_once()
    assert finished(office.submit("a", work, "me")).error is not None
    time.sleep(0.1)
    assert finished(office.submit("a", work, "me")).result == "fine"


def test_a_person_may_try_again_at_once(office: JobQueue) -> None:
    """Forgetting drops a failure, and no result."""
    work = failing_once()
    assert finished(office.submit("a", work, "me")).error is not None
    office.forget_failure("a")
    job = finished(office.submit("a", work, "me"))
    assert job.result == "fine"
    office.forget_failure("a")
    assert office.submit("a", work, "me") is job


def test_a_job_does_not_wait_for_another_one() -> None:
    """With all workers waiting, none could do what they wait for: the first that tries it fails."""
    office = JobQueue(workers=2)
    outer = finished(office.submit("outer", lambda job: office.submit("inner", lambda job: 1).wait(5)))
    assert isinstance(outer.error, RuntimeError)
    assert finished(office.submit("inner", lambda job: 1)).result == 1


def test_only_so_many_results_are_kept(office: JobQueue) -> None:
    """The memory is bounded by number: what was asked for longest ago is made again when asked for."""
    for key in "abcde":
        finished(office.submit(key, lambda job, key=key: key))
    assert finished(office.submit("d", lambda job: "made again")).result == "d"
    assert finished(office.submit("a", lambda job: "made again")).result == "made again"


def test_only_so_many_bytes_are_kept() -> None:
    """The memory is bounded by size: a large result makes older ones go."""
    office = JobQueue(kept=100, kept_bytes=10_000, workers=1)
    for key in "ab":
        finished(office.submit(key, lambda job: np.zeros(1_000)))
    finished(office.submit("c", lambda job: "small"))
    assert finished(office.submit("b", lambda job: "made again")).result is not None
    assert isinstance(finished(office.submit("a", lambda job: "made again")).result, str)


def test_waiting_work_that_nobody_watches_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who drags a slider through many values leaves no queue behind."""
    office = JobQueue(workers=1)
    go, ran = threading.Event(), []
    office.submit("busy", lambda job: go.wait(10))
    for key in range(20):
        office.submit(f"wish {key}", lambda job, key=key: ran.append(key))
    monkeypatch.setattr(job_queue, "WATCH_TIMEOUT", 0.01)
    time.sleep(0.05)
    last = office.submit("last", lambda job: ran.append("last"))
    monkeypatch.setattr(job_queue, "WATCH_TIMEOUT", 6.0)
    go.set()
    finished(last)
    assert len(office._jobs) <= 2


@pytest.mark.slow
def test_boundaries_are_drawn_though_the_training_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are given what it made: with one worker, to wait for it again would be to wait for ever."""
    monkeypatch.setattr(job_queue, "OFFICE", JobQueue(workers=1))  # which never heard of the training
    monkeypatch.setattr(job_queue, "WATCH_TIMEOUT", 300.0)
    preset = TRAININGS["moons"]
    network = preset.network.replace(hidden=(4,))
    training = preset.replace(network=network, epochs=1, runners=preset.runners[:1])
    division = work.asked(training, work.made(training, training.fits()))
    assert division.wait(250)
    assert division.error is None
    assert set(division.result.probability) == {preset.runners[0].id}
