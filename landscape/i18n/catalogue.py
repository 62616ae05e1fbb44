"""The catalogues: gettext files, one folder per language, read once."""

import string
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from babel.messages.pofile import read_po

from landscape.i18n.particles import attached

LANGUAGES = ("en", "ko")
FOLDER = Path(__file__).parent
COMMON = "common"
"""The folder of what no language changes: formulas."""


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Every key of one language with its text, from all files of its folder and the common one.

    >>> catalogue("ko")["stage.start"]
    '출발점'
    """
    if language not in LANGUAGES:
        raise ValueError(f"the language must be one of {', '.join(LANGUAGES)}; given {language!r}")
    words: dict[str, str] = {}
    for path in sorted(p for folder in (COMMON, language) for p in (FOLDER / folder).glob("*.po")):
        words |= read(path)
    return MappingProxyType(words)


def read(path: Path) -> dict[str, str]:
    """The keys and texts of one file; a key written twice is refused, for one of them would be lost."""
    with path.open("rb") as file:
        messages = [m for m in read_po(file, charset="utf-8", abort_invalid=True) if m.id]
    written = sum(line.startswith("msgid ") for line in path.read_text(encoding="utf-8").splitlines())
    if written - 1 != len(messages):
        raise ValueError(f"{path.name} has a key twice, or no header")
    return {str(m.id): str(m.string) for m in messages}


def text(key: str, language: str, **values: object) -> str:
    """The text of a key, its `{name}` placeholders filled in when values are given.

    `{name|을를}` also writes the particle, as Korean chooses it by the value's sound.

    Args:
        key: dotted, such as `stage.start`.
        language: one of `LANGUAGES`.
        values: what the placeholders stand for; without any, the text comes as it is written.

    Raises:
        KeyError: with the key, when the language has no such key.

    >>> text("stage.left_at", "en", name="GD", step=3)
    'GD · left at step 3'
    """
    written = catalogue(language)[key]
    return SPOKEN.vformat(written, (), values) if values else written


class Spoken(string.Formatter):
    """Fills in placeholders, and after a `|` the particle that goes with the value."""

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        name, _, pair = field_name.partition("|")
        value, used = super().get_field(name, args, kwargs)
        return (attached(value, pair) if pair else value), used


SPOKEN = Spoken()
