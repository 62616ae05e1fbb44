"""A lost connection is told in the language of the visit, and the stage plays on."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.driver import STAGE, open_app, serving


@pytest.mark.parametrize(
    ("language", "words"), [("en", "connection to the app is lost"), ("ko", "연결이 끊겼습니다")]
)
def test_the_page_says_so_and_plays_on(browser: Browser, tmp_path: Path, language: str, words: str) -> None:
    """Streamlit's English dialog is closed: it would cover the page and let nothing be pressed."""
    with browser.new_page() as page:
        with serving(tmp_path) as address:
            open_app(page, f"{address}/?lang={language}")
            lost, stage = page.locator(".lost"), page.locator(STAGE).first
            expect(lost).to_be_hidden()
        expect(lost).to_be_visible()  # the server has ended
        expect(lost).to_contain_text(words)
        page.wait_for_timeout(6_000)  # by then Streamlit has opened its dialog
        expect(page.locator("[role=dialog]")).to_have_count(0)
        playing = stage.get_attribute("data-playing")
        stage.locator(".icon.play").click()
        expect(stage).not_to_have_attribute("data-playing", playing or "")
