"""The laws of every experiment: it measures, shows and says itself, wherever it is moved."""

import csv
import io
import re
from dataclasses import fields

import pytest

from landscape.i18n import LANGUAGES
from landscape.lessons import LESSONS
from landscape.lessons.pieces import Chart, Stage, drawn
from landscape.lessons.place import LessonState, first, opened
from landscape.lessons.prose import PLACEHOLDER, fill, prose
from landscape.scenario.document import Document
from landscape.scenario.error import ScenarioError
from landscape.ui.lesson.pieces import as_csv
from tests.i18n.test_catalogues import NAMES
from tests.lessons.corpus import ALL, IDS, QUICK, QUICK_IDS, answered, ends, look, measured, words
from tests.lessons.rows import CARDS, ROWS

every = pytest.mark.parametrize(("lesson", "experiment"), ALL, ids=IDS)
HANGUL = range(0xAC00, 0xD7A4)
PROGRAMMERS = re.compile(r"\de[-+\N{MINUS SIGN}]?\d")
"""A power of ten as a program writes it: a page writes 10⁻⁶."""


def test_names_are_their_own():
    """A link names an experiment by lesson and name."""
    for experiments in LESSONS.values():
        names = [experiment.name for experiment in experiments]
        assert len(set(names)) == len(names) > 0


@every
def test_a_person_moves_at_most_five_things(lesson, experiment):
    """An experiment is a question, not a wall of widgets; each control has its words."""
    names = [field.name for field in fields(experiment.settings)]
    assert len(set(names) - set(experiment.on_stage)) <= 5
    assert set(experiment.on_stage) <= set(names)
    needed = {name for name in names if name not in experiment.on_stage}
    for field in fields(experiment.settings):
        options = field.metadata.get("choices") or ()
        if field.name in needed and options and isinstance(options[0], str):
            needed |= {f"{field.name}.{option}" for option in options}
    for language in LANGUAGES:
        assert needed <= set(prose(lesson, experiment.name, language).controls)


@every
def test_both_languages_say_the_same_things(lesson, experiment):
    """The same parts, answers, verdicts and live numbers; the Korean is Korean."""
    english, korean = (prose(lesson, experiment.name, language) for language in LANGUAGES)
    assert [(c.row, c.verdict) for c in english.cards] == [(c.row, c.verdict) for c in korean.cards]
    assert len(english.question.answers if english.question else ()) == len(
        korean.question.answers if korean.question else ()
    )
    theirs, ours = words(english), words(korean)
    assert theirs.keys() == ours.keys()
    for place, text in theirs.items():
        assert {hole[1] for hole in PLACEHOLDER.finditer(text)} == {
            hole[1] for hole in PLACEHOLDER.finditer(ours[place])
        }, place
    for place in ("title", "tab", "intro"):
        assert any(ord(letter) in HANGUL for letter in ours[place]), f"{place}: {ours[place]}"
    same = {place: text for place, text in ours.items() if text == theirs[place] and len(text.split()) > 2}
    assert not {p: t for p, t in same.items() if not NAMES.search(t)}


@every
def test_a_claim_that_does_not_hold_has_a_card(lesson, experiment):
    """Every row shown here that is half true or wrong says so; a card belongs to a row that is shown."""
    shown = {card.row: card.verdict for card in prose(lesson, experiment.name, "en").cards}
    assert set(experiment.rows) <= set(ROWS[lesson])
    assert set(shown) <= set(experiment.rows)
    for row in set(experiment.rows) & set(CARDS):
        assert shown.get(row) == CARDS[row], row


@pytest.mark.slow
@every
@pytest.mark.parametrize("language", LANGUAGES)
def test_at_first_it_shows_pictures_and_fills_its_prose(lesson, experiment, language):
    """Every live number has a value, every picture numbers, a picture for eyes words for ears."""
    settings = experiment.settings()
    result = measured(experiment, settings)
    numbers = experiment.numbers(settings, result)
    said = prose(lesson, experiment.name, language)
    texts = [*words(said).values(), said.formula]
    assert not [text for text in texts if "[[" in fill(text, numbers, language)]
    for theme in ("light", "dark"):
        pieces = experiment.show(settings, result, look(lesson, experiment, language, theme))
        assert any(isinstance(piece, (Chart, Stage)) for piece in pieces)
        assert all(piece.alt.strip() for piece in pieces if isinstance(piece, Chart))
        assert all(len(columns) for piece in pieces for _, columns in drawn(piece))
    assert len(list(csv.reader(io.StringIO(as_csv(pieces))))) > 3
    tables = experiment.tables(settings, result, look(lesson, experiment, language))
    assert set(tables) <= {card.row for card in said.cards}


@pytest.mark.slow
@pytest.mark.parametrize(("lesson", "experiment"), QUICK, ids=QUICK_IDS)
def test_every_control_can_be_moved_to_its_ends(lesson, experiment):
    """Nothing raises there, the prose still fills, and the link carries it."""
    seen = look(lesson, experiment, "en")
    for settings in ends(experiment):
        result = measured(experiment, settings)
        experiment.show(settings, result, seen)
        experiment.tables(settings, result, seen)
        numbers = experiment.numbers(settings, result)
        for text in (*words(seen.prose).values(), seen.prose.formula):
            assert not PROGRAMMERS.search(fill(text, numbers, "en")), text
        place = LessonState(lesson=lesson, experiment=experiment.name).moved(vars(settings))
        assert opened(lesson, place.to_link()) == place
        assert place.settings == settings


def test_a_control_heard_late_moves_its_own_experiment():
    """The visit may have gone on meanwhile: what was moved is moved, and what is open stays open."""
    place = first("optimizers").at("assignment")
    gone = place.at("coasting").moved({"apart": True}, "assignment")
    assert gone.experiment == "coasting"
    assert gone.values == {"assignment": {"apart": True}}
    assert gone.at("assignment").settings.apart is True


@pytest.mark.slow
@every
def test_a_prediction_has_one_right_answer(lesson, experiment):
    """The right answer is computed, and is one of those offered."""
    question = prose(lesson, experiment.name, "en").question
    assert (question is None) == (experiment.answer is None)
    if question and experiment.answer:
        assert answered(experiment) in range(len(question.answers))


@every
def test_where_it_goes_on_is_a_place_there(lesson, experiment):
    """What another page is asked to open is a description it understands."""
    further = experiment.opens(experiment.settings())
    assert further is None or (
        isinstance(further, Document) and type(further).from_link(further.to_link()) == further
    )


def test_a_place_keeps_what_was_moved_elsewhere_and_reset_takes_back_its_own():
    """Going to another experiment and back loses nothing."""
    place = first("step_size")
    field = fields(place.open.settings)[0].name
    low = fields(place.open.settings)[0].metadata["low"]
    moved = place.moved({field: low})
    assert getattr(moved.settings, field) == low
    assert moved.reset() == place
    other = moved.at(LESSONS["step_size"][-1].name)
    assert other.at(place.experiment).settings == moved.settings


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"lesson": "nothing"}, "lesson"),
        ({"experiment": "nothing"}, "experiment"),
        ({"values": {"nothing": {}}}, "values"),
    ],
)
def test_a_link_to_nowhere_is_refused_by_name(change, told):
    """What a link names and there is not is said, with what there is."""
    with pytest.raises(ScenarioError, match=f"{told}: .nothing. is not known") as caught:
        first("step_size").replace(**change)
    assert LESSONS["step_size"][0].name in str(caught.value) or told == "lesson"
