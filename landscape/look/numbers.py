"""Numbers as every picture and page writes them: a true minus, thousands apart, powers of ten beyond.

`format.js` writes them by the same rule in the browser, and `landscape.i18n` with a language's separators.
"""

import math

ABSENT = "\N{EM DASH}"
MINUS = "\N{MINUS SIGN}"
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


SMALLEST, LARGEST = 1e-3, 1e6
"""Sizes outside of these are written with a power of ten."""


def number(x: float, digits: int = 3, mantissa: int | None = None) -> str:
    """Return a number to `digits` significant digits; a dash for NaN and infinity.

    Whole numbers keep every digit up to a million.

    Args:
        x: the number.
        digits: significant digits of one that is not whole.
        mantissa: significant digits before a power of ten; as many as `digits` when not given.

    >>> [number(x) for x in (-3.256, 40000, 12345.6, 0.009, 2e7, -1.234e-5, 0.0, math.nan)]
    ['−3.26', '40,000', '12,300', '0.009', '2×10⁷', '−1.23×10⁻⁵', '0', '—']
    """
    if not math.isfinite(x):
        return ABSENT
    rounded = float(f"{x:.{digits}g}") or 0.0  # no minus zero
    if rounded and not SMALLEST <= abs(rounded) < LARGEST:
        size, _, exponent = f"{x:.{(mantissa or digits) - 1}e}".partition("e")
        return power(_trimmed(size), int(exponent))
    exact = x if float(x).is_integer() else rounded
    return _trimmed(f"{exact + 0.0:,}").replace("-", MINUS)


def _trimmed(text: str) -> str:
    """Without the zeros at the end of its decimals."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def power(mantissa: str, exponent: int) -> str:
    """A number by its mantissa and its power of ten; a mantissa of exactly 1 is left out.

    >>> power("-2.5", 3), power("1", -6), power("-1", -6)
    ('−2.5×10³', '10⁻⁶', '−10⁻⁶')
    """
    raised = f"10{str(exponent).translate(RAISED)}"
    sign, size = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
    return (f"{sign}{raised}" if size == "1" else f"{mantissa}×{raised}").replace("-", MINUS)
