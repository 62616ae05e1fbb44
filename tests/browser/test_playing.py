"""The play head and what surrounds it: a slider leaves it alone; pointer, keys and buttons move it."""

import re

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.driver import STAGE, open_app, repainted
from tests.browser.race import (
    DEFAULT,
    card,
    map_of,
    on_page,
    open_card,
    pause_at_end,
    picture,
    scenario,
    stage,
)

STEP = 20


def test_slider_leaves_zoom_and_playing_alone(page: Page) -> None:
    """A slider moved while the zoomed race plays changes the paths; it goes on from where it is."""
    open_app(page)
    slider = open_card(page, 2).first
    page.mouse.move(*on_page(page, 1, 0))
    page.mouse.wheel(0, -240)
    expect(card(page)).not_to_have_attribute("data-zoom", "1.000")
    page.locator(f"{STAGE} .speeds button").first.click()
    map_of(page).press("Home")
    page.locator(f"{STAGE} .transport .play").click()
    zoom, step, before = stage(page, "zoom"), int(stage(page, "step")), scenario(page)
    repainted(page, lambda: slider.press("ArrowRight"))
    now = scenario(page)
    assert now.runners[2].learning_rate > before.runners[2].learning_rate
    assert now.start == before.start
    assert stage(page, "zoom") == zoom
    assert stage(page, "playing") == "true"
    assert step <= int(stage(page, "step")) < step + 30
    expect(card(page)).not_to_have_attribute("data-step", stage(page, "step"))


def test_scrub_and_keys_move_the_play_head(page: Page) -> None:
    """The strip and the range beneath it are scrubbed with the pointer; keys step, jump and play."""
    open_app(page)
    for selector, height in (("canvas.strip", 40), ("canvas.strip", 106)):
        box = page.locator(f"{STAGE} {selector}").first.bounding_box()
        assert box is not None
        left, width, y = box["x"] + 48, box["width"] - 48 - 14, box["y"] + height
        page.mouse.move(left + width / 4, y)
        page.mouse.down()
        for part in (0.5, 0.75):
            page.mouse.move(left + part * width, y, steps=3)
            expect(card(page)).to_have_attribute("data-playing", "false")
            shown = int(stage(page, "step"))
            assert abs(shown - part * DEFAULT.steps) <= 2, selector
        page.mouse.up()
    canvas = map_of(page)
    for key, step in (("Home", 0), ("ArrowRight", 1), ("PageDown", 2), ("ArrowLeft", 1), ("End", 300)):
        canvas.press(key)
        expect(card(page)).to_have_attribute("data-step", str(step))
    expect(page.locator(f"{STAGE} .position")).to_have_text("300 / 300")
    canvas.press("Home")
    canvas.press("Space")
    expect(card(page)).to_have_attribute("data-playing", "true")


def test_speed_and_loop(page: Page) -> None:
    """Speeds are ten times apart; a race that does not repeat stops at its end, one that does begins anew."""
    open_app(page)
    canvas, loop = map_of(page), page.get_by_role("button", name="Repeat")
    speeds = page.locator(f"{STAGE} .speeds button")
    covered = {}
    for name in ("1×", "10×"):
        speeds.get_by_text(name, exact=True).click()
        expect(speeds.get_by_text(name, exact=True)).to_have_attribute("aria-pressed", "true")
        canvas.press("Home")
        canvas.press("Space")
        page.wait_for_timeout(400)
        canvas.press("Space")
        covered[name] = int(stage(page, "step"))
    assert covered["10×"] > 4 * covered["1×"] > 0
    loop.click()
    expect(loop).to_have_attribute("aria-pressed", "false")
    for keys in ("End", "ArrowLeft", "Space"):
        canvas.press(keys)
    expect(card(page)).to_have_attribute("data-step", "300")
    expect(card(page)).to_have_attribute("data-playing", "false")
    loop.click()
    canvas.press("ArrowLeft")
    canvas.press("Space")
    expect(card(page)).to_have_attribute("data-step", "300")
    page.wait_for_function("stage => Number(stage.dataset.step) < 200", arg=card(page).element_handle())
    assert stage(page, "playing") == "true"


def test_legend_hides_a_path(page: Page) -> None:
    """A chip switched off takes its path out of the picture; switched on, the picture is as before."""
    open_app(page)
    pause_at_end(page)
    chip = page.locator(f"{STAGE} .legend .chip").nth(1)
    page.mouse.move(0, 0)
    before = picture(page)
    for pressed in ("false", "true"):
        chip.click()
        expect(chip).to_have_attribute("aria-pressed", pressed)
        page.wait_for_timeout(200)
        assert (picture(page) == before) == (pressed == "true")


def test_pointing_at_a_path_tells_its_numbers(still: Page) -> None:
    """Beside the pointer stand the name, the step, position and the loss, which is the surface's there."""
    page = open_app(still)
    pause_at_end(page)
    alone = DEFAULT.replace(runners=DEFAULT.runners[1:2])
    (path,) = alone.paths().values()
    page.mouse.move(*on_page(page, *path.params[STEP].tolist()))
    tooltip = page.locator(f"{STAGE} .contour .tooltip")
    expect(tooltip).to_contain_text("Momentum")
    told = dict(
        zip(tooltip.locator("dt").all_inner_texts(), tooltip.locator("dd").all_inner_texts(), strict=True)
    )
    step = int(told["Step"])
    assert abs(step - STEP) <= 2
    place = [float(part) for part in re.findall(r"[-.\d]+", told["Position"].replace("−", "-"))]
    np.testing.assert_allclose(place, path.params[step], rtol=0.01)
    np.testing.assert_allclose(float(told["Loss"]), path.loss[step], rtol=0.01)


def test_lecture_view_fills_the_screen(still: Page) -> None:
    """F gives the stage the whole screen in larger letters, a clicker's keys step, Escape gives it back."""
    page = open_app(still)
    map_of(page).press("f")
    expect(card(page)).to_have_class(re.compile(r"\bfull\b"))
    expect(card(page)).to_have_css("font-size", "21px")
    box = card(page).bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"]) == (0, 0, 1440)
    page.keyboard.press("PageDown")
    expect(card(page)).to_have_attribute("data-step", "1")
    page.keyboard.press("Escape")
    expect(card(page)).not_to_have_class(re.compile(r"\bfull\b"))
    expect(card(page)).to_have_css("font-size", "14px")
    expect(card(page)).to_have_attribute("data-step", "1")
