"""What a person can move in an experiment: the fields of a frozen dataclass, each with what it may be.

    @settings
    class Settings:
        rate: float = number(0.199, 1e-3, 1.0, log=True)      # a slider
        samples: int = whole(64, 1, 4, 16, 64, 256)           # a slider over listed values
        surface: str = choice("parabola", "double_well")      # a menu
        noisy: bool = switch(False)                           # a toggle

Controls, their bounds, the link and its validation all derive from these.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar, dataclass_transform

from landscape.core.types import hyper, static
from landscape.scenario.fields import Value, checked

T = TypeVar("T")


def number(default: float, low: float, high: float, *, log: bool = False) -> Any:
    """A number between two bounds."""
    return hyper(default, low, high, log=log)


def whole(default: int, *stops: int) -> Any:
    """A whole number out of a few, in order."""
    return static(default, choices=stops)


def choice(*options: str) -> Any:
    """One of a few names; the first is the default."""
    return static(options[0], choices=options)


def switch(default: bool = False) -> Any:
    """On or off."""
    return static(default, choices=(False, True))


def seed(default: int = 0) -> Any:
    """Which of a hundred draws of chance."""
    return static(default, choices=tuple(range(100)))


@dataclass_transform(frozen_default=True, field_specifiers=(number, whole, choice, switch, seed))
def settings(cls: type[T]) -> type[T]:
    """Make a frozen dataclass that refuses values beyond its fields' bounds with a `ScenarioError`."""

    def check(self: Any) -> None:
        for name, value in checked(type(self), vars(self)).items():
            object.__setattr__(self, name, value)

    cls.__post_init__ = check  # pyright: ignore[reportAttributeAccessIssue]
    return dataclass(frozen=True)(cls)


def changed(given: Any) -> dict[str, Value]:
    """The fields that are not at their default, as a link carries them."""
    values = {field.name: (getattr(given, field.name), field.default) for field in fields(given)}
    return {name: value for name, (value, default) in values.items() if value != default}


def read(kind: type[T], values: Mapping[str, Any]) -> T:
    """Settings from a link's values; refuses what the fields do not allow, each fault by its name."""
    return kind(**checked(kind, values))
