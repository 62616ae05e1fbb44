"""How much memory a result holds, so that a cache can be bounded by bytes."""

import dataclasses
from collections.abc import Mapping
from typing import Any

SMALL = 64
"""Bytes reckoned for whatever holds no array."""


def nbytes(thing: Any) -> int:
    """The bytes of all arrays and texts inside, whatever holds them; shared ones count once.

    >>> import numpy as np
    >>> a = np.zeros(1000, np.float32)
    >>> nbytes({"one": a, "two": [a]}) < 4_300
    True
    """
    seen: set[int] = set()
    total, waiting = 0, [thing]
    while waiting:
        it = waiting.pop()
        if id(it) in seen:
            continue
        seen.add(id(it))
        total += getattr(it, "nbytes", len(it) if isinstance(it, (bytes, str)) else SMALL)
        if dataclasses.is_dataclass(it) and not isinstance(it, type):
            waiting += vars(it).values()
        elif isinstance(it, Mapping):
            waiting += it.values()
        elif isinstance(it, (list, tuple)):
            waiting += it
    return total
