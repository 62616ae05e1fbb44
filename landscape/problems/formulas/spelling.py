"""A formula as people paste it: other dashes, dots, slashes, spaces and letters, each with one meaning.

Only what has a single reading is taken for it; the rest is left for the scanner to refuse by name.
"""

import re
import unicodedata
from collections.abc import Sequence

from landscape.problems.formulas.error import ARGUMENTS, CONSTANTS

INVISIBLE = set("\u00ad\u061c\u180e\ufe0e\ufe0f\ufeff") | {chr(c) for c in range(0x200B, 0x2010)}
INVISIBLE |= {"\u2060", "\u2061"} | {chr(c) for c in range(0x2066, 0x206A)}
"""Joiners, marks of direction and isolates that copying brings along; overrides deceive: refused."""

BLANK = "\u2800\u3164\uffa0"
"""Letters by name that are drawn as nothing."""

MEANINGS = {
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u02d7\u2796\ufe58\ufe63",
    "*": "\u00b7\u00d7\u2022\u2027\u2062\u204e\u2217\u2219\u22c5\u22c6\u2715\u2716\u2a09\u2a2f\u30fb\u318d",
    "/": "\u00f7\u2044\u2215\u2797\u29f8",
    "+": "\u2064\u2795",
    "^": "\u02c6\u2303",
    "|": "\u2223\u2758",
    ",": "\u2063",
    "<=": "\u2264\u2266\u2a7d",
    ">=": "\u2265\u2267\u2a7e",
    "!=": "\u2260",
    "pi": "\u03c0",
    "tau": "\u03c4",
}
SPELLED = {sign: plain for plain, signs in MEANINGS.items() for sign in signs}
ALIASES = {"ln": "log", "sgn": "sign", "arcsin": "asin", "arccos": "acos", "arctan": "atan"}
PREFIX = re.compile(r"\s*(?:([A-Za-z]\w*)\s*(?:\(\s*x\s*(?:,\s*y\s*)?\)\s*)?)?:?=(?!=)", re.IGNORECASE)


def spell(text: str) -> tuple[str, list[int]]:
    """Return the text in plain signs, and the column that each of them was typed at, from one.

    >>> spell("f(x,y) = 2\N{MULTIPLICATION SIGN}x \N{EN DASH} \N{GREEK SMALL LETTER PI}")
    (' 2*x - pi', [9, 10, 11, 12, 13, 14, 15, 16, 16])
    """
    signs: list[str] = []
    columns: list[int] = []
    for column, character in enumerate(text, 1):
        written = character if character.isascii() else plain(character, signs)
        signs += written
        columns += [column] * len(written)
    whole = "".join(signs)
    named = PREFIX.match(whole)
    begins = named.end() if named and named[1] not in ("x", "y", *CONSTANTS, *ARGUMENTS) else 0
    return whole[begins:], columns[begins:]


def plain(character: str, before: Sequence[str] = ()) -> str:
    """Return the plain sign or signs of one character; itself where it has none."""
    if character in INVISIBLE:
        return ""
    if character.isspace() or character in BLANK:
        return " "
    kind = unicodedata.decomposition(character).partition(">")[0]
    if kind == "<super":
        return character
    same = unicodedata.normalize("NFKC", character)
    if same in SPELLED or character in SPELLED:
        return SPELLED.get(character) or SPELLED[same]
    index = kind == "<sub" and re.search(r"[A-Za-z_]\w*$", "".join(before))  # log₂ is a name
    if index or (kind not in ("<sub", "<circle", "<square", "<fraction") and len(same) == 1):
        return same if same.isascii() else character
    return character


def raised(character: str) -> bool:
    """Return whether a character is written above the line: an exponent."""
    return unicodedata.decomposition(character).startswith("<super>")


def lowered(character: str) -> str:
    """Return the plain signs of a character above the line."""
    on_line = unicodedata.normalize("NFKC", character)
    return on_line if on_line.isascii() else "".join(plain(sign) for sign in on_line)
