"""Shares as a person reads them."""

import numpy as np

from landscape.ui.page.table import NOTHING


def percent(share: float, digits: int = 0) -> str:
    """A share in per cent; one that is not quite all never reads as all of it."""
    if not np.isfinite(share):
        return NOTHING
    shown = f"{100 * share:.{digits}f}"
    if digits == 0 and share < 1 and shown == "100":
        return "> 99%"
    if digits == 0 and 0 < share < 0.01:
        return "< 1%"
    return f"{shown}%"
