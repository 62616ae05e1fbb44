"""What went wrong, in the language of the person who has to put it right."""

from landscape.i18n.catalogue import text
from landscape.problems.formulas.formula import FormulaError
from landscape.scenario import ScenarioError
from landscape.scenario.error import SHOWN


def explain(error: FormulaError | ScenarioError, language: str) -> list[str]:
    """One sentence for each thing that is wrong, of many the first ones and how many more there are.

    >>> from landscape.scenario import Scenario
    >>> try:
    ...     Scenario.from_json('{"problem": {"name": "bowl"}, "start": [1, 2], "steps": 0}')
    ... except ScenarioError as error:
    ...     print(*explain(error, "en"))
    steps: must be from 1 to 20,000; given 0
    """
    if isinstance(error, FormulaError):
        return [_sentence(f"formula.{error.code}", error.details, language)]
    subjects = {"": text("scenario.of_description", language), "link": text("scenario.of_link", language)}
    lines = [
        fault.sentence(_sentence(f"scenario.{fault.code}", fault.words, language), subjects)
        for fault in error.faults[:SHOWN]
    ]
    more = len(error.faults) - SHOWN
    return [*lines, text("scenario.more", language, count=more)] if more > 0 else lines


def _sentence(key: str, details: dict, language: str) -> str:
    """The text of an error with its details; a formula inside a scenario explains itself."""
    words = dict(details)
    if isinstance(reason := details.get("reason"), FormulaError):
        words["reason"] = explain(reason, language)[0]
    if details.get("expected") == "2 or more":
        words["expected"] = text("formula.two_or_more", language)
    suggestion = details.get("suggestion")
    words["hint"] = text("error.hint", language, suggestion=suggestion) if suggestion else ""
    return text(key, language, **words)
