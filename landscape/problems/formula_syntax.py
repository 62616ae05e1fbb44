"""From typed text to a checked syntax tree, with refusals that say what was found and where.

The text passes two gates. The scanner here knows every character and word that may occur and
checks the order they occur in, so it can name the column of anything else; it hands Python's own
parser a text made of known tokens alone. `formula.py` then reads the tree by a second whitelist,
one node kind at a time. Nothing is compiled or evaluated as Python.
"""

import ast
import difflib
import re
import unicodedata
from typing import NamedTuple

from landscape.problems.formula_error import ARGUMENTS, NAMES, FormulaError, refuse

MAX_LENGTH = 300  # also bounds the number of nodes
MAX_DEPTH = 160  # of the tree: lets the longest sum through, where each term is one level
MAX_BRACKETS = 30
MAX_NUMBER = 1e30  # finite in single precision

# Signs with one meaning that a phone keyboard or a copied formula brings along.
SIGNS = {"^": "**", "\N{MINUS SIGN}": "-", "\N{MULTIPLICATION SIGN}": "*"}
SIGNS |= {"\N{MIDDLE DOT}": "*", "\N{DOT OPERATOR}": "*", "\N{DIVISION SIGN}": "/"}
OTHER_NAMES = {"ln": "log", "if": "where", "power": "**", "pow": "**", "and": "*"}
TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<operator>\*\*|<=|>=|==|!=|[-+*/<>(),])"
)


class Token(NamedTuple):
    kind: str
    text: str
    column: int


def unexpected(character: str, column: int) -> FormulaError:
    """Name a character that has no place in a formula, and the one probably meant."""
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    plain = unicodedata.normalize("NFKC", character)
    if unicodedata.decomposition(character).startswith("<super>"):
        plain = "**" + plain
    meant = plain != character and plain.isascii() and plain.strip()
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    suggestion = plain if meant else ""
    return refuse("unexpected_character", found=shown, character=name, column=column, suggestion=suggestion)


def unknown(name: str, column: int) -> FormulaError:
    """Refuse a word, with the nearest one that is known."""
    lower = name.lower()
    if lower in OTHER_NAMES:
        suggestion = OTHER_NAMES[lower]
    elif set(lower) <= {"x", "y"}:
        suggestion = "*".join(lower)
    else:
        suggestion = "".join(difflib.get_close_matches(lower, NAMES, 1))
    return refuse("unknown_name", name=name, column=column, suggestion=suggestion)


def scan(text: str) -> list[Token]:
    """Split the text into known tokens; columns count from one."""
    tokens, place = [], 0
    while place < len(text):
        character, column = text[place], place + 1
        match = TOKEN.match(text, place)
        if character in " \t\r\n":
            place += 1
        elif character in SIGNS:
            tokens.append(Token("operator", SIGNS[character], column))
            place += 1
        elif match is None:
            raise unexpected(character, column)
        else:
            token = Token(str(match.lastgroup), match.group(), column)
            if token.kind == "name" and token.text not in NAMES:
                raise unknown(token.text, column)
            if token.kind == "number" and float(token.text) > MAX_NUMBER:
                raise refuse("number_too_large", found=token.text, column=column, limit=f"{MAX_NUMBER:g}")
            tokens.append(token)
            place = match.end()
    return tokens


def check_order(tokens: list[Token], end: int) -> None:
    """Refuse tokens in an order that is no formula: values and operators alternate."""
    brackets: list[tuple[int, bool]] = []  # the column of each open bracket, and whether it is a call
    value_next, function = True, None
    for kind, text, column in tokens:
        if function and text != "(":
            raise refuse("needs_call", name=function.text, column=function.column)
        if kind in ("number", "name") or (text == "(" and not function):
            if not value_next:
                raise refuse("missing_operator", found=text, column=column)
            function = Token(kind, text, column) if text in ARGUMENTS else None
            value_next = text == "("
        if text == "(":
            brackets.append((column, function is not None))
            value_next, function = True, None
            if len(brackets) > MAX_BRACKETS:
                raise refuse("too_deep", limit=MAX_BRACKETS)
        elif kind == "operator":
            if value_next and text not in ("+", "-"):
                raise refuse("expected_value", found=text, column=column)
            if text == ")" and not brackets:
                raise refuse("unmatched", column=column)
            if text == "," and not (brackets and brackets[-1][1]):
                raise refuse("stray_comma", column=column)
            if text == ")":
                brackets.pop()
            value_next = text != ")"
    if function:
        raise refuse("needs_call", name=function.text, column=function.column)
    if value_next:
        raise refuse("incomplete", column=end)
    if brackets:
        raise refuse("unclosed", column=brackets[-1][0])


def parse(text: str) -> tuple[ast.expr, dict[int, int]]:
    """Return the tree of a text in known tokens, and the column typed at each offset in it."""
    if len(text) > MAX_LENGTH:
        raise refuse("too_long", length=len(text), limit=MAX_LENGTH)
    tokens = scan(text)
    if not tokens:
        raise refuse("empty")
    check_order(tokens, len(text) + 1)
    words = [repr(float(t.text)) if t.kind == "number" else t.text for t in tokens]
    offsets = [sum(len(word) + 1 for word in words[:i]) for i in range(len(words))]
    try:
        tree = ast.parse(" ".join(words), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise refuse("too_deep", limit=MAX_DEPTH) from error
    return tree, dict(zip(offsets, (t.column for t in tokens), strict=True))
