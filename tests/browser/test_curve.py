"""The curve stage in a real browser: what is moved on it by mouse, finger or key is moved on the page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from landscape.lessons.place import LessonState, first
from landscape.lessons.step_size.which_valley import RATES, STARTS
from tests.browser.driver import drag, eventually, open_app
from tests.browser.race import press
from tests.browser.test_lessons import address, place, there
from tests.browser.test_phone import swipe

VALLEY = first("step_size").at("which_valley")
STEP = first("step_size").at("one_step")
INSET = {True: (34, 14), False: (44, 24)}  # of the slider's track and of the map: on a phone, and not


def at(page: Page, where: LessonState, language: str = "en") -> Locator:
    """Open an experiment and return its stage."""
    open_app(page, address(where, language), stage=False)
    there(page)
    stage = page.locator(".stage.curve")
    stage.locator(".plot").scroll_into_view_if_needed()
    return stage


def told(stage: Locator, name: str) -> float:
    """A number that the stage says of itself."""
    return float(stage.get_attribute(f"data-{name}") or "nan")


def spot(stage: Locator, rate: float, start: float, narrow: bool = False) -> tuple[float, float]:
    """The place on the page of shares of the rate's and the start's range in the map."""
    box = stage.locator(".map").bounding_box()
    assert box is not None
    left, right = INSET[narrow]
    return (
        box["x"] + left + rate * (box["width"] - left - right),
        box["y"] + (1 - start) * (box["height"] - 24),
    )


def rate_at(share: float) -> float:
    """The rate at a share of the slider."""
    return RATES[0] * (RATES[1] / RATES[0]) ** share


def test_the_rate_is_dragged_on_the_stage(page: Page) -> None:
    """The settings of the page, the stage's number and the formula beside it follow the thumb."""
    stage = at(page, VALLEY)
    before = page.locator(".st-key-formula-card").inner_text()
    slider = stage.locator(".rates input")
    box = slider.bounding_box()
    assert box is not None
    reach, middle = box["width"] - 18, box["height"] / 2
    share = float(slider.input_value())
    drag(page, slider, (9 + share * reach, middle), (9 + 0.5 * reach, middle))
    eventually(page, lambda: place(page).settings.rate == pytest.approx(rate_at(0.5), rel=0.03))
    there(page)
    assert told(stage, "rate") == place(page).settings.rate
    assert place(page).settings.start == VALLEY.settings.start
    expect(page.locator(".st-key-formula-card")).not_to_have_text(before)


def test_a_cell_of_the_map_moves_rate_and_start(page: Page) -> None:
    """A click on the map takes both over, and one Undo gives both back."""
    stage = at(page, VALLEY)
    stage.locator(".map").scroll_into_view_if_needed()
    page.mouse.click(*spot(stage, 0.4, 0.25))
    eventually(page, lambda: place(page).settings.rate == pytest.approx(rate_at(0.4), rel=0.03))
    low, high = STARTS
    assert place(page).settings.start == pytest.approx(low + 0.25 * (high - low), abs=0.05)
    there(page)
    press(page, "undo")
    eventually(page, lambda: place(page).settings == VALLEY.settings)


def test_the_ball_is_dragged(page: Page) -> None:
    """A drag on the curve carries the start."""
    stage = at(page, VALLEY)
    plot = stage.locator(".plot")
    box = plot.bounding_box()
    assert box is not None
    drag(page, plot, (0.88 * box["width"], 60), (0.25 * box["width"], 60))
    eventually(page, lambda: place(page).settings.start < -1)
    there(page)
    assert told(stage, "start") == place(page).settings.start
    assert place(page).settings.rate == VALLEY.settings.rate


def test_a_finger_taps_the_map(new_page: Callable[..., Page]) -> None:
    """On a phone, in Korean and dark: a tap on the map and a swipe on the curve move the settings."""
    page = new_page(language="ko", theme="dark", width=390, height=844, touch=True)
    stage = at(page, VALLEY, "ko")
    stage.locator(".map").scroll_into_view_if_needed()
    page.touchscreen.tap(*spot(stage, 0.5, 0.5, narrow=True))
    eventually(page, lambda: place(page).settings.start == pytest.approx(0, abs=0.1))
    there(page)
    plot = stage.locator(".plot")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    y = box["y"] + 60
    swipe(page, (box["x"] + 0.5 * box["width"], y), (box["x"] + 0.8 * box["width"], y))
    eventually(page, lambda: place(page).settings.start > 1)


def test_keys_move_and_play(still: Page) -> None:
    """Arrow keys move the slider and the start; page keys step, space plays in whole steps, Home returns."""
    stage = at(still, VALLEY)
    stage.locator(".rates input").press("ArrowRight")
    eventually(still, lambda: place(still).settings.rate > VALLEY.settings.rate)
    stage.locator(".plot").press("ArrowDown")
    eventually(still, lambda: place(still).settings.start < VALLEY.settings.start)
    there(still)
    stage.locator(".plot").press("PageDown")
    expect(stage).to_have_attribute("data-step", "1")
    stage.locator(".plot").press(" ")
    expect(stage).to_have_attribute("data-playing", "true")
    eventually(still, lambda: told(stage, "step") >= 3)
    stage.locator(".plot").press(" ")
    expect(stage).to_have_attribute("data-playing", "false")
    stage.locator(".plot").press("Home")
    expect(stage).to_have_attribute("data-step", "0")


def test_the_code_runs_with_the_ball(page: Page) -> None:
    """Each step forward puts the next numbers into the lines of the loop, the last of them in the end."""
    stage = at(page, STEP)
    lines = stage.locator(".code .line")
    expect(lines).to_have_count(3)
    expect(lines.nth(1).locator("span")).to_have_text("10")
    expect(lines.nth(2).locator("span")).to_have_text("1 − 0.15 × 10 = −0.5")
    stage.locator(".transport button").nth(3).click()
    expect(stage).to_have_attribute("data-x", "−0.5")
    expect(lines.nth(2).locator("span")).to_have_text("−0.5 − 0.15 × (−5) = 0.25")


def test_the_ball_follows_the_hand_at_once(page: Page) -> None:
    """While the answer is on its way the stage shows the ball where it is held, and its step."""
    stage = at(page, STEP)
    plot = stage.locator(".plot")
    box = plot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 100)
    page.mouse.down()
    held = told(stage, "start")
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 100)
    eventually(page, lambda: told(stage, "start") < held - 1)
    assert number_of(stage.get_attribute("data-x")) == pytest.approx(told(stage, "start"), abs=0.01)
    page.mouse.up()
    eventually(page, lambda: place(page).settings.start == told(stage, "start"))
    there(page)
    assert number_of(stage.get_attribute("data-x")) == pytest.approx(place(page).settings.start, abs=1e-3)


def number_of(text: str | None) -> float:
    """A number as the stage writes it, with a true minus."""
    return float((text or "nan").replace("−", "-"))
