"""The Race page as a hand knows it: where things lie on it, and what it says of its state."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from landscape.presets.races import PRESETS
from landscape.scenario import Scenario
from tests.browser.driver import STAGE, eventually, repainted, settled

DEFAULT = PRESETS["default"]
OTHERS = [name for name in PRESETS if name != "default"]


def card(page: Page) -> Locator:
    """The stage, painted."""
    return page.locator(STAGE).first


def stage(page: Page, name: str) -> str:
    """What the stage says of its state: step, playing, zoom, runners, theme, revision."""
    return card(page).get_attribute(f"data-{name}") or ""


def map_of(page: Page) -> Locator:
    """The canvas of the contour that takes the pointer and the keys."""
    return page.locator(f"{STAGE} .contour canvas.front").first


def scenario(page: Page) -> Scenario:
    """The scenario in the address bar, once it is there."""
    eventually(page, lambda: "s=" in page.url)
    return Scenario.from_link(parse_qs(urlsplit(page.url).query)["s"][0])


def becomes(page: Page, expected: Callable[[Scenario], bool]) -> None:
    """Wait until the scenario in the address bar is as expected and nothing is under way."""
    eventually(page, lambda: "s=" in page.url and expected(scenario(page)))
    settled(page)


def pixel(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a point of the surface lies, in pixels from the corner of the contour, which is not zoomed."""
    box = map_of(page).bounding_box()
    assert box is not None, "the stage shows no contour"
    (left, right), (bottom, top) = scenario(page).surface().domain
    return box["width"] * (x - left) / (right - left), box["height"] * (top - y) / (top - bottom)


def on_page(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a point of the surface lies on the page."""
    box = map_of(page).bounding_box()
    assert box is not None, "the stage shows no contour"
    across, down = pixel(page, x, y)
    return box["x"] + across, box["y"] + down


def picture(page: Page, selector: str = ".contour canvas.front") -> str:
    """What a canvas of the stage shows, as text that can be compared."""
    return page.locator(f"{STAGE} {selector}").first.evaluate("canvas => canvas.toDataURL()")


def outcomes(page: Page) -> str:
    """The text of the table under the stage."""
    return page.locator("table.outcomes").inner_text()


def pause_at_end(page: Page) -> None:
    """Stop the play head on the last step, where the whole of every path is drawn."""
    map_of(page).press("End")
    expect(card(page)).to_have_attribute("data-playing", "false")


def press(page: Page, name: str) -> None:
    """Press the page's button of this key; Streamlit hides a second copy of one that has a tooltip."""
    page.locator(f".st-key-{name} button:visible").first.click()


def open_card(page: Page, number: int) -> Locator:
    """Open the controls of one optimizer and return its sliders."""
    panel = page.locator("[class*='st-key-card-']").nth(number)
    if panel.locator("details").get_attribute("open") is None:
        panel.locator("summary").click()
    sliders = panel.locator(".stSlider input[type=range]")
    sliders.first.wait_for()
    settled(page)
    return sliders


def nudge(page: Page, number: int, key: str = "ArrowRight") -> None:
    """Move the first slider of an optimizer's card by one notch and wait for the new picture."""
    slider = open_card(page, number).first
    repainted(page, lambda: slider.press(key))


def switch_language(page: Page, name: str, code: str) -> None:
    """Choose a language in the menu and wait until the stage speaks it."""
    page.locator(".st-key-language").click()
    page.get_by_role("option", name=name).click()
    expect(card(page)).to_have_attribute("lang", code)
    settled(page)


WORDS = """() => {
  const words = [];
  const visit = root => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) visit(node.shadowRoot);
      if (["STYLE", "SCRIPT", "NOSCRIPT"].includes(node.tagName) || !node.checkVisibility()) continue;
      for (const child of node.childNodes) if (child.nodeType === Node.TEXT_NODE) words.push(child.data);
      for (const name of ["aria-label", "aria-valuetext", "title", "placeholder", "alt"]) {
        words.push(node.getAttribute(name) ?? "");
      }
    }
  };
  visit(document);
  return words.map(text => text.trim()).filter(Boolean);
}"""


def words(page: Page) -> list[str]:
    """Every text a person sees or hears on the page, those inside the stage too."""
    return page.evaluate(WORDS)
