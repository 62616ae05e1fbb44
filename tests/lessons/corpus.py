"""Every experiment of every lesson, each measured once for all tests of a process."""

from dataclasses import fields
from functools import cache
from typing import Any

from landscape.lessons import LESSONS, Experiment
from landscape.lessons.experiment import RenderContext
from landscape.lessons.prose import Prose, prose

ALL = [(lesson, experiment) for lesson, experiments in LESSONS.items() for experiment in experiments]
IDS = [f"{lesson}-{experiment.name}" for lesson, experiment in ALL]
QUICK = [(lesson, experiment) for lesson, experiment in ALL if not experiment.long]
QUICK_IDS = [f"{lesson}-{experiment.name}" for lesson, experiment in QUICK]


@cache
def measured(experiment: Experiment, settings: Any) -> Any:
    """What an experiment finds."""
    if experiment.long:
        return experiment.measure(settings, lambda done, total: True)
    return experiment.measure(settings)


@cache
def answered(experiment: Experiment) -> int:
    """The right answer of its question."""
    assert experiment.answer is not None
    return experiment.answer()


def ends(experiment: Experiment) -> list[Any]:
    """The settings with one control after the other at each of its ends."""
    found = []
    for field in fields(experiment.settings):
        options = field.metadata.get("choices") or (field.metadata["low"], field.metadata["high"])
        every = options if isinstance(options[0], (str, bool)) else (options[0], options[-1])
        found += [experiment.settings(**{field.name: value}) for value in every]
    return found


def look(lesson: str, experiment: Experiment, language: str, theme: str = "light") -> RenderContext:
    """The look of a visit."""
    return RenderContext.at(theme, language, prose(lesson, experiment.name, language))


def words(said: Prose) -> dict[str, str]:
    """Every text of an experiment by its place."""
    texts = {"title": said.title, "tab": said.tab, "intro": said.intro}
    texts |= {f"control {name}": label for name, (label, _) in said.controls.items()}
    texts |= {f"help {name}": help for name, (_, help) in said.controls.items() if help}
    texts |= {f"card {card.row}": card.measured for card in said.cards}
    texts |= {f"notes {card.row}": card.notes for card in said.cards}
    texts |= {f"word {name}": text for name, text in said.words.items()}
    if said.question:
        texts |= {"question": said.question.text, "reveal": said.question.reveal}
    return texts
