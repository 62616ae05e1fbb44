"""The Race page in a real browser: what a hand does to the stage, and what must survive it."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from landscape.presets import PRESETS
from landscape.scenario import Scenario
from tests.browser.driver import STAGE, drag, open_app, overflow, repainted, settled

DEFAULT = PRESETS["default"]


def stage(page: Page, name: str) -> str:
    """What the stage says of its state: step, playing, zoom, runners, revision."""
    return page.locator(STAGE).first.get_attribute(f"data-{name}") or ""


def scenario(page: Page) -> Scenario:
    """The scenario in the address bar."""
    return Scenario.from_link(parse_qs(urlsplit(page.url).query)["s"][0])


def contour(page: Page) -> tuple[float, float, float, float]:
    """The contour's box on the page: left, top, width, height."""
    box = page.locator(f"{STAGE} .contour canvas.front").first.bounding_box()
    assert box is not None
    return box["x"], box["y"], box["width"], box["height"]


def picture(page: Page, selector: str) -> str:
    """What a canvas of the stage shows, as text that can be compared."""
    return page.locator(f"{STAGE} {selector}").first.evaluate("canvas => canvas.toDataURL()")


def pause_at_end(page: Page) -> None:
    """Stop the play head on the last step."""
    page.locator(f"{STAGE} .contour canvas.front").first.press("End")
    expect(page.locator(STAGE).first).to_have_attribute("data-playing", "false")


def open_card(page: Page, number: int) -> None:
    """Open the controls of one optimizer."""
    page.locator(".st-key-cards summary").nth(number).click()
    page.locator(".st-key-cards .stSlider input[type=range]").first.wait_for()
    settled(page)


def nudge(page: Page, key: str = "ArrowRight") -> None:
    """Move the first open slider by one notch."""
    page.locator(".st-key-cards .stSlider input[type=range]").first.press(key)


def test_race_opens_and_plays(page: Page) -> None:
    """The first visit shows every optimizer of the default race, already moving."""
    open_app(page)
    assert stage(page, "runners") == str(len(DEFAULT.runners))
    assert stage(page, "playing") == "true"
    expect(page.locator(STAGE).first).not_to_have_attribute("data-step", stage(page, "step"))
    expect(page.locator(f"{STAGE} .legend .chip")).to_have_count(len(DEFAULT.runners))
    expect(page.locator("table.outcomes tbody tr")).to_have_count(len(DEFAULT.runners))
    assert overflow(page) == 0


def test_click_and_drag_move_the_start(page: Page) -> None:
    """A click puts the start there, a drag carries it along; paths, table and address follow."""
    open_app(page)
    pause_at_end(page)
    left, top, width, height = contour(page)
    (low, high), (bottom, summit) = DEFAULT.surface().domain
    seen = [picture(page, ".contour canvas.front")]
    rows = [page.locator("table.outcomes").inner_text()]
    canvas = page.locator(f"{STAGE} .contour canvas.front").first
    at, to = (0.3 * width, 0.6 * height), (0.5 * width, 0.3 * height)
    acts: list[tuple[Callable[[], object], tuple[float, float]]] = [
        (lambda: page.mouse.click(left + at[0], top + at[1]), at),
        (lambda: drag(page, canvas, at, to), to),
    ]
    for act, (px, py) in acts:
        repainted(page, act)
        expected = (low + px / width * (high - low), summit - py / height * (summit - bottom))
        np.testing.assert_allclose(scenario(page).start, expected, atol=0.01 * (high - low))
        seen.append(picture(page, ".contour canvas.front"))
        rows.append(page.locator("table.outcomes").inner_text())
    assert len(set(seen)) == 3
    assert len(set(rows)) == 3


def test_slider_leaves_zoom_and_playing_alone(page: Page) -> None:
    """A slider moved while the zoomed race plays changes the paths; it goes on from where it is."""
    open_app(page)
    open_card(page, 0)
    left, top, width, height = contour(page)
    page.mouse.move(left + width / 3, top + height / 3)
    page.mouse.wheel(0, -240)
    expect(page.locator(STAGE).first).not_to_have_attribute("data-zoom", "1.000")
    page.locator(f"{STAGE} .speeds button").first.click()
    page.locator(f"{STAGE} .contour canvas.front").first.press("Home")
    page.locator(f"{STAGE} .transport .play").click()
    zoom, step = stage(page, "zoom"), int(stage(page, "step"))
    before = scenario(page)
    repainted(page, lambda: nudge(page))
    assert scenario(page) != before
    assert stage(page, "zoom") == zoom
    assert stage(page, "playing") == "true"
    assert step <= int(stage(page, "step")) < step + 30
    assert scenario(page).start == before.start


