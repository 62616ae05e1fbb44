"""The Landscape page as a hand knows it: a picture, its facts and its sections, on every screen."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from landscape.presets.trainings import runner
from landscape.scenario.training import Data, Net, Training
from landscape.scenario.view import View
from tests.browser.driver import eventually, open_app, overflow, settled, shoot
from tests.browser.test_language import english, keys

TRAINING = Training(
    data=Data(name="moons"),
    network=Net(hidden=(8, 8)),
    batch_size=64,
    epochs=20,
    runners=(runner(1, "sgd", 0.1), runner(2, "momentum", 0.03), runner(6, "adam", 0.01)),
)
VIEW = View(training=TRAINING, points=31)
CHUNKS = re.compile(r"/(Selectbox|Slider|ButtonGroup)\.[^/]*\.js")
"""The code of Streamlit's widgets, which the browser fetches when it meets the first of a kind."""


def visit(page: Page, view: View | None = VIEW, language: str = "en") -> Page:
    """Open a picture and wait until it is whole."""
    link = f"&p={view.to_link()}" if view else ""
    open_app(page, f"/landscape?lang={language}{link}")
    return whole(page)


def whole(page: Page) -> Page:
    """Wait until nothing is under way."""
    expect(page.locator(".plane-status")).not_to_be_empty()
    return settled(page)


def shown(page: Page) -> View:
    """The view in the address bar."""
    return View.from_link(parse_qs(urlsplit(page.url).query)["p"][0])


@pytest.mark.parametrize(
    ("theme", "language", "width"),
    [("light", "en", 1440), ("dark", "ko", 1440), ("dark", "en", 390), ("light", "ko", 390)],
)
def test_the_picture_and_its_facts_fit_the_screen(
    new_page: Callable[..., Page], language: str, theme: str, width: int
) -> None:
    """Stage, six facts and a row for each path, nothing wider than the screen, on desk and phone."""
    phone = width < 800
    page = new_page(theme=theme, language=language, width=width, touch=phone, reduced_motion=True)
    visit(page, language=language)
    expect(page.locator(".fact")).to_have_count(6)
    expect(page.locator("table.shadows tbody tr")).to_have_count(3)
    expect(page.locator(".stage").first).to_have_attribute("lang", language)
    assert overflow(page) == 0
    shoot(page, f"plane-{theme}-{language}-{width}")


def test_another_plane_is_drawn_in_the_place_of_the_first(still: Page) -> None:
    """The old picture stays until the new one comes; the address follows, undo leads back."""
    page = visit(still)
    before = page.locator(".stage").first.get_attribute("data-revision")
    page.locator(".st-key-plane-plane [role=group]").first.click()
    page.get_by_role("option", name="Two random directions").click()
    eventually(page, lambda: "p=" in page.url and shown(page).plane == "random")
    expect(page.locator(f'.stage[data-revision="{before}"]')).to_have_count(0)
    expect(page.locator(".fact.not")).not_to_have_count(0)
    whole(page)
    page.locator(".st-key-undo button:visible").first.click()
    eventually(page, lambda: shown(page) == VIEW)
    expect(page.locator(f'.stage[data-revision="{before}"]')).to_have_count(1)


def test_the_suggested_range_is_one_click_away(still: Page) -> None:
    """A picture far too close says so in words, and mends itself."""
    page = visit(still, VIEW.replace(plane="random", span=0.01))
    expect(page.get_by_text("Too close")).to_be_visible()
    page.locator(".st-key-use-range button:visible").first.click()
    expect(page.get_by_text("Too close")).to_have_count(0)
    eventually(page, lambda: isinstance(shown(page).span, tuple))


def test_controls_whose_code_comes_late_show_what_the_link_says(still: Page) -> None:
    """On a slow network the page runs again before its widgets stand: none falls to its first option."""
    held: list[Route] = []
    still.route(CHUNKS, lambda route: held.append(route))
    view = VIEW.replace(plane="random", normalization="layer", span=2.0, points=41, split="validation")
    still.goto(f"/landscape?lang=en&p={view.to_link()}", wait_until="commit")
    expect(still.locator(".plane-status")).not_to_be_empty()
    late = [*held]
    assert late
    still.route(CHUNKS, lambda route: route.continue_())
    for route in late:
        route.continue_()
    page = whole(still)
    expect(page.locator(".st-key-plane-points input")).to_have_value("41 × 41")
    page.get_by_role("radio", name="1-D cuts").click()
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    assert shown(whole(page)) == view


def test_a_fact_opens_to_what_its_number_means(still: Page) -> None:
    """The explanation is a click, or a key, away."""
    page = visit(still)
    first = page.locator(".fact").first
    expect(first.locator("p")).to_be_hidden()
    first.locator("summary").press("Enter")
    expect(first.locator("p")).to_be_visible()


def test_every_section_opens(still: Page) -> None:
    """Path, cuts, curvature on demand: charts appear and the page stays in its width."""
    page = visit(still)
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    page.get_by_role("radio", name="1-D cuts").click()
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    page.get_by_role("radio", name="Curvature").click()
    page.locator(".st-key-measure button").click()
    expect(page.locator("table.measures")).to_be_visible()
    assert overflow(page) == 0
    shoot(page, "plane-curvature")


@pytest.mark.parametrize(("theme", "language", "width"), [("light", "ko", 1440), ("dark", "en", 390)])
def test_two_networks_stand_side_by_side(
    new_page: Callable[..., Page], language: str, theme: str, width: int
) -> None:
    """A link to a comparison opens on both pictures with their facts; all words are of one language."""
    page = new_page(theme=theme, language=language, width=width, touch=width < 800, reduced_motion=True)
    other = TRAINING.replace(network=Net(hidden=(8, 8), activation="sigmoid", initializer="xavier_normal"))
    visit(page, VIEW.replace(plane="random", against=other), language)
    expect(page.locator(".stage[data-revision]")).to_have_count(3)
    expect(page.locator("table.sides")).to_have_count(2)
    whole(page)
    assert overflow(page) == 0
    assert not keys(page)
    assert language == "en" or not english(page)
    page.locator("table.sides").last.scroll_into_view_if_needed()
    shoot(page, f"plane-pair-{theme}-{language}-{width}")
