"""Axes of values and of steps, and how panels are stacked above one another."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from landscape.figures.theme import axis
from landscape.look.palette import Theme

HEADROOM = 100.0  # how far above the others a diverging line may stretch a logarithmic axis


def shown(values: np.ndarray, log: bool) -> np.ndarray:
    """Which values an axis can show."""
    return np.isfinite(values) & (values > 0) if log else np.isfinite(values)


def ceiling(calm: Sequence[np.ndarray], every: Sequence[np.ndarray], log: bool) -> float | None:
    """Where an axis ends beside lines that got out of hand: somewhat above the calm ones, if any.

    >>> ceiling([np.array([1.0, 0.1])], [np.array([1.0, 0.1]), np.array([1.0, 1e9])], log=True)
    100.0
    """
    kept, all_ = (np.concatenate([np.zeros(0), *values]) for values in (calm, every))
    kept, all_ = kept[shown(kept, log)], all_[shown(all_, log)]
    if not kept.size:
        return None
    room = HEADROOM * kept.max() if log else kept.max() + 0.2 * np.ptp(kept) + 0.1 * abs(kept.max())
    return float(min(room, all_.max()))


def value_axis(
    theme: Theme, title: str, values: np.ndarray, log: bool, top: float | None = None
) -> dict[str, Any]:
    """A value axis; marked at powers of ten, or at 1, 2 and 5 of each, if logarithmic.

    Args:
        theme: its colours.
        title: what it says.
        values: all values that are drawn along it.
        log: whether it is logarithmic.
        top: where it ends, for lines that go on beyond.
    """
    made = axis(theme, title=title, type="log" if log else "linear", nticks=6)
    values = values[shown(values, log)]
    if not values.size:
        return made
    low, high = values.min(), values.max() if top is None else top
    low, high = np.log10([low, high]) if log else (low, high)
    if log:
        dtick = int(np.ceil((high - low) / 6)) if high - low >= 2 else "D2"  # 1, 2 and 5 of each decade
        made |= {"dtick": dtick, "tickfont": made["tickfont"] | {"size": 11}}
    if top is not None:
        pad = 0.05 * (high - low) or 0.5
        made["range"] = [float(low - pad), float(high + pad)]
    return made


def share_axis(theme: Theme, title: str, **more: Any) -> dict[str, Any]:
    """An axis of shares from 0 to 1, written in per cent."""
    return axis(theme, title=title, tickformat=".0~%", hoverformat=".3~%", nticks=6, **more)


def step_axis(theme: Theme, title: str, **more: Any) -> dict[str, Any]:
    """The axis of steps, beneath the lowest panel."""
    return axis(theme, title=title, showgrid=False, rangemode="tozero", hoverformat=",d", **more)


def stacked(heights: Sequence[float], gap: float = 0.1) -> list[list[float]]:
    """Return the domains of panels of these relative heights, from the top, with gaps between them.

    >>> stacked([1.0]), [[round(end, 3) for end in domain] for domain in stacked([2.0, 1.0], gap=0.1)]
    ([[0.0, 1.0]], [[0.4, 1.0], [0.0, 0.3]])
    """
    share = (1 - gap * (len(heights) - 1)) / sum(heights)
    domains, upper = [], 1.0
    for height in heights:
        lower = upper - share * height
        domains.append([max(lower, 0.0), upper])
        upper = lower - gap
    return domains


def nth(number: int) -> str:
    """How Plotly names axes, counted from 0: the first has no number, the next is 2.

    >>> [f"x{nth(number)}" for number in range(3)]
    ['x', 'x2', 'x3']
    """
    return str(number + 1) if number else ""
