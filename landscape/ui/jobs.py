"""Long work in the background: asked for by key, shared by all visits, dropped when nobody watches.

A page asks for a job each time it runs or polls; asking is watching. Work that nobody has asked for during
a few seconds (the person went elsewhere, closed the tab, moved a slider on) is told to stop at its next
report. Results stay in a bounded memory, the ones asked for lately longest.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

PATIENCE = 6.0
"""Seconds without a watcher after which work is given up."""

KEPT = 48
WORKERS = 2
"""Results kept, and jobs that work at the same time; the others wait their turn."""


class Abandoned(Exception):
    """Nobody watches any more: the work ends here."""


class Job:
    """One piece of work, waiting, at work or done.

    Attributes:
        fraction: how much is done, from 0 to 1.
        partial: what the work showed last of what it has so far; None before.
        result: what it made, once done without an error.
        error: why it failed, or None.
        seconds: how long it worked, once done.
    """

    def __init__(self) -> None:
        self.fraction = 0.0
        self.partial: Any = None
        self.result: Any = None
        self.error: Exception | None = None
        self.seconds: float | None = None
        self.begun: float | None = None
        self._seen = time.monotonic()
        self._stop = False
        self._done = threading.Event()

    @property
    def done(self) -> bool:
        """Whether there is a result or an error."""
        return self._done.is_set()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to end early."""
        return self._stop

    def stop(self) -> None:
        """Ask the work to end at its next report, and to keep what it has."""
        self._stop = True

    def wait(self, seconds: float) -> bool:
        """Wait a while for the end; whether it has come."""
        return self._done.wait(seconds)

    def report(self, fraction: float, partial: Any = None) -> bool:
        """Called by the work: how far it is. False asks it to end early, with what it has.

        Raises:
            Abandoned: when nobody watches any more.
        """
        if time.monotonic() - self._seen > PATIENCE:
            raise Abandoned
        self.fraction = min(max(float(fraction), 0.0), 1.0)
        if partial is not None:
            self.partial = partial
        return not self._stop

    def _watch(self) -> None:
        self._seen = time.monotonic()

    def _work(self, make: Callable[["Job"], Any], forget: Callable[[], None]) -> None:
        self.begun = time.monotonic()
        try:
            self.report(0.0)
            self.result = make(self)
            self.fraction = 1.0
        except Abandoned:
            forget()
        except Exception as error:  # shown on the page: an error of the work must not be lost in a thread
            self.error = error
        self.seconds = time.monotonic() - self.begun
        self._done.set()


class Office:
    """Where jobs are asked for: a bounded memory of them, and a few workers."""

    def __init__(self, kept: int = KEPT, workers: int = WORKERS):
        self.kept = kept
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="job")

    def ask(self, key: str, make: Callable[[Job], Any]) -> Job:
        """The job of that key: the one there is, else a new one that begins as soon as a worker is free.

        Args:
            key: says everything the result depends on.
            make: the work; it calls `report` on the job a few times a second and returns the result.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                job = self._jobs[key] = Job()
                self._pool.submit(job._work, make, lambda: self._forget(key, job))
                self._make_room()
            self._jobs.move_to_end(key)
            job._watch()
            return job

    def known(self, key: str) -> Job | None:
        """The job of that key if there is one; looking is watching."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None:
                job._watch()
            return job

    def forget(self, key: str) -> None:
        """Drop the job of that key, so that asking begins anew."""
        with self._lock:
            job = self._jobs.pop(key, None)
        if job is not None:
            job.stop()

    def _forget(self, key: str, job: Job) -> None:
        with self._lock:
            if self._jobs.get(key) is job:
                del self._jobs[key]

    def _make_room(self) -> None:
        """Forget the finished jobs that were asked for longest ago."""
        finished = [key for key, job in self._jobs.items() if job.done]
        for key in finished[: max(0, len(self._jobs) - self.kept)]:
            del self._jobs[key]


OFFICE = Office()
ask, known, forget = OFFICE.ask, OFFICE.known, OFFICE.forget
