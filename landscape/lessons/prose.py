"""What an experiment says, in one Markdown file for each language.

    # When does it blow up?
    tab: When does it blow up?

    Two or three sentences, with live numbers such as [[border:.3f]].

    ## controls
    - rate: Learning rate η | How far one step goes: η times the slope.
    - surface: Curve
    - surface.parabola: Parabola

    ## formula
    $$x_{k+1} = x_k - \\eta f'(x_k)$$

    ## predict
    Which rate is the largest that still settles?
    - 0.05
    - 0.199

    Shown once it is answered.

    ## card S1-09 half
    > What the notes say.

    What we measure, with [[steps]] in it.

    ## words
    - loss: Loss

`[[name]]` is a number of the experiment as the language prints it, `[[name:.2f]]` formatted as Python does.
`[[name|을를]]` and `[[name:.2f|을를]]` also write the particle, as Korean chooses it by the number's sound.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from landscape import i18n
from landscape.i18n.numbers import formatted
from landscape.i18n.particles import PAIRS, attached

FOLDER = Path(i18n.__file__).parent
VERDICTS = ("right", "half", "wrong", "context")
PLACEHOLDER = re.compile(r"\[\[(\w+)(?::([^\]|]+))?(?:\|(\w+))?\]\]")
ENTRY = re.compile(r"^- ([\w.-]+): (.*)$")


@dataclass(frozen=True)
class Question:
    """What to predict before looking: the question, its answers, and what is said once one was given."""

    text: str
    answers: tuple[str, ...]
    reveal: str


@dataclass(frozen=True)
class Card:
    """What the notes say beside what we measure, for one row of the curriculum."""

    row: str
    verdict: str
    notes: str
    measured: str


@dataclass(frozen=True)
class Prose:
    """Everything one experiment says in one language.

    Attributes:
        title: the question.
        tab: the same, short enough for a pill.
        intro: two or three sentences.
        controls: label and help by the field's name; labels of options by "field.option".
        formula: Markdown with live numbers, or nothing.
        question: what to predict, or None.
        cards: in the order they are shown.
        words: of the pictures.
    """

    title: str
    tab: str
    intro: str
    controls: Mapping[str, tuple[str, str | None]]
    formula: str
    question: Question | None
    cards: tuple[Card, ...]
    words: Mapping[str, str]


@cache
def prose(lesson: str, experiment: str, language: str) -> Prose:
    """What an experiment says in one language.

    Raises:
        ValueError: the file does not keep to the form, with its name and the part.
    """
    path = FOLDER / language / "lessons" / lesson / f"{experiment}.md"
    try:
        return parse(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{language}/lessons/{lesson}/{experiment}.md: {error}") from None


def parse(text: str) -> Prose:
    """Read the form described above."""
    head, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    found = re.match(r"# ([^\n]+)\ntab: ([^\n]+)\n(.*)", head, re.DOTALL)
    if not found:
        raise ValueError("begins with '# title' and 'tab: short title'")
    sections: dict[str, str] = {}
    cards = []
    for part in parts:
        name, _, body = part.partition("\n")
        if name.startswith("card "):
            cards.append(_card(name, body.strip()))
        elif name in ("controls", "formula", "predict", "words") and name not in sections:
            sections[name] = body.strip()
        else:
            raise ValueError(f"'## {name}' is no part, or stands twice")
    title, tab, intro = (piece.strip() for piece in found.groups())
    question = _question(sections["predict"]) if "predict" in sections else None
    entries = _entries(sections.get("controls", ""))
    labels = {
        key: (label.strip(), help.strip() or None)
        for key, entry in entries.items()
        for label, _, help in [entry.partition("|")]
    }
    words = _entries(sections.get("words", ""))
    return Prose(title, tab, intro, labels, sections.get("formula", ""), question, tuple(cards), words)


def fill(text: str, numbers: Mapping[str, float | str], language: str) -> str:
    """Put the numbers into their places.

    Raises:
        KeyError: a place names a number there is not.
        ValueError: a place asks for a particle there is not.

    >>> fill("after [[steps]] steps at [[rate:.3f]]", {"steps": 1375, "rate": 0.199}, "en")
    'after 1,375 steps at 0.199'
    >>> fill("η = [[rate|을를]]", {"rate": 0.2}, "ko")
    'η = 0.2를'
    """

    def one(hole: re.Match[str]) -> str:
        name, form, pair = hole.groups()
        value = numbers[name]
        if not isinstance(value, str):
            value = formatted(value, form) if form else i18n.number(value, language)
        return attached(value, pair) if pair else value

    return PLACEHOLDER.sub(one, text)


def unmeasured(text: str) -> str:
    """An ellipsis in the place of every number, for the time until they are measured.

    >>> unmeasured("after [[steps]] steps"), unmeasured("[[rate:.3f|을를]]")
    ('after … steps', '…을(를)')
    """
    return PLACEHOLDER.sub(lambda hole: "…{}({})".format(*PAIRS[hole[3]]) if hole[3] else "…", text)


def _entries(body: str) -> dict[str, str]:
    entries = {}
    for line in filter(None, body.splitlines()):
        found = ENTRY.match(line)
        if not found or found[1] in entries:
            raise ValueError(f"no '- key: text', or twice: {line}")
        entries[found[1]] = found[2].strip()
    return entries


def _question(body: str) -> Question:
    found = re.match(r"(.+?)\n((?:- [^\n]+(?:\n|$)){2,4})(.*)", body, re.DOTALL)
    if not found:
        raise ValueError("'## predict' holds a question, two to four '- answers', and what follows")
    text, answers, reveal = found.groups()
    return Question(text.strip(), tuple(line[2:].strip() for line in answers.splitlines()), reveal.strip())


def _card(name: str, body: str) -> Card:
    _, row, verdict = (*name.split(), "", "")[:3]
    quoted = re.match(r"((?:> [^\n]*\n)+)(.+)", body, re.DOTALL)
    if verdict not in VERDICTS or not quoted:
        raise ValueError(
            f"'## {name}' is 'card <row> <{'|'.join(VERDICTS)}>', a '> quotation' and our finding"
        )
    notes = " ".join(line.removeprefix("> ") for line in quoted[1].splitlines())
    return Card(row, verdict, notes.strip(), quoted[2].strip())
