"""The lessons in a real browser: every experiment opens and answers, wide and on a phone."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from landscape.i18n import text
from landscape.lessons import LESSONS
from landscape.lessons.place import Place, first
from landscape.lessons.prose import prose
from landscape.ui.lesson.visit import LINK
from tests.browser.driver import eventually, open_app, overflow, settled, shoot
from tests.browser.race import press, words
from tests.lessons.corpus import QUICK, QUICK_IDS
from tests.pages.conftest import RAW_KEY

DONE = ".st-key-lesson-actions"
CONTROLS = ".st-key-lesson-controls"
LONG = 120_000


def address(place: Place, language: str = "en") -> str:
    """Where an experiment is."""
    return f"/{place.lesson.replace('_', '-')}?lang={language}&{LINK}={place.to_link()}"


def there(page: Page) -> Page:
    """Wait until the experiment is measured and everything is drawn."""
    page.locator(DONE).wait_for(timeout=LONG)
    return settled(page, stage=False)


def place(page: Page) -> Place:
    """The place in the address bar."""
    return Place.from_link(parse_qs(urlsplit(page.url).query)[LINK][0])


@pytest.mark.parametrize(("language", "theme", "width"), [("en", "light", 1440), ("ko", "dark", 390)])
@pytest.mark.parametrize("lesson", LESSONS)
def test_every_experiment_opens(
    new_page: Callable[..., Page], lesson: str, language: str, theme: str, width: int
) -> None:
    """Pill by pill: the question, pictures, no key, nothing wider than the screen, no console error."""
    page = new_page(language=language, theme=theme, width=width, height=900, touch=width < 500)
    open_app(page, address(first(lesson), language), stage=False)
    for experiment in LESSONS[lesson]:
        press(page, f"experiment-{experiment.name}")
        title = prose(lesson, experiment.name, language).title
        expect(page.locator(".st-key-lesson-head h2")).to_have_text(title, timeout=LONG)
        there(page)
        raw = [words_ for words_ in words(page) if RAW_KEY.search(words_) or "[[" in words_]
        assert not raw, raw
        assert overflow(page) == 0, experiment.name
        shoot(page, f"lesson-{lesson}-{experiment.name}-{language}-{width}")


@pytest.mark.parametrize(("lesson", "experiment"), QUICK, ids=QUICK_IDS)
def test_every_slider_answers(still: Page, lesson: str, experiment) -> None:
    """One notch of each is in the address, and the page is whole again."""
    before = Place(lesson=lesson, experiment=experiment.name)
    open_app(still, address(before), stage=False)
    there(still)
    sliders = still.locator(f"{CONTROLS} .stSlider input[type=range]")
    for k in range(sliders.count()):
        now = place(still)
        high = sliders.nth(k).get_attribute("value") == sliders.nth(k).get_attribute("max")
        sliders.nth(k).press("ArrowLeft" if high else "ArrowRight")
        eventually(still, lambda now=now: place(still) != now)
        there(still)


def test_lessons_are_found_in_the_menu(page: Page) -> None:
    """The menu names every lesson and leads to it."""
    open_app(page, "/home?lang=en", stage=False)
    for lesson in LESSONS:
        page.get_by_text(text("lesson.lessons", "en"), exact=True).first.click()
        page.get_by_text(text(f"lesson.{lesson}", "en"), exact=True).first.click()
        expect(page.locator("h1")).to_have_text(text(f"lesson.{lesson}", "en"))
        there(page)
