"""What went wrong, in the language of the person who has to put it right."""

from landscape.i18n.catalogue import text
from landscape.problems.formula import FormulaError
from landscape.scenario import ScenarioError


def explain(error: FormulaError | ScenarioError, language: str) -> list[str]:
    """One sentence for each thing that is wrong.

    >>> from landscape.scenario import Scenario
    >>> try:
    ...     Scenario.from_json('{"problem": {"name": "bowl"}, "start": [1, 2], "steps": 0}')
    ... except ScenarioError as error:
    ...     print(*explain(error, "en"))
    steps: must be from 1 to 20,000; given 0
    """
    if isinstance(error, FormulaError):
        return [_sentence(f"formula.{error.code}", error.details, language)]
    return [
        f"{fault.field}: {sentence}" if fault.field else sentence
        for fault in error.faults
        for sentence in [_sentence(f"scenario.{fault.code}", fault.details, language)]
    ]


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
