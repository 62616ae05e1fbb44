"""The lesson pages without a browser: every experiment opens, every control moves it."""

import re
from itertools import cycle
from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from landscape.i18n import LANGUAGES, text
from landscape.lessons import LESSONS
from landscape.lessons.place import LessonState
from landscape.lessons.prose import PLACEHOLDER, prose, unmeasured
from landscape.ui.lesson import visit as visits
from landscape.ui.lesson.controls import fields, kind
from landscape.ui.page.markup import unbroken
from tests.lessons.corpus import ALL, IDS, QUICK, measured
from tests.pages.conftest import RAW_KEY, components

pytestmark = pytest.mark.slow

PAGES = Path(__file__).parents[2] / "pages"
EACH = [(*one, language) for one, language in zip(ALL, cycle(LANGUAGES), strict=False)]
"""Every experiment, in one language after the other."""


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long work is done once for all tests of a process."""
    monkeypatch.setattr(visits, "work", lambda experiment, settings, job: measured(experiment, settings))


class Desk:
    """One visit to a lesson."""

    def __init__(self, place: LessonState, language: str = "en") -> None:
        self.app = AppTest.from_file(str(PAGES / f"{place.lesson}.py"), default_timeout=120)
        self.app.session_state["lang"] = language
        self.app.query_params[visits.LINK] = place.to_link()
        self.key = f"lesson-{place.lesson}"
        self.run()

    def run(self) -> "Desk":
        self.app.run()
        assert not self.app.exception, self.app.exception
        return self

    @property
    def place(self) -> LessonState:
        return self.app.session_state[self.key]

    def whole(self) -> "Desk":
        """Wait for long work, and look again."""
        if self.place.open.long:
            for _ in range(240):
                visits.long(self.place).wait(0.5)
                if visits.long(self.place).done:
                    break
        return self.run()

    def answer(self) -> int:
        """The right answer of the open experiment's question."""
        if not self.place.open.long:
            return visits.answered(self.place.open)
        for _ in range(240):
            if visits.answering(self.place).wait(0.5):
                break
        return visits.answering(self.place).result

    def words(self) -> list[str]:
        """Every word a person can read."""
        found = []
        for element in self.app.main:
            for name in ("label", "value", "help", "body"):
                text = getattr(element, name, None) or getattr(getattr(element, "proto", None), name, None)
                if isinstance(text, str):
                    found.append(text)
        return found

    def widget(self, name: str):
        """The control of a setting, whichever kind it is."""
        key = f"{self.place.lesson}-{self.place.experiment}-{name}"
        for widgets in (self.app.select_slider, self.app.selectbox, self.app.toggle):
            for widget in widgets:
                if widget.key == key:
                    return widget
        raise AssertionError(f"no control {key}")


@pytest.mark.parametrize(("lesson", "experiment", "language"), EACH, ids=IDS)
def test_every_experiment_opens_by_its_link_and_tells_after_the_guess(lesson, experiment, language):
    """The question is there, its pictures and its cards; no key and no open place for a number shows.

    The right answer is told and marked once one has been given, and not before. The browser test opens each
    experiment by its pill, in either language.
    """
    desk = Desk(LessonState(lesson=lesson, experiment=experiment.name), language).whole()
    said, words = prose(lesson, experiment.name, language), desk.words()
    assert any(said.title in word for word in words)
    assert not [word for word in words if RAW_KEY.search(word) or "[[" in word]
    assert any(components(desk.app, name) for name in ("chart", "stage", "curve"))
    for card in said.cards:
        assert any(unbroken(card.notes)[:30] in word for word in words), card.row
    assert len([b for b in desk.app.button if b.key.startswith("experiment-")]) == len(LESSONS[lesson])
    if not experiment.answer:
        return
    assert said.question
    between = re.split(r"\[\[.*?\]\]", unbroken(said.question.reveal))  # the live numbers
    opening = max(between, key=len).strip()[:25]
    assert not any(opening in word for word in words)
    guess, true = f"guess-{lesson}-{experiment.name}", desk.answer()
    desk.app.button(key=f"{guess}-{true}").click()
    hit = text("lesson.hit", language)
    assert any(opening in told and hit in told for told in desk.run().words())
    assert all(desk.app.button(key=f"{guess}-{i}").disabled for i in range(len(said.question.answers)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_it_is_measured_the_opening_stands_without_its_numbers(monkeypatch, language):
    """What is drawn, what to move and what to watch can be read meanwhile."""
    done, work = Event(), visits.work
    monkeypatch.setattr(visits, "work", lambda *given: done.wait(60) and work(*given))
    place = LessonState(lesson="optimizers", experiment="tenfold")
    monkeypatch.setattr(visits, "key", lambda place, made=str(place) + language: made)
    desk, intro = Desk(place, language), prose("optimizers", "tenfold", language).intro
    assert PLACEHOLDER.search(intro)
    assert unbroken(unmeasured(intro)) in desk.words()
    done.set()
    assert unbroken(unmeasured(intro)) not in desk.whole().words()
    begins = unbroken(PLACEHOLDER.split(intro)[0])[:30]
    assert [text for text in desk.words() if text.startswith(begins)]


def of_each_kind():
    """Experiments that have every kind of control between them: a scale, listed stops, a menu, a toggle."""
    seen, found = set(), []
    for lesson, experiment in QUICK:
        kinds = {(kind(field), bool(field.metadata.get("choices"))) for field in fields(experiment)}
        if not kinds <= seen:
            seen |= kinds
            found.append(pytest.param(lesson, experiment, id=f"{lesson}-{experiment.name}"))
    assert len(seen) == 4
    return found


@pytest.mark.parametrize(("lesson", "experiment"), of_each_kind())
def test_every_kind_of_control_moves_the_experiment_and_reset_brings_it_back(lesson, experiment):
    """Each is written into the place, which the link carries; undo and reset take it back. That every control
    of every experiment can be moved is a law (`test_frame`) and seen in the browser (`test_lessons`)."""
    start = LessonState(lesson=lesson, experiment=experiment.name)
    desk, moved = Desk(start), {}
    for field in fields(experiment):
        options = field.metadata.get("choices") or (field.metadata["low"], field.metadata["high"])
        target = next(option for option in reversed(options) if option != field.default)
        desk.widget(field.name).set_value(target)
        moved[field.name] = target
    desk.run()
    assert {name: getattr(desk.place.settings, name) for name in moved} == moved
    if desk.place == start:
        return
    desk.app.button(key="reset").click()
    assert desk.run().place == start
    desk.app.button(key="undo").click()
    assert desk.run().place != start


def test_a_link_that_is_no_place_is_said_and_the_lesson_opens_at_its_beginning():
    """A damaged link loses nothing but itself."""
    app = AppTest.from_file(str(PAGES / "step_size.py"), default_timeout=120)
    app.session_state["lang"] = "en"
    app.query_params[visits.LINK] = "nonsense"
    app.run()
    assert not app.exception
    assert app.session_state["lesson-step_size"].experiment == LESSONS["step_size"][0].name
    assert app.toast
    assert "link" in app.toast[0].value
