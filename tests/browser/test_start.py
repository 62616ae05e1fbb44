"""The start of the race: clicked, dragged, moved by keys; paths, table and address follow."""

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.driver import drag, open_app, repainted, revision
from tests.browser.race import (
    DEFAULT,
    becomes,
    map_of,
    on_page,
    outcomes,
    pause_at_end,
    picture,
    pixel,
    press,
    scenario,
)

PLACE = (1.5, -1.2)
OTHER = (2.2, 1.2)


def near(start: tuple[float, float], place: tuple[float, float]) -> bool:
    """Whether a start is a place, within a pixel and a half of a contour some 500 pixels wide."""
    return bool(np.allclose(start, place, atol=0.02))


def test_click_sets_the_start(page: Page) -> None:
    """A click puts the start there: other paths, another table; Undo takes it back, keys move it on."""
    open_app(page)
    pause_at_end(page)
    seen, rows = picture(page), outcomes(page)
    repainted(page, lambda: page.mouse.click(*on_page(page, *PLACE)))
    becomes(page, lambda now: near(now.start, PLACE))
    assert picture(page) != seen
    assert outcomes(page) != rows
    repainted(page, lambda: press(page, "undo"))
    becomes(page, DEFAULT.__eq__)
    assert outcomes(page) == rows
    repainted(page, lambda: map_of(page).press("Shift+ArrowLeft"))
    becomes(page, lambda now: near(now.start, (DEFAULT.start[0] - 0.1, DEFAULT.start[1])))


def test_drag_carries_the_start(page: Page) -> None:
    """The start stays under the pointer that drags it, and where it is dropped; one Undo for each drag."""
    open_app(page)
    pause_at_end(page)
    seen, rows, before = picture(page), outcomes(page), revision(page)
    drag(page, map_of(page), pixel(page, *DEFAULT.start), pixel(page, *OTHER))
    becomes(page, lambda now: near(now.start, OTHER))
    assert scenario(page).runners == DEFAULT.runners
    assert revision(page) != before
    assert picture(page) != seen
    assert outcomes(page) != rows
    page.mouse.move(*on_page(page, *DEFAULT.start))
    expect(map_of(page)).not_to_have_css("cursor", "grab")
    page.mouse.move(*on_page(page, *OTHER))
    expect(map_of(page)).to_have_css("cursor", "grab")
    drag(page, map_of(page), pixel(page, *OTHER), pixel(page, *PLACE))
    becomes(page, lambda now: near(now.start, PLACE))
    press(page, "undo")
    becomes(page, lambda now: near(now.start, OTHER))
    press(page, "undo")
    becomes(page, DEFAULT.__eq__)
    expect(page.locator(".st-key-undo button:visible")).to_be_disabled()
    assert outcomes(page) == rows
