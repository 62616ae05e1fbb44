"""Controls built from a dataclass's fields: range, scale, label and tooltip come from the field."""

import dataclasses
import math
from collections.abc import Callable
from functools import cache
from typing import Any

from landscape import i18n
from landscape.ui.page.language import current, language_key
from landscape.ui.page.widgets import slider, toggle

MANTISSAS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
NEAR_ONE = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999)


def field_control(
    owner: str, field: dataclasses.Field, value: Any, name: str, change: Callable[[Any], None]
) -> None:
    """One control for one field of a rule, a schedule or a surface.

    Args:
        owner: the key its words may be refined under, such as `rule.adam`.
        field: the dataclass field; its metadata gives range and scale.
        value: what it is now.
        name: names the widget.
        change: called with the new value when the person moves it.
    """
    label, help_text = (word(owner, field.name, current()) for word in (i18n.label, i18n.help))
    meta = field.metadata
    if isinstance(value, bool):
        toggle(label, value, language_key(name), help_text, change)
    else:
        slider(label, help_text, scale(meta["low"], meta["high"], meta["log"]), float(value), name, change)


@cache
def scale(low: float, high: float, log: bool) -> tuple[float, ...]:
    """The values a slider stops at: ten a decade, denser towards one for decay rates, or 50 even steps.
    A logarithmic scale from zero begins with zero and five decades below the highest value.

    >>> scale(0.01, 1.0, True)[:4]
    (0.01, 0.012, 0.015, 0.02)
    """
    if log:
        zero, low = ((0.0,), high * 1e-5) if low == 0 else ((), low)
        decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        stops = [float(f"{m}e{d}") for d in decades for m in MANTISSAS]
        return (*zero, *sorted({low, high, *(s for s in stops if low <= s <= high)}))
    if low == 0 and 0.9 < high < 1:
        return tuple(s for s in NEAR_ONE if s <= high)
    step = float(f"{(high - low) / 50:.0e}")
    count = math.ceil((high - low) / step - 1e-6)  # the last stop is the upper bound
    return tuple(float(f"{min(low + k * step, high):.6g}") for k in range(count + 1))
