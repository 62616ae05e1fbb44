"""Two languages: the browser's at first, then the person's choice, kept in the address; none left half."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from landscape.i18n import catalogue
from tests.browser.driver import STAGE, open_app, settled
from tests.browser.race import card, nudge, open_card, press, switch_language, words

SPACES = "|".join(sorted({key.split(".")[0] for key in catalogue("en")}))
KEY = re.compile(rf"\b({SPACES})\.[a-z_]+")


def keys(page: Page) -> list[str]:
    """Texts that are a catalogue's key and not its words."""
    return [text for text in words(page) if KEY.search(text)]


def english(page: Page) -> list[str]:
    """Whole phrases of the English catalogue that the page shows though Korean has its own."""
    korean = catalogue("ko")
    phrases = [
        text
        for key, text in catalogue("en").items()
        if len(text) >= 12 and korean[key] != text and not re.search(r"[{}*`\n]", text)
    ]
    seen = "\n".join(words(page))
    return [phrase for phrase in phrases if phrase in seen]


def language(page: Page) -> str:
    """The language in the address."""
    return parse_qs(urlsplit(page.url).query).get("lang", [""])[0]


def test_language_can_be_switched(still: Page) -> None:
    """The menu turns page and stage to Korean and back; controls go on, the address keeps the choice."""
    page = open_app(still)
    names = page.locator(f"{STAGE} .legend").inner_text()
    assert not keys(page)
    switch_language(page, "한국어", "ko")
    assert language(page) == "ko"
    assert page.locator(f"{STAGE} .legend").inner_text() != names
    nudge(page, 3)
    page.reload()
    settled(page)
    expect(card(page)).to_have_attribute("lang", "ko")
    switch_language(page, "English", "en")
    assert language(page) == "en"
    assert page.locator(f"{STAGE} .legend").inner_text() == names
    nudge(page, 3)


def test_korean_browser_is_greeted_in_korean(new_page: Callable[..., Page]) -> None:
    """A Korean browser gets Korean unasked: no key and no English phrase, also in what opens on demand."""
    page = open_app(new_page(language="ko", reduced_motion=True))
    expect(card(page)).to_have_attribute("lang", "ko")
    assert language(page) == "ko"
    open_card(page, 5)
    press(page, "share")
    page.locator("[data-testid=stPopoverBody] .stCode code").wait_for()
    assert not keys(page)
    assert not english(page)
    page.keyboard.press("Escape")
    page.locator("[class*='st-key-extras-'] button").first.click()
    page.locator("[data-testid=stPopoverBody] input").first.wait_for()
    settled(page)
    assert not keys(page)
    assert not english(page)
    open_app(page, "/home", stage=False)
    assert not keys(page)
    assert not english(page)
