"""Numbers as people read them in a table."""

import math
from functools import lru_cache

from babel.numbers import format_decimal

MINUS = "\N{MINUS SIGN}"
ABSENT = "\N{EM DASH}"
SMALLEST, LARGEST = 1e-3, 1e6
"""Sizes outside of these are written with a power of ten."""


@lru_cache(maxsize=8192)
def number(x: float | None, language: str, digits: int = 3) -> str:
    """A number with up to `digits` significant digits, a true minus, and the language's separators.

    Whole numbers keep every digit up to a million. None, NaN and infinity are a dash: what a run
    that diverged has no number for is not a number to show.

    >>> number(0.0072, "en"), number(7.84e-6, "en"), number(-20000, "ko"), number(math.nan, "en")
    ('0.0072', '7.8e−6', '−20,000', '—')
    """
    if x is None or not math.isfinite(x):
        return ABSENT
    rounded = float(f"{x:.{digits}g}") or 0.0  # no minus zero
    if rounded and not SMALLEST <= abs(rounded) < LARGEST:
        mantissa, _, exponent = f"{x:.{min(digits, 2) - 1}e}".partition("e")
        written = f"{format_decimal(mantissa, '0.###', locale=language)}e{int(exponent)}"
    else:
        exact = int(x) if float(x).is_integer() else rounded
        written = format_decimal(exact, "#,##0.##########", locale=language)
    return written.replace("-", MINUS)
