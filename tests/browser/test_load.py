"""The pages open: painted, moving unless asked not to, in the visitor's theme, whole where a link is not."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.driver import STAGE, eventually, open_app, overflow
from tests.browser.race import DEFAULT, card, map_of, scenario, stage


def test_race_opens_and_plays(page: Page) -> None:
    """The first visit shows every optimizer of the default race, already moving, with its outcome."""
    open_app(page)
    assert len(DEFAULT.runners) == 7
    assert stage(page, "runners") == "7"
    assert stage(page, "playing") == "true"
    assert stage(page, "theme") == "light"
    expect(card(page)).not_to_have_attribute("data-step", stage(page, "step"))
    expect(page.locator(f"{STAGE} .legend .chip")).to_have_count(7)
    expect(page.locator("table.outcomes tbody tr")).to_have_count(7)
    expect(page.locator(f"{STAGE} .terrain .empty")).to_be_hidden()
    assert overflow(page) == 0
    assert scenario(page) == DEFAULT


def test_dark_and_reduced_motion(new_page: Callable[..., Page]) -> None:
    """The browser's dark theme reaches the stage; asked for less motion, it waits until it is started."""
    page = open_app(new_page(theme="dark", reduced_motion=True))
    assert stage(page, "theme") == "dark"
    page.wait_for_timeout(500)
    assert stage(page, "playing") == "false"
    assert stage(page, "step") == "0"
    map_of(page).press("Space")
    expect(card(page)).to_have_attribute("data-playing", "true")
    expect(card(page)).not_to_have_attribute("data-step", "0")


def test_damaged_link_is_explained(page: Page) -> None:
    """A link cut short opens the default race and says what happened; it stays until something moves."""
    short = DEFAULT.to_link()[:-9]
    open_app(page, f"/?s={short}")
    expect(page.locator("[data-testid=stToast]")).to_be_visible()
    expect(card(page)).to_have_attribute("data-runners", str(len(DEFAULT.runners)))
    assert f"s={short}&" in page.url
    map_of(page).click()
    eventually(page, lambda: f"s={short}&" not in page.url)
    assert scenario(page).replace(start=DEFAULT.start) == DEFAULT


def test_home_leads_to_the_race(page: Page) -> None:
    """The Home page has no stage; a card on it opens that race, and Back leads home again."""
    open_app(page, "/home", stage=False)
    expect(page.locator("h1")).to_be_visible()
    assert overflow(page) == 0
    page.locator(".st-key-tile-saddle_escape button:visible").first.click()
    expect(card(page)).to_have_attribute("data-runners", "6")
    page.go_back()
    expect(page.locator(".st-key-start-race")).to_be_visible()
