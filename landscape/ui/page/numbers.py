"""Shares as a person reads them."""

import numpy as np

from landscape.ui.page.table import NOTHING


def percent(share: float, digits: int = 0) -> str:
    """A share in per cent; one that is not quite all never reads as all of it, nor a small one as none.

    >>> percent(0.931), percent(0.931, 1), percent(0.9999, 1), percent(0.0001)
    ('93%', '93.1%', '> 99.9%', '< 1%')
    """
    if not np.isfinite(share):
        return NOTHING
    least = 10.0**-digits
    if share < 1 and round(100 * share, digits) == 100:
        return f"> {100 - least:.{digits}f}%"
    if 0 < 100 * share < least:
        return f"< {least:.{digits}f}%"
    return f"{100 * share:.{digits}f}%"
