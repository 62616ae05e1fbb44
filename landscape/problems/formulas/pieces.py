"""The pieces of a formula that cannot be read as a whole: operands and what stands between brackets."""

import re

from landscape.problems.formulas.error import ARGUMENTS
from landscape.problems.formulas.spelling import ALIASES, raised

WORD = r"[A-Za-z_][A-Za-z_0-9]*"
NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"


def operand_start(text: str) -> int:
    """Return where the last operand of a text begins."""
    at = len(text)
    while at and raised(text[at - 1]):
        at -= 1
    if at and text[at - 1] in ")|":
        at = opening(text, at - 1)
    else:
        found = re.search(rf"{WORD}$|{NUMBER}$", text[:at])
        return found.start() if found else at
    word = re.search(rf"{WORD}$", text[:at])
    return word.start() if word and word[0].lower() in ARGUMENTS | ALIASES else at


def opening(text: str, at: int) -> int:
    """Return where the bracket opened that closes at a place."""
    if text[at] == "|":
        return max(text.rfind("|", 0, at), 0)
    depth = 0
    for place in range(at, -1, -1):
        depth += {")": 1, "(": -1}.get(text[place], 0)
        if not depth:
            return place
    return 0


def closing(text: str, at: int) -> int:
    """Return where the bracket closes that opens at a place, or -1."""
    depth = 0
    for place in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place
    return -1


def apart(arguments: str) -> list[str]:
    """Return the arguments between the brackets of a call."""
    parts, depth = [""], 0
    for sign in arguments:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def enclosed(part: str) -> str:
    """Return a part in brackets, unless it is a number, a name or in brackets already."""
    if re.fullmatch(rf"{WORD}|{NUMBER}", part) or (part.endswith(")") and opening(part, len(part) - 1) == 0):
        return part
    return f"({part})"
