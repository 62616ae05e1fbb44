"""A lost connection is told in the language of the visit, and the stage plays on."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.driver import STAGE, open_app, serving

WORDS = {"en": "connection to the app is lost", "ko": "연결이 끊겼습니다"}


def test_the_page_says_so_and_plays_on(browser: Browser, tmp_path: Path) -> None:
    """Streamlit's English dialog is closed: it would cover the page and let nothing be pressed."""
    pages = {language: browser.new_page() for language in WORDS}
    with serving(tmp_path) as address:
        for language, page in pages.items():
            open_app(page, f"{address}/?lang={language}")
            expect(page.locator(".lost")).to_be_hidden()
    for language, page in pages.items():
        lost = page.locator(".lost")
        expect(lost).to_be_visible()  # the server has ended
        expect(lost).to_contain_text(WORDS[language])
    pages["ko"].wait_for_timeout(6_000)  # by then Streamlit has opened its dialog
    for page in pages.values():
        expect(page.locator("[role=dialog]")).to_have_count(0)
        stage = page.locator(STAGE).first
        playing = stage.get_attribute("data-playing")
        stage.locator(".icon.play").click()
        expect(stage).not_to_have_attribute("data-playing", playing or "")
        page.close()
