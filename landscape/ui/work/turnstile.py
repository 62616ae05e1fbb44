"""A turnstile before the work of reruns: a hundred at once are done one after the other.

Python runs one thread at a time. A hundred threads that take turns all end when the last one does, and the
turns themselves cost; one after the other, half of them are done in half the time. Who waits for something
else, be it a program that compiles or work in the background, steps aside meanwhile.
"""

import heapq
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turnstile:
    """So many threads at once, in the order in which they came.

    Args:
        places: how many.
    """

    def __init__(self, places: int = 1) -> None:
        self._free = places
        self._lock = threading.Lock()
        self._tickets = itertools.count()
        self._waiting: list[tuple[int, threading.Event]] = []
        self._mine = threading.local()

    @contextmanager
    def within(self) -> Iterator[None]:
        """Hold a place; a thread that holds one already goes on with it."""
        if self._held() is not None:
            yield
            return
        ticket = next(self._tickets)
        self._enter(ticket)
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Give the place to others while one waits or computes; then go before all who came later."""
        ticket = self._held()
        if ticket is None:
            yield
            return
        self._leave()
        try:
            yield
        finally:
            self._enter(ticket)

    def _held(self) -> int | None:
        return getattr(self._mine, "ticket", None)

    def _enter(self, ticket: int) -> None:
        turn = threading.Event()
        with self._lock:
            heapq.heappush(self._waiting, (ticket, turn))
            self._let_in()
        turn.wait()
        self._mine.ticket = ticket

    def _leave(self) -> None:
        self._mine.ticket = None
        with self._lock:
            self._free += 1
            self._let_in()

    def _let_in(self) -> None:
        while self._free and self._waiting:
            self._free -= 1
            heapq.heappop(self._waiting)[1].set()


RERUNS = Turnstile()
"""The one before the reruns of all visits."""
