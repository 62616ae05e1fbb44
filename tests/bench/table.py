"""Timing side by side, and the one table that the bench prints."""

import math
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Row(NamedTuple):
    """One line of the table: what was measured, beside what, and what is promised."""

    what: str
    measured: str
    against: str = ""
    ratio: str = ""
    promise: str = ""
    kept: bool | None = None


def side_by_side(contenders: dict[str, tuple[Callable[[], object], int]], repeats: int) -> dict[str, float]:
    """The median seconds of one call of each contender.

    A contender is a function and how often to call it in a row. They take turns, so that whatever else
    the machine does meanwhile slows all of them.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for function, _ in contenders.values():
        function()  # compile, fill caches
    for _ in range(repeats):
        for name, (function, calls) in contenders.items():
            begin = time.perf_counter()
            for _ in range(calls):
                function()
            seconds[name].append((time.perf_counter() - begin) / calls)
    return {name: statistics.median(values) for name, values in seconds.items()}


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def milliseconds(seconds: float) -> str:
    """Seconds as milliseconds with three significant digits."""
    value = 1000 * seconds
    return f"{value:,.0f} ms" if value >= 100 else f"{value:.3g} ms"


def show(rows: list[Row]) -> str:
    """The table as text; the last column says whether a promise was kept."""
    head = Row("what", "measured", "against", "ratio", "promise")
    verdicts = {True: "kept", False: "BROKEN", None: ""}
    lines = [[*head[:5], ""], *([*row[:5], verdicts[row.kept]] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(6)]
    texts = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    texts.insert(1, "-" * max(len(text) for text in texts))
    return "\n".join(text.rstrip() for text in texts)
