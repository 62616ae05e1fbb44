"""Text from outside (a link, a file, a person) as Markdown that shows it and does nothing else."""

import re

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
JOINER = "\N{WORD JOINER}"
JOINTS = re.compile(r"([:@]|\bwww)(?=.)", re.IGNORECASE)
"""Where addresses, icons and emoji begin: Streamlit finds them in the text after its escapes are resolved,
so that something invisible has to stand between."""


def literal(text: object) -> str:
    r"""Return Markdown that a person reads as the text itself: no link, picture, formula, icon or colour.

    >>> print(literal("**Sign in** ![x](http://host/a.png)").replace(JOINER, ""))
    \*\*Sign in\*\* \!\[x\]\(http\:\/\/host\/a\.png\)
    """
    line = " ".join(str(text).split())
    return PUNCTUATION.sub(r"\\\1", JOINTS.sub(rf"\1{JOINER}", line))
