"""What a refused description says: each fault with the field it is in, a code and its details."""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

MESSAGES = {
    "version": "must be 1; given {given}, perhaps from a newer version of this app",
    "not_json": "is not JSON: it stops making sense at line {line}, column {column}",
    "too_large": "is too large; at most {limit} bytes are allowed",
    "link_too_long": "has {length} characters; at most {limit} are allowed",
    "link_damaged": "is damaged or cut short",
    "missing": "is missing",
    "unknown": "{given} is not known.{hint} Allowed: {allowed}",
    "not_number": "must be a finite number; given {given}",
    "not_whole": "must be a whole number; given {given}",
    "not_flag": "must be true or false; given {given}",
    "not_text": "must be text; given {given}",
    "not_list": "must be a list; given {given}",
    "not_object": "must be an object of named values; given {given}",
    "out_of_range": "must be from {low} to {high}; given {given}",
    "too_many": "has {found} entries; at most {limit} are allowed",
    "too_long": "must have 1 to {limit} characters; given {given}",
    "bad_id": "must be 1 to 16 letters, digits, hyphens or underscores; given {given}",
    "unprintable": "must hold printable characters only; given {given}",
    "twice": "{given} is used twice",
    "no_problem": "needs a surface's name or a formula, one of the two",
    "own_domain": "belongs to a formula; a surface has its own",
    "empty_interval": "must be two intervals, each from a lower to a higher number; given {given}",
    "dimension": "needs {expected} coordinates on this surface; given {given}",
    "no_base": "belongs to an optimizer that wraps another ({allowed}), and {given} does not",
    "no_then": "belongs to a schedule that leads into another ({allowed}), and {given} does not",
    "too_deep": "is one schedule too many: a schedule leads into one other at most",
    "no_decay": "says how weight decay is applied, and there is none",
    "real_data": "belongs to synthetic data ({allowed}), and {given} is real",
    "no_images": "needs images, and {given} has none",
    "too_many_steps": "would take {given} steps; at most {limit} are allowed",
    "formula": "{reason}",
    "not_allowed": "is not allowed here; given {given}",
}
"""English; the catalogues carry the same under `scenario.<code>`, a test keeps them equal."""

SUBJECTS = {"": "The description {message}", "link": "The link {message}"}
"""What a fault of the whole is said of; one of a part follows its field and a colon."""

WHOLE = ("unknown", "twice", "formula")
"""Messages that are sentences by themselves."""

KINDS = {
    "missing": "missing",
    "model_type": "not_object",
    "dict_type": "not_object",
    "int_type": "not_whole",
    "int_from_float": "not_whole",
    "int_parsing_size": "not_whole",
    "float_type": "not_number",
    "finite_number": "not_number",
    "bool_type": "not_flag",
    "string_type": "not_text",
    "string_unicode": "not_text",
    "tuple_type": "not_list",
    "literal_error": "version",
}
SHOWN, LONGEST, LONGEST_FIELD, LONGEST_NAME = 5, 500, 80, 40
"""Faults in one message, and the characters of a sentence, of a field and of each name in it."""


class Fault(NamedTuple):
    """One thing that is wrong: where, which kind, and the words to fill in."""

    field: str
    code: str
    details: dict[str, Any]

    @property
    def words(self) -> dict[str, Any]:
        """The details, with the name that was meant: looked for here, since few of many faults are told."""
        if self.code != "unknown":
            return self.details
        allowed = self.details["allowed"]
        near = difflib.get_close_matches(self.details["name"], allowed, n=1, cutoff=0.5)
        return self.details | {"allowed": ", ".join(allowed) or "—", "suggestion": "".join(near)}

    @property
    def message(self) -> str:
        words = self.words
        hint = " Did you mean {suggestion}?".format_map(words) if words.get("suggestion") else ""
        return MESSAGES[self.code].format_map({**words, "hint": hint})

    def sentence(self, message: str, subjects: Mapping[str, str]) -> str:
        """A message with what it is said of, in any language, short enough for any place."""
        if self.field not in subjects:
            message = f"{self.field}: {message}"
        elif self.code not in WHOLE:
            message = subjects[self.field].format(message=message)
        return shorten(message, LONGEST)


class ScenarioError(ValueError):
    """A refused description: every fault names its field, what was given and what is allowed.

    Attributes:
        faults: codes and details, for translation.
        problems: the same as (field, English message).
    """

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        super().__init__(self.faults)

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [(fault.field, fault.message) for fault in self.faults]

    def __str__(self) -> str:
        lines = [fault.sentence(fault.message, SUBJECTS) for fault in self.faults[:SHOWN]]
        more = len(self.faults) - SHOWN
        return "\n".join([*lines, f"and {more} more"] if more > 0 else lines)

    def within(self, where: str) -> "ScenarioError":
        """The same faults of a part of something larger."""
        return ScenarioError(fault._replace(field=join(where, fault.field)) for fault in self.faults)


def scenario_error(code: str, field: str = "", **details: Any) -> ScenarioError:
    """The error of one fault."""
    return ScenarioError([Fault(field, code, details)])


def unknown(given: Any, allowed: Iterable[str], field: str = "") -> Fault:
    """The fault of a name that is none of the allowed ones."""
    name = given[:LONGEST_NAME].lower() if isinstance(given, str) else ""
    return Fault(field, "unknown", {"given": show(given), "name": name, "allowed": tuple(allowed)})


def show(given: Any) -> str:
    """What was given, as JSON writes it, short enough for any message."""
    if isinstance(given, (dict, list, tuple)):
        return "{…}" if isinstance(given, dict) else "[…]"
    if given is None or isinstance(given, bool):
        return str(given).lower().replace("none", "null")
    if isinstance(given, int) and abs(given) >= 10**18:
        return "10^18" if given > 0 else "-10^18"
    return shorten(repr(given), LONGEST_NAME)


def shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def translate(error: ValidationError, allowed: Iterable[str]) -> ScenarioError:
    """Pydantic's account of a refused model in our words; `allowed` are the model's own fields."""
    faults: list[Fault] = []
    for line in error.errors(include_url=False):
        where, given, context = path(line["loc"]), line["input"], line.get("ctx", {})
        inner = context.get("error")
        if isinstance(inner, ScenarioError):
            faults += inner.within(where).faults
        elif line["type"] == "extra_forbidden":
            faults.append(unknown(line["loc"][-1], allowed, path(line["loc"][:-1])))
        elif line["type"] == "too_long":
            faults.append(Fault(where, "too_many", {"found": len(given), "limit": context["max_length"]}))
        else:
            faults.append(Fault(where, KINDS.get(line["type"], "not_allowed"), {"given": show(given)}))
    return ScenarioError(faults)


def path(location: Iterable[int | str]) -> str:
    """Where in the description: `runners[0].rule`; a name that is none of ours is quoted."""
    where = ""
    for part in location:
        if isinstance(part, int):
            where += f"[{part}]"
        elif part != "[key]":  # what Pydantic adds for a name rather than its value
            where = join(
                where, part if re.fullmatch(r"[A-Za-z_]\w{0,39}", part, re.ASCII) else f"[{show(part)}]"
            )
    return where


def join(where: str, field: str) -> str:
    """A field of a part, from the outermost to the innermost; of a long way the end is left out."""
    whole = where + field if not where or not field or field.startswith("[") else f"{where}.{field}"
    return shorten(whole, LONGEST_FIELD)
