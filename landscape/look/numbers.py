"""A number as a page writes it: a true minus, and a power of ten with raised figures."""

MINUS = "\N{MINUS SIGN}"
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power(mantissa: str, exponent: int) -> str:
    """A number by its mantissa and its power of ten; a mantissa of exactly 1 is left out.

    >>> power("-2.5", 3), power("1", -6), power("-1", -6)
    ('−2.5×10³', '10⁻⁶', '−10⁻⁶')
    """
    raised = f"10{str(exponent).translate(RAISED)}"
    sign, size = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
    return (f"{sign}{raised}" if size == "1" else f"{mantissa}×{raised}").replace("-", MINUS)
