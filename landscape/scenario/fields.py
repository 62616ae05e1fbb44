"""Hyperparameters as the dataclasses declare them: which there are, and which values they take."""

import dataclasses
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import AfterValidator

from landscape.core.frozen import FrozenDict
from landscape.scenario.error import ScenarioError, scenario_error, show, unknown

Value = bool | int | float | str


def hyperparameters(kind: type) -> dict[str, dataclasses.Field]:
    """The fields a person may set: numbers between two bounds, and choices from a list.

    >>> import landscape as ls
    >>> list(hyperparameters(ls.Momentum))
    ['learning_rate', 'momentum']
    """
    fields = dataclasses.fields(kind)
    return {f.name: f for f in fields if f.metadata.get("choices") or f.metadata.get("low") is not None}


def checked(kind: type, given: Any, without: Iterable[str] = ()) -> dict[str, Value]:
    """The values for the fields of a rule, schedule or surface, numbers as floats; refuses the rest."""
    if not isinstance(given, Mapping):
        raise scenario_error("not_object", given=show(given))
    allowed = {name: field for name, field in hyperparameters(kind).items() if name not in without}
    values, faults = {}, []
    for name, value in given.items():
        if name not in allowed:
            faults.append(unknown(name, allowed))
            continue
        try:
            values[name] = validated(allowed[name].metadata, value)
        except ScenarioError as error:
            faults += [fault._replace(field=str(name)) for fault in error.faults]
    if faults:
        raise ScenarioError(faults)
    return FrozenDict(values)


def complete(kind: type, given: Mapping[str, Value]) -> dict[str, Any]:
    """Every field of a rule, schedule or surface with its value: the given one or the default."""
    return {name: given.get(name, field.default) for name, field in hyperparameters(kind).items()}


def validated(metadata: Mapping[str, Any], value: Any) -> Value:
    """A value of one field: one of its choices, of the same type, or a number between its bounds."""
    if metadata.get("choices"):
        for choice in metadata["choices"]:
            if type(choice) is type(value) and choice == value:
                return value
        raise ScenarioError([unknown(value, map(str, metadata["choices"]))])
    return between(metadata["low"], metadata["high"])(number(value))


def number(value: Any) -> float:
    """A finite number as a float; true and false are none."""
    try:
        if not isinstance(value, bool) and isinstance(value, (int, float)) and math.isfinite(value):
            return float(value)
    except OverflowError:  # an int beyond every float
        pass
    raise scenario_error("not_number", given=show(value))


def between(low: float, high: float) -> Callable[[Any], Any]:
    """A check that a number lies between two bounds, both allowed, as on the control that sets it."""

    def check(value: Any) -> Any:
        if not low <= value <= high:
            raise scenario_error("out_of_range", low=_bound(low), high=_bound(high), given=show(value))
        return value

    return check


def _bound(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def declared(kind: type, name: str) -> AfterValidator:
    """A check that a number lies between the bounds of one field of a rule."""
    metadata = hyperparameters(kind)[name].metadata
    return AfterValidator(between(metadata["low"], metadata["high"]))
