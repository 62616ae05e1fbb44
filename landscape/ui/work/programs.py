"""Compiled programs: kept on disk, so that the next start has them at once, and bounded there.

JAX keeps whatever it compiled on disk for ever. A full disk leaves entries cut short, which JAX reads again
at every start and never replaces.
"""

import contextlib
import importlib
import os
import shutil
import sys
import threading
import time
import warnings
import zlib
from pathlib import Path

import jax

from landscape.ui.work.memory import Ceiling

DISK = 512 * 2**20
"""Bytes of programs kept on disk."""

FREE = 64 * 2**20
"""Bytes that must be free there."""

EVERY = 20.0
"""Seconds between two looks."""

CHECKED = "checked"
ZSTD = b"\x28\xb5\x2f\xfd"


def keep() -> None:
    """Keep programs in the cache of the person who started this, and look after them from now on."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "landscape"
    folder = Path(os.environ.get("JAX_COMPILATION_CACHE_DIR", home))
    reason = unfit(folder)
    if reason:
        print(f"landscape: programs are compiled anew at each start: {folder}: {reason}", file=sys.stderr)
        jax.config.update("jax_compilation_cache_dir", None)
    else:
        mend(folder)
        prune(folder)
        jax.config.update("jax_compilation_cache_dir", str(folder))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
    # What it says of each entry that could not be written, we say once.
    warnings.filterwarnings("ignore", "Error (reading|writing) persistent compilation cache entry")
    threading.Thread(target=_look_after, args=(None if reason else folder,), daemon=True).start()


def unfit(folder: Path) -> str:
    """Why nothing can be kept in a folder; empty if it can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".{os.getpid()}"
        probe.write_bytes(b"x")
        probe.unlink()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return error.strerror or str(error)
    return "" if free >= FREE else "the disk is full"


def mend(folder: Path) -> int:
    """Remove what is no whole program from what was written since the last look; returns how many."""
    mark = folder / CHECKED
    began = time.time()
    since = mark.stat().st_mtime if mark.exists() else 0.0
    broken = [entry for entry in folder.glob("*-cache") if _newer(entry, since) and not _whole(entry)]
    for entry in broken:
        entry.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        mark.touch()
        os.utime(mark, (began, began))
    return len(broken)


def prune(folder: Path, limit: int = DISK) -> None:
    """Remove the programs not used for longest until a fifth of the room is free, if there is too little."""
    entries = []
    for entry in folder.glob("*-cache"):
        with contextlib.suppress(FileNotFoundError):  # another server was quicker
            state = entry.stat()
            entries.append((max(state.st_atime, state.st_mtime), state.st_size, entry))
    total = sum(size for _, size, _ in entries)
    if total <= limit:
        return
    for _, size, entry in sorted(entries):
        entry.unlink(missing_ok=True)
        total -= size
        if total <= 0.8 * limit:
            return


def _look_after(folder: Path | None) -> None:
    ceiling = Ceiling()
    while True:
        time.sleep(EVERY)
        ceiling.look()
        if folder is not None:
            with contextlib.suppress(OSError):
                prune(folder)


def _newer(entry: Path, since: float) -> bool:
    try:
        return entry.stat().st_mtime >= since - 2.0  # some file systems keep whole seconds
    except FileNotFoundError:
        return False


def _whole(entry: Path) -> bool:
    """Whether an entry can be unpacked to its end."""
    try:
        content = entry.read_bytes()
    except OSError:
        return False
    try:
        return _unpacked(content)
    except Exception:  # each library has its own error, for bytes that nobody wrote
        return False


def _unpacked(content: bytes) -> bool:
    """Unpack as JAX would, which packs with the best library there is; whether that came to an end."""
    if content.startswith(ZSTD):
        for library in ("compression.zstd", "zstandard"):
            with contextlib.suppress(ImportError):
                importlib.import_module(library).decompress(content)
                break
        return True
    unpacker = zlib.decompressobj()
    unpacker.decompress(content)
    return unpacker.eof
