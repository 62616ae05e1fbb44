"""What a refused formula says: a stable code with details for translation, and English words."""

import math

VARIABLES = ("x", "y")
CONSTANTS = {"pi": math.pi, "e": math.e}
ARGUMENTS = dict.fromkeys(["sin", "cos", "tan", "exp", "log", "sqrt", "abs", "tanh", "sinh", "cosh"], "1")
ARGUMENTS |= {"min": "2 or more", "max": "2 or more", "where": "3"}
NAMES = (*VARIABLES, *CONSTANTS, *ARGUMENTS)
ALLOWED = f"Allowed: numbers, {', '.join(NAMES)}, + - * / ** ( ) , and < <= > >= == !=."
MESSAGES = {
    "not_text": "A formula is text, not {found}.",
    "empty": "The formula is empty. " + ALLOWED,
    "too_long": "The formula has {length} characters; at most {limit} are allowed.",
    "unexpected_character": "'{found}' ({character}) at column {column} cannot be used.{hint} " + ALLOWED,
    "unknown_name": "'{name}' at column {column} is not known.{hint} " + ALLOWED,
    "number_too_large": "The number {found} at column {column} is too large; the limit is {limit}.",
    "missing_operator": "There is no operator before '{found}' at column {column}. Write a product as 2*x.",
    "expected_value": "'{found}' at column {column} stands where a number, x, y or a function should.",
    "needs_call": "The function '{name}' at column {column} needs brackets: {name}(...).",
    "incomplete": "The formula ends at column {column}, where a number, x, y or a function should follow.",
    "unclosed": "The bracket opened at column {column} is never closed.",
    "unmatched": "The bracket closed at column {column} was never opened.",
    "stray_comma": "The comma at column {column} is not between the arguments of a function.",
    "too_deep": "The formula is nested too deeply; at most {limit} levels are allowed.",
    "argument_count": "'{name}' at column {column} was given {found} arguments; it takes {expected}.",
    "exponent_too_large": "The exponent at column {column} is {found}; at most {limit} is allowed.",
    "bad_domain": "The domain must be two intervals of finite numbers, low before high, not {found}.",
    "bad_start": "The start must be two finite numbers, not {found}.",
}


class FormulaError(ValueError):
    """A refused formula: `code` and `details` are stable for translation, the text is English."""

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
    short = {k: v if isinstance(v, int) else v if len(v) <= 40 else v[:39] + "…" for k, v in details.items()}
    return FormulaError(code, short)
