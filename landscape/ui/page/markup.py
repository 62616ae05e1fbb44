"""Text as Markdown: what comes from outside (a link, a file, a person) shows itself and does nothing else."""

import re

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
JOINER = "\N{WORD JOINER}"
JOINTS = re.compile(r"([:@]|\bwww)(?=.)", re.IGNORECASE)
"""Where addresses, icons and emoji begin: Streamlit finds them in the text after its escapes are resolved,
so that something invisible has to stand between."""
NBSP = "\N{NO-BREAK SPACE}"
RELATION = re.compile(r"(\$\$?[^$]*\$\$?|`[^`]*`)|(?<=\S) ([=≈≤≥<>]) (?=\S)")


def literal(text: object) -> str:
    r"""Return Markdown that a person reads as the text itself: no link, picture, formula, icon or colour.

    >>> print(literal("**Sign in** ![x](http://host/a.png)").replace(JOINER, ""))
    \*\*Sign in\*\* \!\[x\]\(http\:\/\/host\/a\.png\)
    """
    line = " ".join(str(text).split())
    return PUNCTUATION.sub(r"\\\1", JOINTS.sub(rf"\1{JOINER}", line))


def unbroken(text: str) -> str:
    """Markdown whose relations stay on one line: "η = 0.1" is read as one thing. Formulas and code are left.

    >>> unbroken("at η = 0.1, $a = b$").replace(NBSP, "_")
    'at η_=_0.1, $a = b$'
    """
    return RELATION.sub(lambda found: found[1] or f"{NBSP}{found[2]}{NBSP}", text)
