"""The lessons in a real browser: every experiment opens and answers, wide and on a phone."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from landscape.i18n import text
from landscape.lessons import LESSONS, Experiment
from landscape.lessons.place import LessonState, first
from landscape.lessons.prose import prose
from landscape.ui.lesson.controls import fields, kind
from landscape.ui.lesson.visit import LINK
from tests.browser.driver import choose, eventually, open_app, overflow, settled, shoot
from tests.browser.race import press, words
from tests.pages.conftest import RAW_KEY

DONE = ".st-key-lesson-actions"
CONTROLS = ".st-key-lesson-controls"
LONG = 120_000


def address(place: LessonState, language: str = "en") -> str:
    """Where an experiment is."""
    return f"/{place.lesson.replace('_', '-')}?lang={language}&{LINK}={place.to_link()}"


def there(page: Page) -> Page:
    """Wait until the experiment is measured and everything is drawn."""
    page.locator(DONE).wait_for(timeout=LONG)
    return settled(page, stage=False)


def fits(page: Page) -> None:
    """Nothing is wider than the screen, no label runs into its value. Charts follow a frame later."""
    eventually(page, lambda: overflow(page) == 0)
    labels = page.locator(f"{CONTROLS} label p")
    crowded = "all => all.filter(p => p.scrollWidth > p.clientWidth).map(p => p.innerText)"
    eventually(page, lambda: labels.evaluate_all(crowded) == [])


def place(page: Page) -> LessonState:
    """The place in the address bar."""
    return LessonState.from_link(parse_qs(urlsplit(page.url).query)[LINK][0])


def differ(before: Any, now: Any) -> list[str]:
    """The names of the settings that are not what they were."""
    return [f.name for f in dataclasses.fields(before) if getattr(before, f.name) != getattr(now, f.name)]


def notched(experiment: Experiment) -> int:
    """How many of an experiment's settings have a slider."""
    return sum(kind(field) == "slider" for field in fields(experiment))


def moves(page: Page, experiment: Experiment) -> Iterator[Locator]:
    """Move every control of the open experiment once: a notch, the other side, the next option."""
    sliders = page.locator(f"{CONTROLS} .stSlider input[type=range]")
    expect(sliders).to_have_count(notched(experiment))  # those of the one before may stand a moment longer
    for k in range(notched(experiment)):
        slider = sliders.nth(k)
        high = slider.get_attribute("value") == slider.get_attribute("max")
        slider.press("ArrowLeft" if high else "ArrowRight")
        yield slider
    toggles = page.locator(f"{CONTROLS} .stCheckbox label")
    for k in range(toggles.count()):
        toggles.nth(k).click()
        yield toggles.nth(k)
    menus = page.locator(f"{CONTROLS} .stSelectbox input")
    for k in range(menus.count()):
        menus.nth(k).press("ArrowDown")
        page.locator("[role=option]").first.wait_for()
        menus.nth(k).press("ArrowDown")
        menus.nth(k).press("Enter")
        yield menus.nth(k)


@pytest.mark.parametrize(("language", "theme", "width"), [("en", "light", 1440), ("ko", "dark", 390)])
@pytest.mark.parametrize("lesson", LESSONS)
def test_every_experiment_opens_and_answers(
    new_page: Callable[..., Page], lesson: str, language: str, theme: str, width: int
) -> None:
    """Pill by pill: the question, pictures, no key, nothing wider than the screen, no console error.

    On the desk every control is then moved, one while the page still answers the one before, as a quick hand
    does: the address comes to say them all, and the page comes to be whole again. What trains has come to its
    end once; then it is moved on, and left, while it works.
    """
    phone = width < 500
    page = new_page(language=language, theme=theme, width=width, height=900, touch=phone, reduced_motion=True)
    open_app(page, address(first(lesson), language), stage=False)
    for experiment in LESSONS[lesson]:
        press(page, f"experiment-{experiment.name}")
        title = prose(lesson, experiment.name, language).title
        expect(page.locator(".st-key-lesson-head h2")).to_have_text(title, timeout=LONG)
        there(page)
        raw = [words_ for words_ in words(page) if RAW_KEY.search(words_) or "[[" in words_]
        assert not raw, raw
        fits(page)
        shoot(page, f"lesson-{lesson}-{experiment.name}-{language}-{width}")
        if phone:
            continue
        before = place(page).settings
        for control in moves(page, experiment):
            expect(control).to_be_visible()
        names = [field.name for field in fields(experiment)]
        eventually(page, lambda before=before, names=names: differ(before, place(page).settings) == names)
        if not experiment.long:
            there(page)
            fits(page)


def test_lessons_are_found_in_the_menu(still: Page) -> None:
    """The menu names every lesson and leads to its head."""
    open_app(still, "/home?lang=en", stage=False)
    for lesson in LESSONS:
        choose(still, text(f"lesson.{lesson}", "en"))
        expect(still.locator("h1")).to_have_text(text(f"lesson.{lesson}", "en"))
        there(still)
        assert still.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
