"""What a process may hold: when it has grown beyond a bound, whatever can be made again is dropped.

A server lives for weeks and is asked for ever new networks and formulas. Each compiled program holds some
of the memory maps that the kernel allows a process, and what the library and the lessons remember is
bounded by number, not by bytes.
"""

import contextlib
import ctypes
import gc
import os
import sys
from functools import lru_cache
from pathlib import Path

import jax

REMEMBERS = type(lru_cache(abs))

MEMORY = 2 * 2**30
"""Bytes of the process beyond which all that can be made again is dropped."""

MAPS = 0.4
"""The same for its memory maps, as a share of those that the kernel allows."""

KEPT = ("landscape.ui", "landscape.cli")
"""Modules that remember what is no result: components, styles, catalogues."""


class Ceiling:
    """Drops compiled programs and remembered results when the process has grown beyond a bound.

    Programs in use come back from the disk, results are computed again.

    Args:
        limit: bytes of the process.
        most: memory maps of the process.
    """

    def __init__(self, limit: int = MEMORY, most: int | None = None) -> None:
        self._limit = limit
        self._most = int(MAPS * allowed_maps()) if most is None else most

    def look(self) -> bool:
        """Look once; whether anything was dropped. What remains is not held against it again."""
        if resident() <= self._limit and maps() <= self._most:
            return False
        forget_results()
        jax.clear_caches()
        gc.collect()
        _give_back()
        self._limit = max(self._limit, int(1.25 * resident()))
        self._most = max(self._most, int(1.25 * maps()))
        return True


def resident() -> int:
    """The bytes of memory this process holds; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def maps() -> int:
    """How many memory maps this process holds; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        return Path("/proc/self/maps").read_bytes().count(b"\n")
    return 0


def allowed_maps() -> int:
    """How many a process may hold; beyond that, memory is refused to it though there is some."""
    with contextlib.suppress(OSError):
        return int(Path("/proc/sys/vm/max_map_count").read_text())
    return 65_530


def forget_results() -> int:
    """Empty every `lru_cache` of the library and the lessons; returns how many entries there were."""
    count = 0
    for name, module in list(sys.modules.items()):
        if name.startswith("landscape.") and not name.startswith(KEPT):
            for remembered in list(vars(module).values()):
                if isinstance(remembered, REMEMBERS):
                    count += remembered.cache_info().currsize
                    remembered.cache_clear()
    return count


def _give_back() -> None:
    """Let the C library return what it keeps for later to the system."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
