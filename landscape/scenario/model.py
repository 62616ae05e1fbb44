"""What every part of a description has in common: frozen, strict, and clear when refused."""

from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    ValidationError,
)

from landscape.core.frozen import FrozenDict
from landscape.scenario.error import scenario_error, show, translate
from landscape.scenario.fields import Value, between, number


class StrictModel(BaseModel):
    """A model that refuses with a `ScenarioError` however it is made; it cannot change, and can be a key."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    def __init__(self, /, **data: Any):
        try:
            super().__init__(**data)
        except ValidationError as error:
            raise translate(error, type(self).model_fields) from None

    def replace(self, **changes: Any) -> Self:
        """The same with some fields changed, checked like a new one."""
        return type(self)(**{name: getattr(self, name) for name in self.model_fields_set} | changes)


def text_length(limit: int) -> AfterValidator:
    """A check that text has 1 to `limit` printable characters."""

    def check(given: str) -> str:
        if not 1 <= len(given) <= limit:
            raise scenario_error("too_long", limit=limit, given=show(given))
        if not given.isprintable():
            raise scenario_error("unprintable", given=show(given))
        return given

    return AfterValidator(check)


def identifier(given: str) -> str:
    """A short token that is safe in a page, a file name and an address."""
    if not (
        given.isascii() and 1 <= len(given) <= 16 and given.replace("-", "_").replace("_", "a").isalnum()
    ):
        raise scenario_error("bad_id", given=show(given))
    return given


def plain(given: Any) -> Value:
    """A value of one setting, whichever setting it is."""
    if isinstance(given, (bool, str)):
        return given
    return given if isinstance(given, int) else number(given)


def point(given: Any) -> tuple[float, ...]:
    """One or two coordinates."""
    if not isinstance(given, (list, tuple)):
        raise scenario_error("not_list", given=show(given))
    if len(given) not in (1, 2):
        raise scenario_error("dimension", expected="1-2", given=len(given))
    return tuple(between(-FAR, FAR)(number(value)) for value in given)


def rectangle(given: Any) -> tuple[tuple[float, float], ...]:
    """Two intervals, from low to high, wide enough to draw."""
    rows = [point(row) for row in given] if isinstance(given, (list, tuple)) and len(given) == 2 else []
    if not rows or not all(len(row) == 2 and row[1] - row[0] >= NEAR for row in rows):
        raise scenario_error("empty_interval", given=show(given))
    return tuple((low, high) for low, high in rows)


FAR, NEAR = 1e6, 1e-6
"""The farthest coordinate, and the narrowest interval."""

MOST_RUNNERS = 8
SLOTS = range(1, MOST_RUNNERS + 1)
"""The colours that runners are told apart by, one each."""

LONGEST_NAME = 40
"""The most characters of a runner's own name."""

SEEDS = (0, 2**31 - 1)
"""The lowest and the highest seed."""

Id = Annotated[str, AfterValidator(identifier)]
Count = Annotated[int, AfterValidator(between(1, 20_000))]
Seed = Annotated[int, AfterValidator(between(*SEEDS))]
Slot = Annotated[int, AfterValidator(between(SLOTS[0], SLOTS[-1]))]
Noise = Annotated[float, AfterValidator(between(0, 100))]
Point = Annotated[tuple[float, ...], BeforeValidator(point)]
Rectangle = Annotated[tuple[tuple[float, float], ...], BeforeValidator(rectangle)]
Plain = Annotated[Value, PlainValidator(plain)]
Fields = Annotated[dict[str, Plain], AfterValidator(FrozenDict)]
