"""Work that is counted instead of timed: the same on every machine, however busy."""

import sys
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """How many functions, Python's and built in, begin while `work` runs.

    >>> calls(lambda: None) < 5 <= calls(lambda: [abs(i) for i in range(10)])
    True
    """
    begun = 0

    def count(frame, event, argument) -> None:
        nonlocal begun
        begun += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return begun
