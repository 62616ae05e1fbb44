"""Text as Markdown: what comes from outside (a link, a file, a person) shows itself and does nothing else."""

import re

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
JOINER = "\N{WORD JOINER}"
JOINTS = re.compile(r"([:@]|\bwww)(?=.)", re.IGNORECASE)
"""Where addresses, icons and emoji begin: Streamlit finds them in the text after its escapes are resolved,
so that something invisible has to stand between."""
NBSP = "\N{NO-BREAK SPACE}"
SILENT = r"(\$\$?[^$]*\$\$?|`[^`]*`|\]\([^)]*\))"
"""Formulas, code and addresses of links: what is set by others."""
OPERATOR = re.compile(rf"{SILENT}|(?<=\S)[ {NBSP}]([=≈≤≥<>→+−×·/])[ {NBSP}](?=\S)")
FORMULA = re.compile(r"(?<!\\)(\$\$?)([^$\n]+)\1")
SLASH = re.compile(rf"{SILENT}|(?<=\S)/(?![\s{JOINER}]|$)")
PARTICLE = re.compile(r"([)%|’”°′]\**)(?=[가-힣])")
WORD = re.compile(r"[^ \n]+")
LIVE = re.compile(r"\[\[[^\]]*\]\]")
COMMAND = re.compile(r"\\[A-Za-z]+")
INVISIBLE = re.compile(rf"[ {{}}$*_^{JOINER}]")
LAID = re.compile(r"&|\\\\|\\left(?![a-z])")
"""A formula with rows or stretched brackets, which cannot be cut anywhere."""
PART = re.compile(r"(\\q?quad\b)")
SHORT = 24
"""So many letters fit beside some others on a phone."""


def literal(text: object) -> str:
    r"""Return Markdown that a person reads as the text itself: no link, picture, formula, icon or colour.

    >>> print(literal("**Sign in** ![x](http://host/a.png)").replace(JOINER, ""))
    \*\*Sign in\*\* \!\[x\]\(http\:\/\/host\/a\.png\)
    """
    line = " ".join(str(text).split())
    return PUNCTUATION.sub(r"\\\1", JOINTS.sub(rf"\1{JOINER}", line))


def unbroken(text: str) -> str:
    """Markdown whose formulas in plain text stay on one line: "η = 0.1" and "2/κ" are read as one thing.

    One that is too long for a line is broken before an operator, never after it. A Korean particle does not
    begin a line. Typeset formulas follow the same rule; code and links are left.

    >>> unbroken("at η = 0.1").replace(NBSP, "_"), unbroken(r"$$a = b, \\quad c$$")
    ('at η_=_0.1', '$${a = b,}\\\\quad\\\\allowbreak {c}$$')
    >>> unbroken("2/κ (or 5%)는").replace(JOINER, "~").replace(NBSP, "_")
    '2/~κ (or 5%)~는'
    """
    text = PARTICLE.sub(rf"\1{JOINER}", SLASH.sub(lambda found: found[1] or f"/{JOINER}", text))
    text = FORMULA.sub(lambda found: f"{found[1]}{_grouped(found[2])}{found[1]}", text)
    return WORD.sub(lambda word: word[0] if _fits(word[0]) else _tied(word[0], " "), _tied(text, NBSP))


def _grouped(formula: str) -> str:
    """A formula on one line of text, broken only where a wide space divides it, or else before a relation."""
    if LAID.search(formula):
        return formula
    parts = [part.strip() for part in PART.split(formula)]
    parts[::2] = [f"{{{part}}}" if _fits(part) else _before_relations(part) for part in parts[::2]]
    parts[1::2] = [rf"{space}\allowbreak " for space in parts[1::2]]
    return "".join(parts)


def _before_relations(formula: str) -> str:
    """A long formula in groups that begin with the relations outside its braces."""
    depth, found = 0, [""]
    for sign in formula:
        depth += (sign == "{") - (sign == "}")
        if sign == "=" and depth == 0:
            found.append("")
        found[-1] += sign
    return r"\allowbreak ".join(
        f"{{{{}}{part}}}" if part.startswith("=") else f"{{{part}}}" for part in found
    )


def _tied(text: str, before: str) -> str:
    """Text whose operators stand beside what follows them, behind this space."""
    return OPERATOR.sub(lambda found: found[1] or f"{before}{found[2]}{NBSP}", text)


def _fits(word: str) -> bool:
    """Whether it is short, a live number and a command of a formula counted as what they print."""
    return len(INVISIBLE.sub("", COMMAND.sub("x", LIVE.sub("0.00", word)))) <= SHORT
