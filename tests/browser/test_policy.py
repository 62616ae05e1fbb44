"""The policy that every answer carries breaks nothing on any page, and stops what comes from elsewhere."""

import pytest
from playwright.sync_api import Browser, Page, expect

from landscape.lessons import LESSONS
from tests.browser.driver import FAILURE, IDLE, LOADED

PAGES = ["", "home", "network", "landscape", *(name.replace("_", "-") for name in LESSONS)]
REFUSED = """() => { window.refused = [];
    document.addEventListener("securitypolicyviolation", e => window.refused.push(e.blockedURI)); }"""


@pytest.mark.parametrize("path", PAGES)
def test_no_page_breaks_the_policy(page: Page, path: str) -> None:
    """Nothing that a page loads, draws or runs is refused."""
    page.add_init_script(f"({REFUSED})()")
    answer = page.goto(f"/{path}")
    assert answer
    policy = answer.header_value("content-security-policy")
    assert policy
    assert "default-src 'self'" in policy
    page.locator(IDLE).wait_for(timeout=60_000)
    page.wait_for_function(LOADED)
    expect(page.locator("h1").first).to_be_visible()
    assert not page.locator(FAILURE).count()
    assert page.evaluate("window.refused") == []


def test_a_picture_from_elsewhere_is_not_asked_for(server: str, browser: Browser) -> None:
    """Were one to come into a page by whatever way, the browser would not fetch it, nor run its script."""
    with browser.new_page(base_url=server) as page:  # watched by nobody: it is to complain
        page.add_init_script(f"({REFUSED})()")
        page.goto("/home")
        page.locator(IDLE).wait_for(timeout=60_000)
        for tag, address in (("img", "http://127.0.0.1:9/a.png"), ("script", "http://127.0.0.1:9/a.js")):
            page.evaluate(
                "([tag, src]) => document.body.append(Object.assign(document.createElement(tag), {src}))",
                [tag, address],
            )
            page.wait_for_function("address => window.refused.includes(address)", arg=address)
