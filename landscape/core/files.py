"""Files that are read whole: looked at before a byte of them is read."""

import errno
import io
import os
import stat
from typing import Any


def open_plain(path: str | os.PathLike) -> io.BufferedReader:
    """Open a file to read bytes. What is none, and may never end or never begin, is refused.

    Args:
        path: where it is.

    Raises:
        OSError: when it is a pipe or a device, a folder, not there, or not to be read.
    """
    file = open(path, "rb", opener=_at_once)  # noqa: SIM115  handed on
    if not plain(file):
        file.close()
        raise OSError(errno.EINVAL, "a pipe or a device, not a file", os.fspath(path))
    return file


def plain(file: Any) -> bool:
    """Whether an open file has an end: it lies on disk, or in memory."""
    try:
        return stat.S_ISREG(os.fstat(file.fileno()).st_mode)
    except (AttributeError, OSError):  # nothing the system knows of
        return True


def read_text(file: Any, name: str, limit: int) -> str:
    """All of a text in UTF-8, with or without the mark that Windows puts before it.

    Args:
        file: bytes, open; may be a pipe.
        name: how errors call it.
        limit: bytes it has at most.

    Raises:
        ValueError: when it is longer, or no such text.

    >>> import io
    >>> read_text(io.BytesIO(b"\\xef\\xbb\\xbf{}"), "a.json", 10)
    '{}'
    """
    content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"{name}: is too large; at most {limit} bytes are allowed")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{name}: is not text in UTF-8") from None


def _at_once(path: str, flags: int) -> int:
    """Open without waiting for somebody who writes into a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
