"""The Home page without a browser: words and pictures in both languages, and every card leads to its race."""

import re

import pytest

from landscape.i18n import LANGUAGES, text
from landscape.lessons import LESSONS
from landscape.presets.races import PRESETS

pytestmark = pytest.mark.slow

CARDS = [name for name in PRESETS if name != "default"]


def home(visit, language="en"):
    page = visit(language=language)
    page.app.switch_page("pages/home.py")
    return page.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_preset_has_a_card_with_a_picture(visit, language):
    page = home(visit, language)
    page.check_words()
    bodies = [element.proto.body for element in page.app.get("html")]
    for name in CARDS:
        assert any(text(f"preset.{name}.name", language) in body for body in bodies)
    pictures = [body for body in bodies if "<img" in body]
    assert len(pictures) == len(PRESETS)
    assert all(re.search(r'src="data:image/svg\+xml,%3Csvg [^"<>]+%3C/svg%3E"', body) for body in pictures)


@pytest.mark.parametrize("name", CARDS)
def test_a_card_opens_its_race(visit, name):
    page = home(visit)
    page.app.button(key=f"see-{name}").click()
    assert page.run().scenario == PRESETS[name]


def test_every_lesson_has_a_card_that_opens_it(visit):
    """The way to the lessons is on the first page."""
    for name in LESSONS:
        page = home(visit)
        page.app.button(key=f"see-lesson-{name}").click()
        page.run()
        assert f"lesson-{name}" in page.app.session_state
