"""What a refused formula says: a stable code with details for translation, and English words."""

import math
import reprlib
from typing import Any

VARIABLES = ("x", "y")
CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau}
UNARY = ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh")
UNARY += ("exp", "log", "log2", "log10", "sqrt", "cbrt", "abs", "sign")
ARGUMENTS = dict.fromkeys(UNARY, "1") | {"min": "2 or more", "max": "2 or more", "where": "3"}
NAMES = (*VARIABLES, *CONSTANTS, *ARGUMENTS)
ALLOWED = f"Allowed: numbers, {', '.join(NAMES)}, + - * / ** ( ) , and < <= > >= == !=."
MESSAGES = {
    "not_text": "A formula is text, not {found}.",
    "empty": "The formula is empty. " + ALLOWED,
    "too_long": "The formula has {length} characters; at most {limit} are allowed.",
    "unexpected_character": "'{found}' ({character}) at column {column} cannot be used.{hint} " + ALLOWED,
    "unknown_name": "'{name}' at column {column} is not known.{hint} " + ALLOWED,
    "number_too_large": "The number {found} at column {column} is too large; the limit is {limit}.",
    "missing_operator": (
        "There is no operator before '{found}' at column {column}. Write a product as 2*x.{hint}"
    ),
    "expected_value": "'{found}' at column {column} stands where a number, x, y or a function should.",
    "needs_call": "The function '{name}' at column {column} needs brackets: {name}(...).{hint}",
    "incomplete": "The formula ends at column {column}, where a number, x, y or a function should follow.",
    "unclosed": "The bracket opened at column {column} is never closed.",
    "unmatched": "The bracket closed at column {column} was never opened.",
    "stray_comma": "The comma at column {column} is not between the arguments of a function.{hint}",
    "two_readings": "'{found}' at column {column} can be read in two ways. Brackets say which is meant.",
    "too_deep": "The formula is nested too deeply; at most {limit} levels are allowed.",
    "too_many_operations": (
        "The formula has more than {limit} products, quotients, powers and functions of x and y."
    ),
    "argument_count": "'{name}' at column {column} was given {found} arguments; it takes {expected}.{hint}",
    "exponent_too_large": "The exponent at column {column} is {found}; at most {limit} is allowed.",
    "bad_domain": "The domain must be two intervals of finite numbers, low before high, not {found}.",
    "bad_start": "The start must be two finite numbers, not {found}.",
}
LONGEST_QUOTE = 40


class FormulaError(ValueError):
    """A refused formula: `code` and `details` are stable for translation, the text is English.

    Where it is clear what was meant, `details["suggestion"]` is the whole formula as it should be typed.
    """

    def __init__(self, code: str, details: dict[str, str | int]):
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        suggestion = self.details.get("suggestion")
        hint = f" Did you mean {suggestion}?" if suggestion else ""
        return MESSAGES[self.code].format_map({**self.details, "hint": hint})


def refuse(code: str, **details: str | int) -> FormulaError:
    """Return the error, its quotations cut to a length that fits any message."""
    return FormulaError(code, {k: v if isinstance(v, int) else short(v) for k, v in details.items()})


def short(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def quoted(value: Any) -> str:
    """Return how Python writes a value, whatever it is: some values refuse to be written."""
    try:
        return reprlib.repr(value)
    except Exception:
        return f"<{type(value).__name__}>"
