"""What a refused formula was probably meant to be: the whole formula again, and only where it is clear.

A suggestion is made of one repair after another until the text is a formula. Where a repair could change
what was meant (`1/2x`: is `x` below the line?), there is none.
"""

import difflib
import math
import re

import numpy as np

from landscape.problems.formulas.error import (
    ARGUMENTS,
    CONSTANTS,
    LONGEST_QUOTE,
    NAMES,
    UNARY,
    VARIABLES,
    FormulaError,
)
from landscape.problems.formulas.parser import parse
from landscape.problems.formulas.pieces import NUMBER, WORD, apart, closing, enclosed, operand_start
from landscape.problems.formulas.spelling import ALIASES, spell

MOST_REPAIRS = 8
MEANT = {"sine": "sin", "cosine": "cos", "tangent": "tan", "tg": "tan", "fabs": "abs", "absolute": "abs"}
MEANT |= {"root": "sqrt", "lg": "log10", "signum": "sign", "minimum": "min", "maximum": "max", "if": "where"}

OTHERS = frozenset(dir(np)) | frozenset(dir(math))
OTHERS |= {"sqr", "sqrd", "pow", "cot", "sec", "csc", "cosec", "ctg", "coth", "sech", "csch", "acot", "asec"}
OTHERS |= {
    "acsc",
    "asinh",
    "acosh",
    "atanh",
    "arsinh",
    "arcosh",
    "artanh",
    "versin",
    "sinpi",
    "cospi",
    "tanpi",
}
OTHERS |= {"sind", "cosd", "tand", "asind", "acosd", "atand", "sqrtm", "logm", "expm", "cosm", "sinm"}
OTHERS |= {"sig", "relu", "expit", "logit"}
"""Functions of other programs: where one is close to a name here, it is not what was meant."""

LETTERS = dict(zip("хуеосраχㅌㅛ", "xyeocpaxxy", strict=True))
"""Letters of other alphabets that look the same, and the Korean keys of x and y."""

BRACKETS = dict(zip("[{⟨]}⟩", "((()))", strict=True))
FRACTIONS = {"½": "(1/2)", "⅓": "(1/3)", "⅔": "(2/3)", "¼": "(1/4)", "¾": "(3/4)"}


def suggestion(text: str, error: FormulaError) -> str:
    """Return a formula that can be typed instead, in plain signs, or an empty text."""
    if error.code not in REPAIRS:
        return ""
    mended = spell(text)[0].strip()
    for _ in range(MOST_REPAIRS):
        try:
            parse(mended)
        except FormulaError as fault:
            repair = REPAIRS.get(fault.code)
            mended = repair(mended, int(fault.details["column"]) - 1, fault) if repair else ""
        else:
            return mended
        if not mended:
            return ""
    return ""


def character(text: str, at: int, error: FormulaError) -> str:
    """Mend a character that has no place."""
    sign, before, after = text[at], text[:at], text[at + 1 :]
    if sign in LETTERS:
        return text.translate(str.maketrans(LETTERS))
    if sign in FRACTIONS:
        return "" if before.rstrip()[-1:].isdigit() else before + FRACTIONS[sign] + after
    if sign in BRACKETS:
        return "" if sign == "[" and before[-1:].isalnum() else text.translate(str.maketrans(BRACKETS))
    if sign == "=":
        if after[:1] in ("<", ">"):
            return f"{before}{after[0]}={after[1:]}"
        # "y = x**2" is how a curve is written: its right side is meant.
        curve = before.strip() == "y" and "x" in after and "y" not in after and "=" not in after
        return after.strip() if curve else f"{before}=={after}"
    if sign == ";":
        return f"{before},{after}"
    if sign == "&" or sign == "∧":
        return joined(text, at, 1 + after.startswith("&"), "{}*{}")
    return ""


def name(text: str, at: int, error: FormulaError) -> str:
    """Mend a word: another name of a function, a slip of the finger, or a product written together."""
    typed = "".join(re.findall(WORD, text[at:])[:1])
    lower, after = typed.lower(), text[at + len(typed) :]
    if lower == "and":
        return joined(text, at, 3, "{}*{}")
    if lower == "or":
        return joined(text, at, 2, "max({}, {})")
    if lower in ("pow", "power"):
        return called(text, at, typed)
    if re.fullmatch(r"x_?[12]", lower):
        both = re.search(r"x_?1", text, re.IGNORECASE) and re.search(r"x_?2", text, re.IGNORECASE)
        return re.sub(r"(?i)x_?([12])", lambda m: VARIABLES[int(m[1]) - 1], text) if both else ""
    meant = MEANT.get(lower, "")
    if meant or lower in OTHERS:
        pass
    elif factors := product(split(lower), after):
        meant = "" if text[:at].rstrip("-+ ").endswith(("/", "^", "**", "√", "∛")) else factors
    elif lower.isalpha():
        near = [known for known in NAMES if len(known) > 1]
        meant = "".join(difflib.get_close_matches(lower[:LONGEST_QUOTE], near, 1, 0.7))
    return text[:at] + meant + after if meant else ""


