"""Long work in the background: asked for by key, shared by all visits, dropped when nobody watches.

A page asks for a job each time it runs or polls; asking is watching. Work that no visit has asked for
during a few seconds (the person went elsewhere, closed the tab, moved a slider on) is told to end at its
next report. Results stay in a memory bounded by number and bytes, the ones asked for lately longest; a
failure stays only for the visits that look at it.

A job never waits for another one: were all workers to wait, none could do what they wait for.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from landscape.ui.streamlit_inside import visit
from landscape.ui.work.sizes import nbytes

WATCH_TIMEOUT = 6.0
"""Seconds without a watcher after which work is given up."""

MAX_RESULTS, MAX_RESULT_BYTES = 64, 512 * 2**20
WORKERS = 2
"""Results kept, in number and bytes, and jobs that work at the same time; the others wait their turn."""

_worker = threading.local()


class Abandoned(Exception):
    """Nobody watches any more: the work ends here."""


class Job:
    """One piece of work, waiting, at work or done.

    Attributes:
        fraction: how much is done, from 0 to 1.
        partial: what the work has so far, of the same kind as the result; None before it showed any.
        result: what it made, once done without an error.
        error: why it failed, or None.
        seconds: how long it worked, once done.
        stopped: whether a person ended it early.
    """

    def __init__(self) -> None:
        self.fraction = 0.0
        self.partial: Any = None
        self.result: Any = None
        self.error: Exception | None = None
        self.seconds: float | None = None
        self.stopped = False
        self.bytes = 0
        self._watchers: dict[str, float] = {}
        self._begun: float | None = None
        self._done = threading.Event()

    @property
    def done(self) -> bool:
        """Whether there is a result or an error."""
        return self._done.is_set()

    @property
    def waiting(self) -> bool:
        """Whether it has not begun: others are before it."""
        return self._begun is None

    def wait(self, seconds: float) -> bool:
        """Wait a while for the end; whether it has come.

        Raises:
            RuntimeError: inside a job, which would take a worker from the one that it waits for.
        """
        if getattr(_worker, "busy", False):
            raise RuntimeError("a job may not wait for another one: give it what that one makes")
        return self._done.wait(seconds)

    def report(self, done: float, total: float = 1.0, partial: Any = None) -> bool:
        """Called by the work: how far it is, and what it has. False asks it to end early, with that.

        Raises:
            Abandoned: when nobody watches any more; what was stopped is kept for who stopped it.
        """
        if not (self.stopped or self.watched()):
            raise Abandoned
        self.fraction = min(max(done / total, 0.0), 1.0)
        if partial is not None:
            self.partial = partial
        return not self.stopped

    def watched(self, besides: str | None = None) -> bool:
        """Whether a visit, other than one, has asked for it lately."""
        now = time.monotonic()
        return any(
            now - seen <= WATCH_TIMEOUT for who, seen in list(self._watchers.items()) if who != besides
        )

    def _answers(self, visit: str) -> bool:
        """Whether its end is one for that visit: a failure is one for those only who still look at it."""
        return (
            self.error is None or time.monotonic() - self._watchers.get(visit, float("-inf")) < WATCH_TIMEOUT
        )

    def _finish(self, result: Any = None, error: Exception | None = None) -> None:
        self.result, self.error, self.bytes = result, error, nbytes(result)
        self.seconds = time.monotonic() - self._begun if self._begun else 0.0
        if error is None:
            self.fraction = 1.0
        self._done.set()


class JobQueue:
    """Where jobs are asked for: a bounded memory of them, and a few workers."""

    def __init__(self, kept: int = MAX_RESULTS, kept_bytes: int = MAX_RESULT_BYTES, workers: int = WORKERS):
        self.kept, self.kept_bytes = kept, kept_bytes
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="job")

    def submit(self, key: str, make: Callable[[Job], Any], visit: str = "") -> Job:
        """The job of that key: the one there is, else a new one that begins as soon as a worker is free.

        Args:
            key: says everything the result depends on. A job that failed begins anew, but for a visit that
                has looked at it within the last seconds and is still to see why.
            make: the work; it calls `report` on the job a few times a second and returns the result.
            visit: who asks.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is None or not job._answers(visit):
                job = self._jobs[key] = Job()
                job._watchers[visit] = time.monotonic()
                self._pool.submit(self._work, key, job, make)
            job._watchers[visit] = time.monotonic()
            self._jobs.move_to_end(key)
            self._make_room()
            return job

    def stop(self, key: str, visit: str = "") -> Job | None:
        """End a job early for one visit, which keeps what there is; None when there is no such job.

        Others who watch the same work lose nothing: the visit gets a job of its own with the result so
        far. What was cut short is not remembered under the key, so that asking again begins anew.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is None or job.done:
                return job
            if not job.watched(besides=visit):
                job.stopped = True
                del self._jobs[key]
                return job
            job._watchers.pop(visit, None)
            own = Job()
            own.stopped = True
            own._finish(job.partial)
            own.fraction = job.fraction
            return own

    def forget_failure(self, key: str) -> None:
        """Drop the job of that key if it failed, so that asking begins anew at once."""
        with self._lock:
            if key in self._jobs and self._jobs[key].error is not None:
                del self._jobs[key]

    def _work(self, key: str, job: Job, make: Callable[[Job], Any]) -> None:
        _worker.busy = True
        job._begun = time.monotonic()
        while True:
            try:
                job.report(job.fraction)
                job._finish(make(job))
            except Abandoned:
                with self._lock:
                    if job.watched():  # asked for again while it was ending: once more from the start
                        continue
                    if self._jobs.get(key) is job:
                        del self._jobs[key]
                job._finish()
            except Exception as error:  # shown on the page: an error of the work must not be lost in a thread
                job._finish(error=error)
            return

    def _make_room(self) -> None:
        """Forget waiting work that nobody watches, and the oldest results beyond the bounds."""
        for key in [key for key, job in self._jobs.items() if job.waiting and not job.watched()]:
            del self._jobs[key]
        finished = [(key, job) for key, job in self._jobs.items() if job.done]
        total = sum(job.bytes for _, job in finished)
        for key, job in finished[:-1]:
            if len(self._jobs) <= self.kept and total <= self.kept_bytes:
                return
            del self._jobs[key]
            total -= job.bytes


OFFICE = JobQueue()


def submit(key: str, make: Callable[[Job], Any]) -> Job:
    """The job of that key, asked for by the visit that runs now."""
    return OFFICE.submit(key, make, visit())


def stop(key: str) -> Job | None:
    """End a job early for the visit that runs now; see `JobQueue.stop`."""
    return OFFICE.stop(key, visit())


def forget_failure(key: str) -> None:
    """Drop a job that failed, so that asking begins anew at once."""
    OFFICE.forget_failure(key)
