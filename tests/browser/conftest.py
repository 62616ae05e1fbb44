"""The served app and a headless Chromium; a page fails its test on a console error or an outside request."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.driver import Watch, serving

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs a browser, so that `make check` leaves it out."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real app, started as a person starts it."""
    with serving(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture
def new_page(server: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Make pages, each in a fresh context: `new_page(theme="dark", language="ko", width=390, touch=True)`."""
    watches: list[Watch] = []
    contexts = []

    def make(
        *,
        theme: str = "light",
        language: str = "en",
        width: int = 1440,
        height: int = 900,
        touch: bool = False,
        reduced_motion: bool = False,
    ) -> Page:
        context = browser.new_context(
            base_url=server,
            color_scheme="dark" if theme == "dark" else "light",
            locale={"en": "en-US", "ko": "ko-KR"}[language],
            viewport={"width": width, "height": height},
            has_touch=touch,
            is_mobile=touch,
            reduced_motion="reduce" if reduced_motion else "no-preference",
        )
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page, server))
        return page

    yield make
    for context in contexts:
        context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "the page reported:\n" + "\n".join(faults)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A blank page of 1440 by 900, light, English."""
    return new_page()


@pytest.fixture
def still(new_page: Callable[..., Page]) -> Page:
    """The same for who asked for less motion: a race stands until it is started, and costs no frames."""
    return new_page(reduced_motion=True)