def test_scrub_and_keys_move_the_play_head(page: Page) -> None:
    """The strip is scrubbed with the pointer; keys step, jump and play."""
    open_app(page)
    strip = page.locator(f"{STAGE} canvas.strip").first
    box = strip.bounding_box()
    assert box is not None
    inner = box["width"] - 48 - 14
    strip.click(position={"x": 48 + inner / 2, "y": 50})
    assert stage(page, "playing") == "false"
    assert abs(int(stage(page, "step")) - DEFAULT.steps // 2) <= 1
    canvas = page.locator(f"{STAGE} .contour canvas.front").first
    for key, step in (("Home", 0), ("ArrowRight", 1), ("PageDown", 2), ("ArrowLeft", 1), ("End", 300)):
        canvas.press(key)
        expect(page.locator(STAGE).first).to_have_attribute("data-step", str(step))
    canvas.press("Home")
    canvas.press("Space")
    expect(page.locator(STAGE).first).to_have_attribute("data-playing", "true")


def test_legend_hides_a_path(page: Page) -> None:
    """A chip switched off takes its path out of the picture; switched on, the picture is as before."""
    open_app(page)
    pause_at_end(page)
    chip = page.locator(f"{STAGE} .legend .chip").nth(1)
    page.mouse.move(0, 0)
    before = picture(page, ".contour canvas.front")
    for pressed in ("false", "true"):
        chip.click()
        expect(chip).to_have_attribute("aria-pressed", pressed)
        page.wait_for_timeout(200)
        assert (picture(page, ".contour canvas.front") == before) == (pressed == "true")


def test_shared_link_restores_the_race(page: Page, new_page: Callable[..., Page]) -> None:
    """Whoever opens the address sees the same race: same scenario, same table, in the same language."""
    open_app(page, "/?lang=ko")
    open_card(page, 1)
    repainted(page, lambda: nudge(page))
    left, top, width, height = contour(page)
    repainted(page, lambda: page.mouse.click(left + width / 4, top + height / 4))
    shared = scenario(page)
    assert shared != DEFAULT
    visitor = new_page(language="en")
    open_app(visitor, page.url)
    assert scenario(visitor) == shared
    assert visitor.locator("table.outcomes").inner_text() == page.locator("table.outcomes").inner_text()


def test_damaged_link_is_explained(page: Page) -> None:
    """A link cut short opens the default race and says what happened."""
    open_app(page, f"/?s={DEFAULT.to_link()[:-9]}")
    expect(page.locator("[data-testid=stToast]")).to_be_visible()
    assert scenario(page) == DEFAULT


def test_language_can_be_switched(page: Page) -> None:
    """The menu turns page and stage to Korean at once, the controls go on, the address keeps the choice."""
    open_app(page)
    english = page.locator(f"{STAGE} .legend").inner_text()
    page.locator(".st-key-language").click()
    page.get_by_role("option", name="한국어").click()
    expect(page.locator(STAGE).first).to_have_attribute("lang", "ko")
    settled(page)
    assert page.locator(f"{STAGE} .legend").inner_text() != english
    open_card(page, 0)
    repainted(page, lambda: nudge(page))
    page.reload()
    settled(page)
    expect(page.locator(STAGE).first).to_have_attribute("lang", "ko")


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_phone_has_no_sideways_scroll(new_page: Callable[..., Page], language: str, theme: str) -> None:
    """At 390 px everything is there and nothing is wider than the window, closed or opened."""
    page = new_page(theme=theme, language=language, width=390, height=844, touch=True)
    open_app(page)
    assert stage(page, "theme") == theme
    assert overflow(page) == 0
    open_card(page, 0)
    assert overflow(page) == 0


def test_reduced_motion_waits_to_be_asked(new_page: Callable[..., Page]) -> None:
    """Whoever asked for less motion finds the race standing at its start."""
    page = open_app(new_page(reduced_motion=True))
    page.wait_for_timeout(500)
    assert stage(page, "playing") == "false"
    assert stage(page, "step") == "0"


def test_home_leads_to_the_race(page: Page) -> None:
    """The Home page has no stage, and its first door opens the race."""
    open_app(page, "/home", stage=False)
    expect(page.locator("h1")).to_be_visible()
    assert overflow(page) == 0
