"""Numbers as people read them in a table."""

import math
from functools import lru_cache

from babel.numbers import get_decimal_symbol, get_group_symbol

from landscape.look import numbers
from landscape.look.numbers import ABSENT, MINUS, power


@lru_cache(maxsize=8192)
def number(x: float | None, language: str, digits: int = 3) -> str:
    """A number with up to `digits` significant digits, a true minus, and the language's separators.

    Whole numbers keep every digit up to a million. None, NaN and infinity are a dash: what a run
    that diverged has no number for is not a number to show.

    >>> number(0.0072, "en"), number(7.84e-6, "en"), number(-20000, "ko"), number(math.nan, "en")
    ('0.0072', '7.8×10⁻⁶', '−20,000', '—')
    """
    if x is None:
        return ABSENT
    return numbers.number(x, digits, mantissa=min(digits, 2)).translate(_separators(language))


@lru_cache
def _separators(language: str) -> dict[int, str]:
    return str.maketrans({",": get_group_symbol(language), ".": get_decimal_symbol(language)})


def formatted(x: float, form: str) -> str:
    """A number as Python formats it, with a true minus and its power of ten written as one; a dash where
    there is no number.

    >>> formatted(-0.25, ".1f"), formatted(3.2e-7, ".1e"), formatted(1e-5, ".3g"), formatted(0.0, ".1e")
    ('−0.2', '3.2×10⁻⁷', '10⁻⁵', '0.0')
    """
    if not math.isfinite(x):
        return ABSENT
    mantissa, _, exponent = format(x, form).partition("e")
    return power(mantissa, int(exponent)) if int(exponent or 0) else mantissa.replace("-", MINUS)
