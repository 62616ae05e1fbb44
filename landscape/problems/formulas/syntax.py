"""From typed text to tokens: every character and word that may occur, anything else refused by its column."""

import re
import unicodedata
from typing import NamedTuple

from landscape.problems.formulas.error import NAMES, FormulaError, refuse
from landscape.problems.formulas.spelling import ALIASES, lowered, raised, spell

MAX_LENGTH = 300  # also bounds the number of operations
MAX_NUMBER = 1e30  # finite in single precision

TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<operator>\*\*|\^|<=|>=|==|!=|[-+*/<>(),|√∛])"
)
POWERS = {"^": "**"}


class Token(NamedTuple):
    """A number, a name, an operator, or "raised": what comes above the line, in brackets of its own."""

    kind: str
    text: str
    column: int


def tokens(text: str) -> list[Token]:
    """Split a text into known tokens; columns count from one."""
    if len(text) > MAX_LENGTH:
        raise refuse("too_long", length=len(text), limit=MAX_LENGTH)
    found = scan(*spell(text), text)
    if not found:
        raise refuse("empty")
    return found


def scan(plain: str, columns: list[int], typed: str) -> list[Token]:
    """Split a text in plain signs."""
    found, place = [], 0
    while place < len(plain):
        column, match = columns[place], TOKEN.match(plain, place)
        if plain[place] in " \t\r\n":
            place += 1
        elif not plain[place].isascii() and raised(plain[place]):
            ends = place
            while ends < len(plain) and raised(plain[ends]):
                ends += 1
            found += exponent(plain[place:ends], columns[place:ends], typed)
            place = ends
        elif match is None:
            raise unexpected(typed[column - 1], column)
        else:
            found.append(known(str(match.lastgroup), match.group(), column))
            place = match.end()
    return found


def exponent(above: str, columns: list[int], typed: str) -> list[Token]:
    """Read what stands above the line."""
    signs = [
        (sign, column)
        for raised_sign, column in zip(above, columns, strict=True)
        for sign in lowered(raised_sign)
    ]
    inner = scan("".join(sign for sign, _ in signs), [column for _, column in signs], typed)
    first, last = columns[0], columns[-1]
    return [
        Token("raised", above, first),
        Token("operator", "(", first),
        *inner,
        Token("operator", ")", last),
    ]


def known(kind: str, text: str, column: int) -> Token:
    """Return a token whose word or number may occur."""
    if kind == "name":
        name = text.lower()  # a phone begins with a capital
        name = ALIASES.get(name, name)
        if name not in NAMES:
            raise refuse("unknown_name", name=text, column=column)
        return Token(kind, name, column)
    if kind == "number" and float(text) > MAX_NUMBER:
        raise refuse("number_too_large", found=text, column=column, limit=f"{MAX_NUMBER:g}")
    return Token(kind, POWERS.get(text, text), column)


def unexpected(character: str, column: int) -> FormulaError:
    """Name a character that has no place in a formula."""
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return refuse("unexpected_character", found=shown, character=name, column=column)
