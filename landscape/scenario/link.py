"""A description as text short enough for an address, and back, whatever the text holds."""

import base64
import zlib

from landscape.scenario.error import refuse

LONGEST_LINK = 16_384
LARGEST = 64 * 1024
"""Bytes of JSON, compressed or not; eight runners with every field set take a tenth of it."""


def encode(text: str) -> str:
    """The text, compressed, in the 64 characters that an address may hold."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).rstrip(b"=").decode()


def decode(link: str) -> str:
    """The text of a link; never unpacks more than `LARGEST` bytes.

    >>> decode(encode('{"steps":300}'))
    '{"steps":300}'
    """
    if len(link) > LONGEST_LINK:
        raise refuse("link_too_long", "link", length=len(link), limit=LONGEST_LINK)
    unpacker = zlib.decompressobj()
    try:
        packed = base64.b64decode(link + "=" * (-len(link) % 4), altchars=b"-_", validate=True)
        text = unpacker.decompress(packed, LARGEST + 1).decode()
    except (zlib.error, ValueError) as error:  # ValueError: letters that no link has, bytes that are no text
        raise refuse("link_damaged", "link") from error
    if unpacker.unconsumed_tail:
        raise refuse("too_large", "link", limit=LARGEST)
    if not unpacker.eof or unpacker.unused_data:
        raise refuse("link_damaged", "link")
    return text
