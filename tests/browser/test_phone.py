"""A phone: 390 pixels, a finger; nothing scrolls sideways and the start follows the finger."""

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import STAGE, open_app, overflow
from tests.browser.race import DEFAULT, becomes, card, map_of, on_page, open_card, stage

TARGET = (2.5, -1.0)


def swipe(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Move one finger from one point of the page to another."""
    touch = page.context.new_cdp_session(page)
    path = np.linspace(start, end, 8)
    for kind, points in (("touchStart", path[:1]), ("touchMove", path[1:]), ("touchEnd", [None])):
        for point in points:
            places = [] if point is None else [{"x": point[0], "y": point[1]}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})


@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "ko")])
def test_phone(new_page: Callable[..., Page], theme: str, language: str) -> None:
    """Nothing is wider than the window, closed or opened; one view at a time; a finger drags the start."""
    page = new_page(theme=theme, language=language, width=390, height=844, touch=True)
    open_app(page)
    assert stage(page, "theme") == theme
    assert overflow(page) == 0
    swipe(page, on_page(page, *DEFAULT.start), on_page(page, *TARGET))
    becomes(page, lambda now: bool(np.allclose(now.start, TARGET, atol=0.05)))
    contour, terrain = page.locator(f"{STAGE} .switch button").all()
    terrain.tap()
    expect(page.locator(f"{STAGE} .view.terrain")).to_be_visible()
    expect(map_of(page)).to_be_hidden()
    assert overflow(page) == 0
    contour.tap()
    expect(map_of(page)).to_be_visible()
    open_card(page, 5)
    assert overflow(page) == 0
    expect(card(page)).to_have_attribute("data-runners", "7")
    open_app(page, "/home", stage=False)
    assert overflow(page) == 0
