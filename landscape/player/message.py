"""The frame of every message to the browser: a JSON header and a blob of numbers.

    uint32 length of the header | header, UTF-8 JSON, space-padded | values, all little-endian

Non-finite numbers live in the blob alone, because JSON has no word for them. The header is padded so that the
browser reads the blob in place.
"""

import hashlib
import json
import math
import struct
from collections.abc import Iterable, Mapping
from typing import Any


def write(header: Mapping[str, Any], blob: bytes) -> bytes:
    """Return the message. Equal content gives equal bytes, and its `revision` names the content.

    >>> read(write({"version": 1}, b"1234"), version=1)[1]
    b'1234'
    """
    revision = hashlib.sha256(_json(header) + blob).hexdigest()[:12]
    head = _json({**header, "revision": revision})
    head += b" " * (-len(head) % 4)
    return struct.pack("<I", len(head)) + head + blob


def read(message: bytes, version: int) -> tuple[dict[str, Any], bytes]:
    """Return the header and the blob.

    Raises:
        ValueError: the bytes are not a message of this version.
    """
    try:
        blob = 4 + struct.unpack_from("<I", message)[0]
        header = json.loads(message[4:blob])
        found = header["version"]
    except (struct.error, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise ValueError("not a packed scene") from error
    if found != version:
        raise ValueError(f"packed scene of version {found}, this reads version {version}")
    return header, message[blob:]


def numbers(values: Iterable[float]) -> list[float | None]:
    """Numbers as JSON has them: None for one that is not finite."""
    return [float(v) if math.isfinite(v) else None for v in values]


def _json(header: Mapping[str, Any]) -> bytes:
    return json.dumps(header, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
