"""Where a visit is in a lesson: which experiment, and what has been moved in each. A link carries it."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from landscape.core.frozen import FrozenDict
from landscape.lessons import LESSONS
from landscape.lessons.experiment import Experiment
from landscape.lessons.settings import changed, read
from landscape.scenario.document import Document
from landscape.scenario.error import ScenarioError, unknown
from landscape.scenario.fields import Value
from landscape.scenario.model import Fields


class LessonState(Document):
    """One place in one lesson.

    Attributes:
        lesson: its name in `LESSONS`.
        experiment: the one that is open.
        values: by experiment, the settings that are not at their defaults.
    """

    lesson: str
    experiment: str
    values: Annotated[dict[str, Fields], AfterValidator(FrozenDict)] = Field(default_factory=FrozenDict)

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.lesson not in LESSONS:
            raise ScenarioError([unknown(self.lesson, LESSONS, "lesson")])
        names = {experiment.name: experiment for experiment in LESSONS[self.lesson]}
        strangers = [unknown(self.experiment, names, "experiment")] if self.experiment not in names else []
        strangers += [unknown(name, names, "values") for name in self.values if name not in names]
        if strangers:
            raise ScenarioError(strangers)
        for name, values in self.values.items():
            try:
                read(names[name].settings, values)
            except ScenarioError as error:
                raise error.within(f"values.{name}") from None
        return self

    @property
    def open(self) -> Experiment:
        """The experiment that is open."""
        return next(e for e in LESSONS[self.lesson] if e.name == self.experiment)

    @property
    def settings(self) -> Any:
        """The open experiment's settings."""
        return read(self.open.settings, self.values.get(self.experiment, {}))

    def at(self, experiment: str) -> Self:
        """The same lesson at another experiment."""
        return self.replace(experiment=experiment)

    def moved(self, values: Mapping[str, Value], experiment: str | None = None) -> Self:
        """With some settings of an experiment changed: of the open one if none is named.

        A control may be heard when the visit has gone on to another experiment.
        """
        theirs = self.at(experiment or self.experiment)
        now = read(theirs.open.settings, {**vars(theirs.settings), **values})
        others = {name: kept for name, kept in self.values.items() if name != theirs.experiment}
        own = {theirs.experiment: found} if (found := changed(now)) else {}
        return self.replace(values=others | own)

    def reset(self) -> Self:
        """The open experiment as it was at first."""
        return self.replace(values={k: v for k, v in self.values.items() if k != self.experiment})


def first(lesson: str) -> LessonState:
    """Where a visit begins: the lesson's first experiment."""
    return LessonState(lesson=lesson, experiment=LESSONS[lesson][0].name)


def opened(lesson: str, link: str) -> LessonState:
    """The place of a link, if it is in this lesson."""
    place = LessonState.from_link(link)
    if place.lesson != lesson:
        raise ScenarioError([unknown(place.lesson, [lesson], "lesson")])
    return place
