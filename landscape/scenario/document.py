"""What a share link can carry: a description with a version, as JSON and as text for an address."""

import json
from collections.abc import Iterable
from typing import Any, Literal, Protocol, Self, runtime_checkable

from landscape.scenario.error import scenario_error, show
from landscape.scenario.link import LARGEST, decode, encode
from landscape.scenario.model import StrictModel
from landscape.scenario.parts import Runner

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""The byte order mark, which some editors write first."""


class Document(StrictModel):
    """A whole experiment: frozen, validated, and the same again from its JSON or its link."""

    version: Literal[1] = 1

    def to_json(self, indent: int | None = None) -> str:
        """JSON; what has its default value is left out."""
        separators = (",", ":") if indent is None else None
        plain = {"version": self.version, **self.model_dump(exclude_defaults=True)}
        return json.dumps(plain, ensure_ascii=False, indent=indent, separators=separators)

    @classmethod
    def from_json(cls, text: Any) -> Self:
        """The description in a JSON text of at most 64 kB, `str` or `bytes`, also after a byte order mark."""
        if not issubclass(type(text), (str, bytes, bytearray)):
            raise scenario_error("not_text", given=show(text))
        if len(text) > LARGEST:
            raise scenario_error("too_large", limit=LARGEST)
        try:
            plain = json.loads(text.removeprefix(MARK) if isinstance(text, str) else text)
        except json.JSONDecodeError as error:
            raise scenario_error("not_json", line=error.lineno, column=error.colno) from None
        # Bytes of no encoding, a number of thousands of digits, too deep.
        except (ValueError, RecursionError):
            raise scenario_error("not_json", line=1, column=1) from None
        if not isinstance(plain, dict):
            raise scenario_error("not_object", given=show(plain))
        return cls(**plain)

    def to_link(self) -> str:
        """The description in text that an address can hold."""
        return encode(self.to_json())

    @classmethod
    def from_link(cls, link: Any) -> Self:
        """The description in such a text, or in a whole address."""
        return cls.from_json(decode(link))


@runtime_checkable
class WithRunners(Protocol):
    """A description that has optimizers: a race, a training."""

    @property
    def runners(self) -> tuple[Runner, ...]: ...

    def replace(self, **changes: Any) -> Self: ...


def check_unique(runners: Iterable[Runner]) -> None:
    """Refuse two runners of one id or one slot."""
    for field in ("id", "slot"):
        seen: set[Any] = set()
        for i, runner in enumerate(runners):
            value = getattr(runner, field)
            if value in seen:
                raise scenario_error("twice", f"runners[{i}].{field}", given=show(value))
            seen.add(value)
