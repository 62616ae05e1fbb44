"""What was computed before, kept for all visits within bounds of number and bytes."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

from landscape.ui.work.sizes import nbytes
from landscape.ui.work.turnstile import RERUNS

P = ParamSpec("P")
R = TypeVar("R")
BYTES = 64 * 2**20


class Remembered(Generic[P, R]):
    """A function whose answers are kept, those asked for lately longest.

    A question asked again while it is being answered waits for that answer, and whoever waits or computes
    steps aside from the turnstile.

    Args:
        function: what is asked; its arguments can be hashed.
        entries: answers kept at most.
        size: bytes of all answers kept, but for the last one.
    """

    def __init__(self, function: Callable[P, R], entries: int, size: int) -> None:
        self._function, self._entries, self._size = function, entries, size
        self._lock = threading.Lock()
        self._kept: OrderedDict[Any, Future[R]] = OrderedDict()
        self._weights: dict[Any, int] = {}
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **options: P.kwargs) -> R:
        """The answer, computed if it is not there."""
        key = (args, tuple(options.items()))
        with self._lock:
            answer = self._kept.get(key)
            asked = answer is not None
            if answer is None:
                answer = self._kept[key] = Future()
            self._kept.move_to_end(key)
        if asked:
            try:
                if answer.done():
                    return answer.result()
                with RERUNS.aside():
                    return answer.result()
            except CancelledError:  # who computed it was called away
                return self(*args, **options)
        with RERUNS.aside():
            return self._answered(key, answer, lambda: self._function(*args, **options))

    def known(self, *args: P.args, **options: P.kwargs) -> bool:
        """Whether the answer is there, or on its way."""
        return (args, tuple(options.items())) in self._kept

    def _answered(self, key: Any, answer: "Future[R]", compute: Callable[[], R]) -> R:
        try:
            result = compute()
        except BaseException as error:
            with self._lock:
                self._kept.pop(key, None)
            if isinstance(error, Exception):
                answer.set_exception(error)
            else:
                answer.cancel()
            raise
        answer.set_result(result)
        with self._lock:
            self._weights[key] = nbytes(result)
            self._make_room()
        return result

    def _make_room(self) -> None:
        total = sum(self._weights.values())
        for key in list(self._kept)[:-1]:
            if len(self._kept) <= self._entries and total <= self._size:
                return
            if key in self._weights:
                del self._kept[key]
                total -= self._weights.pop(key)


def remembered(entries: int, size: int = BYTES) -> Callable[[Callable[P, R]], Remembered[P, R]]:
    """Keep a function's answers; see `Remembered`.

    >>> @remembered(entries=2)
    ... def square(x):
    ...     print("computes", x)
    ...     return x * x
    >>> square(3), square(3)
    computes 3
    (9, 9)
    """
    return lambda function: Remembered(function, entries, size)