def split(word: str) -> list[str]:
    """Return the known names that a word is made of, the longest first."""
    if not word or len(word) > LONGEST_QUOTE:
        return []
    for known in sorted((*NAMES, *ALIASES), key=len, reverse=True):
        if word == known:
            return [known]
        if word.startswith(known) and (rest := split(word[len(known) :])):
            return [known, *rest]
    return []


def product(parts: list[str], after: str) -> str:
    """Write names that stood together as a product; of a function, only the last can be its argument."""
    if not parts:
        return ""
    *factors, last = (ALIASES.get(part, part) for part in parts)
    if factors and factors[-1] in UNARY and not re.match(r"\s*(\^|\*\*|\()", after):
        factors[-1], last = f"{factors[-1]}({last})", ""
    if any(factor in ARGUMENTS for factor in factors):
        return ""
    return "*".join(filter(None, [*factors, last]))


def operator(text: str, at: int, error: FormulaError) -> str:
    """Write a product's sign where it is clear what the factors are."""
    before, after = text[:at].rstrip(), text[at:]
    if re.match(r"[|)]", after) and text.count("|") > 2:
        return ""
    if re.search(rf"(?<!\w){NUMBER}$", before) and re.match(r"[\d.]", after):  # two numbers: one, in groups?
        return ""
    if re.search(r"\d$", before) and re.match(r"[eE]\s*[-+]\s*\d", after):  # a power of ten?
        return ""
    return "" if ambiguous(before) else f"{before}*{after}"


def ambiguous(before: str) -> bool:
    """Whether a factor after this text may belong below a line, or into an exponent, that stands before."""
    at = operand_start(before)
    rest = before[:at].rstrip()
    while rest.endswith(("-", "+")) and rest[:-1].rstrip().endswith(("/", "^", "**")):
        rest = rest[:-1].rstrip()
    if rest.endswith(("/", "√", "∛")):
        return True
    if not rest.endswith(("^", "**")):
        return False
    base = rest.rstrip("^*").rstrip()
    start = operand_start(base)
    clear = base[start:].lower() in VARIABLES or base.endswith(")")
    return not clear or ambiguous(base)


def comma(text: str, at: int, error: FormulaError) -> str:
    """Write a decimal comma as a point; three digits after it may be thousands."""
    number = re.search(r"(?<![\w.,])(\d+)$", text[:at])
    digits = re.match(r"\d+(?![\w.,]*,)", text[at + 1 :])
    if not number or not digits or (len(digits[0]) == 3 and number[0] != "0"):
        return ""
    return f"{text[:at]}.{text[at + 1 :]}"


def argument(text: str, at: int, error: FormulaError) -> str:
    """Write the decimal commas between a function's arguments as points where that leaves one."""
    if error.details["expected"] != "1" or error.details["found"] != 2:
        return ""
    found = re.search(r"\d,\d", text[at:])
    return comma(text, at + found.start() + 1, error) if found else ""


def bracket(text: str, at: int, error: FormulaError) -> str:
    """Put brackets around the one number or name after a function."""
    simple = rf"({NUMBER}|[xyXY]|{'|'.join(CONSTANTS)})(?=\s*(?:$|[-+)<>=!,]))"
    found = re.match(rf"({WORD})((?:\^|\*\*)\d+)?\s+{simple}", text[at:])
    if not found:
        return ""
    function, exponent, inner = found.groups()
    return f"{text[:at]}{function}({inner}){exponent or ''}{text[at + found.end() :]}"


def joined(text: str, at: int, length: int, pattern: str) -> str:
    """Join the two conditions around a word, each in brackets of its own."""
    begin, end, depth = at, at + length, 0
    while begin and not (depth == 0 and text[begin - 1] in "(,"):
        begin -= 1
        depth += {")": 1, "(": -1}.get(text[begin], 0)
    depth = 0
    while end < len(text) and not (depth == 0 and text[end] in "),"):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
    left, right = text[begin:at].strip(), text[at + length : end].strip()
    other = r"\bor\b|\bnot\b" if "*" in pattern else r"\band\b|\bnot\b|[&∧]"
    mixed = re.search(other, f"{left} {right}", re.IGNORECASE)
    if not left or not right or mixed:
        return ""
    if "*" in pattern:
        left, right = enclosed(left), enclosed(right)
    return text[:begin] + pattern.format(left, right) + text[end:]


def called(text: str, at: int, word: str) -> str:
    """Write pow(x, 2) as a power."""
    begin = text.find("(", at + len(word))
    end = closing(text, begin) if begin >= 0 and not text[at + len(word) : begin].strip() else -1
    parts = apart(text[begin + 1 : end]) if end > 0 else []
    if len(parts) != 2:
        return ""
    made = "**".join(map(enclosed, parts))
    alone = text[:at].rstrip().endswith(("^", "**", "√", "∛")) or re.match(r"\s*(\^|\*\*)", text[end + 1 :])
    return text[:at] + (f"({made})" if alone else made) + text[end + 1 :]


REPAIRS = {
    "unexpected_character": character,
    "unknown_name": name,
    "missing_operator": operator,
    "needs_call": bracket,
    "stray_comma": comma,
    "argument_count": argument,
}
"""By the code of the refusal: the text, the place and the error give a text that is nearer to a formula."""
