"""Without a pointer: Tab reaches everything in the order it is read, and shows where it is."""

from itertools import groupby

from playwright.sync_api import Page, expect

from tests.browser.driver import STAGE, open_app
from tests.browser.race import card

MOST = 120
"""More stops than the page has."""

PARTS = ["stAppHeader", "st-key-language", "st-key-toolbar", "stage", "stColumn"]

# Where the focus is, and whether anything marks it: a ring on it or around it, or a frame in the accent.
STOP = """([parts, accent]) => {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  const marked = element => {
    const style = getComputedStyle(element);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return ring || style.boxShadow !== "none" || style.borderTopColor === accent;
  };
  const near = [node, node.nextElementSibling];
  for (let up = node.parentElement; up && near.length < 6; up = up.parentElement) near.push(up);
  return {
    part: parts.find(name => node.closest(`.${name}`)) ?? node.tagName,
    name: node.getAttribute("aria-label") ?? node.textContent.trim().slice(0, 40),
    marked: near.filter(Boolean).some(marked),
    map: node.matches(".contour canvas"),
  };
}"""


def test_tab_reaches_everything(still: Page) -> None:
    """Header, tools, stage, controls come in this order; each stop is marked; the map obeys its keys."""
    page = open_app(still)
    accent = page.locator(f"{STAGE} .play").evaluate("play => getComputedStyle(play).backgroundColor")
    page.locator("body").press("Tab")
    stops = []
    while (stop := page.evaluate(STOP, [PARTS, accent]))["part"] != "BODY":
        stops.append(stop)
        assert len(stops) < MOST
        if stop["map"]:
            page.keyboard.press("ArrowRight")
            expect(card(page)).to_have_attribute("data-step", "1")
        page.keyboard.press("Tab")
    # The first stop skips the header; the scrolled area itself is a stop of every Streamlit page.
    assert [part for part, _ in groupby(stop["part"] for stop in stops)] == [
        "A",
        PARTS[0],
        "MAIN",
        *PARTS[1:],
    ]
    assert sum(stop["map"] for stop in stops) == 1
    assert [stop["name"] for stop in stops if not stop["marked"] and stop["part"] != "MAIN"] == []
