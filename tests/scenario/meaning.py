"""All that a link says, with every value that it leaves to a default."""

from dataclasses import fields, is_dataclass
from typing import Any

from landscape.lessons.place import LessonState
from landscape.scenario import Problem, Runner, Scenario
from landscape.scenario.document import Document
from landscape.scenario.model import StrictModel
from landscape.scenario.training import Training
from landscape.scenario.view import View

PAGES: dict[str, type[Document]] = {
    "race": Scenario,
    "network": Training,
    "landscape": View,
    "lesson": LessonState,
}
"""What the links of each page hold."""


def meaning(page: str, link: str) -> dict[str, Any]:
    """A link of a page, read and told in full."""
    return _told(PAGES[page].from_link(link))


def _told(thing: Any) -> Any:
    if isinstance(thing, StrictModel):
        told = {name: _told(getattr(thing, name)) for name in type(thing).model_fields}
        if isinstance(thing, Runner):
            told["optimizer"] = _told(thing.optimizer())
        if isinstance(thing, Problem):
            told["surface"] = _told(thing.surface())
        if isinstance(thing, LessonState):
            told["settings"] = _told(thing.settings)
        return told
    if is_dataclass(thing):
        return {field.name: _told(getattr(thing, field.name)) for field in fields(thing) if field.init}
    if isinstance(thing, dict):
        return {name: _told(value) for name, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [_told(value) for value in thing]
    return thing if isinstance(thing, (bool, int, float, str, type(None))) else None
