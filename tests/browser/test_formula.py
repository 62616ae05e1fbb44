"""A formula typed by hand: drawn when it is good, explained when it is not, holes and all."""

from playwright.sync_api import Locator, Page, expect

from landscape.presets.races import PRESETS
from tests.browser.driver import open_app, repainted, revision, settled
from tests.browser.race import becomes, pause_at_end, picture, scenario

GOOD = "(x**2 + y - 1)**2 + sin(3*x)"
BAD = ["x + foo(y)", "x + (y", "__import__('os').system('id')", "9**9**9", "(" * 149 + "x" + ")" * 149]
HOLES = ["log(x) + y**2", "1 / (x * y)", "sqrt(-1 - x**2)", "3"]


def choose(page: Page, name: str) -> None:
    """Choose a surface by name."""
    box = page.locator(".st-key-surface input")
    box.click()
    box.fill(name)
    page.get_by_role("option", name=name).click()


def write(page: Page, text: str) -> None:
    """Type a formula and finish with Enter."""
    field = page.locator(".st-key-formula input")
    field.fill(text)
    field.press("Enter")


def typing(page: Page) -> Locator:
    """Open a race of two with a formula of one's own, and return where its error would be."""
    open_app(page, f"/?s={PRESETS['ravine_momentum'].to_link()}")
    repainted(page, lambda: choose(page, "Your own formula"))
    return page.locator(".st-key-board [data-testid=stAlert]")


def test_good_and_bad_formulas(still: Page) -> None:
    """A good one is drawn and set in type; a wrong or hostile one is explained under the field, no more."""
    page, alert = still, typing(still)
    field, latex = page.locator(".st-key-formula"), page.locator(".st-key-formula-latex .katex").first
    repainted(page, lambda: write(page, GOOD))
    becomes(page, lambda now: now.problem.formula == GOOD)
    expect(latex).to_contain_text("sin")
    pause_at_end(page)
    page.wait_for_timeout(2000)  # the ghost of the race before leaves the picture
    shown, drawn = revision(page), picture(page)
    for text in BAD:
        write(page, text)
        expect(alert).to_be_visible()
        settled(page)
        above, below = field.bounding_box(), alert.bounding_box()
        assert above is not None
        assert below is not None
        assert 0 <= below["y"] - above["y"] - above["height"] < 40
        assert 10 < len(alert.inner_text()) < 700
        assert scenario(page).problem.formula == GOOD
        write(page, GOOD)
        expect(alert).to_be_hidden()
    settled(page)
    assert revision(page) == shown
    assert picture(page) == drawn


def test_formula_with_holes_is_drawn(still: Page) -> None:
    """Where a formula is infinite or no number, the rest is drawn; so is one without any value, or flat."""
    page, alert = still, typing(still)
    for text in HOLES:
        repainted(page, lambda text=text: write(page, text))
        becomes(page, lambda now, text=text: now.problem.formula == text)
        expect(alert).to_be_hidden()
        pause_at_end(page)
