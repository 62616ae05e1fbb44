"""Which values a hyperparameter may have at all: what its equation means nothing beyond."""

import dataclasses
from functools import cache
from typing import Any

import jax.numpy as jnp
import numpy as np

from landscape.core.types import is_own
from landscape.descent.rules.rule import Rule, inner
from landscape.descent.schedules.schedule import Schedule

ANY = "(-inf, inf)"


def in_range(node: Any, batched: bool = False) -> None:
    """Check every field of a rule, of the rules inside it and of their schedules.

    The bounds of the controls in the app are narrower; these are the mathematics' own, declared by `within`
    beside each field.

    Args:
        batched: whether a field may be an array, each number of which is checked.

    Raises:
        TypeError: for a field that is no real number, or no rule or schedule where one belongs.
        ValueError: for a number that is not finite, or out of its range.

    >>> from landscape.descent.rules.adam import Adam
    >>> in_range(Adam(0.1, b1=1.5))
    Traceback (most recent call last):
    ValueError: b1 of Adam must lie in [0, 1); given 1.5
    """
    if not is_own(node):
        return
    for field in dataclasses.fields(node):
        name, value = f"{field.name} of {type(node).__name__}", getattr(node, field.name)
        if field.metadata.get("choices"):
            _chosen(name, value, field.metadata["choices"])
        elif field.metadata.get("static"):
            if isinstance(field.default, int):
                _whole(name, value)
        elif isinstance(field.default, Rule):
            in_range(inner(node), batched)
        elif isinstance(field.default, Schedule):
            if not isinstance(value, Schedule):
                raise TypeError(f"{name} must be a schedule; given {value!r}")
            in_range(value, batched)
        elif isinstance(value, Schedule) and not isinstance(node, Schedule):
            in_range(value, batched)
        else:
            check = numbers if batched else one_number
            check(name, value, field.metadata.get("within", ANY))


def one_number(name: str, value: Any, within: str) -> None:
    """Check a number against an interval such as "[0, 1)"; several numbers are refused."""
    numbers(name, value, within)
    if type(value) not in (float, int) and np.ndim(value):
        raise ValueError(f"{name} must be one number; given an array of shape {np.shape(value)}")


def numbers(name: str, value: Any, within: str) -> None:
    """Check a number, or every number of an array, against an interval such as "[0, 1)"."""
    if type(value) in (float, int) and _inside(value, within):
        return  # nearly always
    low, high = _ends(within)
    allowed = "be a number" if np.isinf(low) and np.isinf(high) else f"lie in {within.replace('inf', '∞')}"
    try:
        given = np.asarray(value)
    except Exception as error:  # whatever was given may raise anything
        raise TypeError(f"{name} must {allowed}; given {value!r}") from error
    real = any(jnp.issubdtype(given.dtype, kind) for kind in (jnp.floating, jnp.integer))
    if isinstance(value, (list, tuple, dict)) or not real:
        raise TypeError(f"{name} must {allowed}; given {value!r}")
    given = given.astype(np.float64)
    if not np.all(finite := np.isfinite(given)):
        raise ValueError(f"{name} must be finite; given {given[~finite].flat[0]}")
    good = _inside(given, within)
    if not np.all(good):
        raise ValueError(f"{name} must {allowed}; given {given[~good].flat[0]:g}")


@cache
def _ends(within: str) -> tuple[float, float]:
    low, high = within[1:-1].split(",")
    return float(low), float(high)


def _inside(value: Any, within: str) -> Any:
    """Whether a number, or each of an array, lies in an interval."""
    low, high = _ends(within)
    above = (value > low) | (within[0] == "[") & (value == low)
    return above & ((value < high) | (within[-1] == "]") & (value == high))


def _whole(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be a whole number of at least 1; given {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1; given {value}")


def _chosen(name: str, value: Any, choices: tuple) -> None:
    if not any(type(value) is type(choice) and value == choice for choice in choices):
        raise ValueError(f"{name} must be one of {', '.join(map(str, choices))}; given {value!r}")
