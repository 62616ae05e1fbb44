"""One question that a person answers by moving something: settings -> results -> pictures, with its prose.

An experiment is one file here and one Markdown file for each language in `i18n/<language>/lessons/<lesson>/`.
The mathematics is the library's: `measure` calls it, and a notebook can do the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from landscape.i18n import catalogue, number
from landscape.lessons.pieces import Piece, Table
from landscape.lessons.prose import Prose
from landscape.look.palette import THEMES, Theme
from landscape.scenario.document import Document

S = TypeVar("S")
R = TypeVar("R")


@dataclass(frozen=True)
class RenderContext:
    """What pictures need to know of the visit: the theme, the language and the experiment's own words."""

    theme: Theme
    language: str
    prose: Prose

    def __call__(self, key: str) -> str:
        """One of the experiment's words, by its key in the prose's `words`."""
        return self.prose.words[key]

    def n(self, value: float) -> str:
        """A number as the language prints it."""
        return number(value, self.language)

    def section(self, name: str) -> dict[str, str]:
        """Every text of one section of the catalogue, such as `chart` or `stage`."""
        start = f"{name}."
        known = catalogue(self.language)
        return {key.removeprefix(start): text for key, text in known.items() if key.startswith(start)}

    @classmethod
    def at(cls, theme: str, language: str, prose: Prose) -> "RenderContext":
        """The look of a theme by its name, "light" or "dark"."""
        return cls(THEMES[theme], language, prose)


def _nothing(*_: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, eq=False)
class Experiment(Generic[S, R]):
    """One question.

    Attributes:
        name: in links, and of the prose's files.
        settings: what a person can move: a class made with `landscape.lessons.settings.settings`.
        measure: from settings to results; pure. Where `long`, it is given a `Progress` too.
        show: from settings and results to pictures; pure.
        rows: the curriculum's rows it shows.
        numbers: from settings and results to the numbers that stand in the prose as `[[name]]`.
        tables: by row, the measured table of its card.
        answer: computes which answer of the prose's question is right, counted from 0; None: no question.
            Where `long`, it takes a `Progress` too.
        opens: the race, training or view that continues from these settings, if any.
        on_stage: fields that are moved on the stage itself and need no control beside it.
        long: whether `measure` takes longer than a blink; it then works in the background, with progress.
        common: from settings to what `measure` calls first and other experiments call too, where that is
            nearly all of its work: a function that remembers its results, and what it is given before the
            report. It is then done once for all of them.
    """

    name: str
    settings: type[S]
    measure: Callable[..., R]
    show: Callable[[S, R, RenderContext], Sequence[Piece]]
    rows: tuple[str, ...] = ()
    numbers: Callable[[S, R], Mapping[str, float | str]] = _nothing
    tables: Callable[[S, R, RenderContext], Mapping[str, Table]] = _nothing
    answer: Callable[..., int] | None = None
    opens: Callable[[S], Document | None] = lambda _: None
    on_stage: tuple[str, ...] = ()
    long: bool = False
    common: Callable[[S], partial] | None = None
