"""A description as text short enough for an address, and back, whatever happened to it on the way."""

import base64
import re
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from landscape.scenario.error import scenario_error, show

LONGEST_LINK = 16_384
LARGEST = 64 * 1024
"""Bytes of JSON, compressed or not; eight runners with every field set take a tenth of it."""

ADDRESS = re.compile(r"[?&](?:amp;)?[a-z]=(e[^&#]+)")
"""A link inside a whole address: what zlib packs begins with this letter."""

LETTERS = "A-Za-z0-9+/_-"


def encode(text: str) -> str:
    """The text, compressed, in the 64 characters that an address may hold."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).rstrip(b"=").decode()


def decode(link: Any) -> str:
    """The text of a link; never unpacks more than `LARGEST` bytes.

    What mails and chats put around a link or into it is left out: line breaks, spaces, quotes, brackets,
    a full stop, padding, percent signs, the other alphabet of base64. Its checksum tells whether the rest
    is whole.

    >>> decode(f"<{encode('the race')}>.")
    'the race'
    """
    if not issubclass(type(link), str):
        raise scenario_error("not_text", "link", given=show(link))
    if len(link) > 4 * LONGEST_LINK:  # percent signs make three of one
        raise scenario_error("link_too_long", "link", length=len(link), limit=LONGEST_LINK)
    fault = scenario_error("link_damaged", "link")
    for letters in readings(str.__str__(link)):
        if len(letters) > LONGEST_LINK:
            fault = scenario_error("link_too_long", "link", length=len(letters), limit=LONGEST_LINK)
            continue
        if (text := unpack(letters)) is not None:
            return text
    raise fault


def readings(link: str) -> Iterator[str]:
    """What a link may have been before it was sent, the likeliest first."""
    plain = unquote(unquote(link)) if "%" in link else link
    whole = ADDRESS.search(plain)
    plain = whole[1] if whole else plain
    trimmed = re.sub(rf"^[^{LETTERS}]+|[^{LETTERS}]+$", "", plain)
    joined = re.sub(r"[\s\u00ad\u200b-\u200f\u2060\ufeff=]", "", trimmed)
    yield joined
    yield joined.rstrip("-_/+")  # emphasis, a slash that closes an address
    yield joined.strip("-_/+")
    yield re.sub(r" ", "+", trimmed)  # a form's way of writing a space


def unpack(letters: str) -> str | None:
    """The text of the letters; None where they are not the whole of one."""
    unpacker = zlib.decompressobj()
    try:
        padded = letters.replace("+", "-").replace("/", "_") + "=" * (-len(letters) % 4)
        packed = base64.b64decode(padded, altchars=b"-_", validate=True)
        text = unpacker.decompress(packed, LARGEST + 1).decode()
    except (zlib.error, ValueError):  # ValueError: letters that no link has, bytes that are no text
        return None
    if unpacker.unconsumed_tail:
        raise scenario_error("too_large", "link", limit=LARGEST)
    return text if unpacker.eof and not unpacker.unused_data else None
