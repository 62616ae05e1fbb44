"""The controls around the stage: presets, the set of optimizers, fair race, map of rate and momentum."""

from playwright.sync_api import Page, expect

from landscape.presets.races import PRESETS
from tests.browser.driver import STAGE, open_app, overflow, repainted
from tests.browser.race import DEFAULT, OTHERS, becomes, card, press, scenario, stage

APPEARS = """selector => new MutationObserver((changes, observer) => {
  if (!document.querySelector(selector)) return;
  window.appeared = true;
  observer.disconnect();
}).observe(document.body, { childList: true, subtree: true })"""

CELL = """([rate, other]) => {
  const plot = document.querySelector(".st-key-chart-heat .js-plotly-plot");
  const { xaxis, yaxis } = plot._fullLayout, box = plot.getBoundingClientRect();
  const { customdata } = plot._fullData.find(trace => trace.type === "heatmap");
  const x = customdata[0].map(([rate]) => rate), y = customdata.map(([[, other]]) => other);
  const nearest = (values, wished) => Array.from(values)
    .reduce((a, b) => Math.abs(b - wished) < Math.abs(a - wished) ? b : a);
  const cell = [nearest(x, rate), nearest(y, other)];
  const place = [box.left + xaxis._offset + xaxis.d2p(cell[0]), box.top + yaxis._offset + yaxis.d2p(cell[1])];
  return { cell, place };
}"""


def test_each_preset_sets_its_race(still: Page) -> None:
    """Every pill sets its own race at one click and is marked; Undo goes back through them all."""
    page = open_app(still)
    assert len(OTHERS) == 6
    for name in OTHERS:
        pill = page.locator(f".st-key-preset-{name} button:visible")
        repainted(page, lambda name=name: press(page, f"preset-{name}"))
        becomes(page, PRESETS[name].__eq__)
        expect(pill).to_have_attribute("kind", "primary")
        expect(card(page)).to_have_attribute("data-runners", str(len(PRESETS[name].runners)))
        expect(page.locator("table.outcomes tbody tr")).to_have_count(len(PRESETS[name].runners))
    for name in (*OTHERS[-2::-1], "default"):
        repainted(page, lambda: press(page, "undo"))
        becomes(page, PRESETS[name].__eq__)


def test_eight_optimizers_at_most(still: Page) -> None:
    """An optimizer is duplicated at half its rate, removed, added; at eight there is no adding more."""
    page = open_app(still)
    add = page.locator(".st-key-add button:visible").first
    choose_from_menu(page, 1, "Duplicate")
    becomes(page, lambda now: len(now.runners) == 8)
    first, second = scenario(page).runners[1:3]
    assert second.rule == first.rule
    assert second.learning_rate == first.learning_rate / 2
    expect(add).to_be_disabled()
    assert stage(page, "runners") == "8"
    choose_from_menu(page, 1, "Remove")
    becomes(page, lambda now: [r.id for r in now.runners] == ["r1", "r8", "r3", "r4", "r5", "r6", "r7"])
    add.click()
    page.get_by_role("menuitem", name="Lion").click()
    becomes(page, lambda now: now.runners[-1].rule == "lion")
    expect(add).to_be_disabled()
    expect(page.locator(f"{STAGE} .legend .chip")).to_have_count(8)
    assert overflow(page) == 0


def choose_from_menu(page: Page, number: int, name: str) -> None:
    """Choose from the menu in an open optimizer's card."""
    panel = page.locator("[class*='st-key-card-']").nth(number)
    panel.locator("[class*='st-key-menu-'] button").click()
    page.get_by_role("menuitem", name=name).click()


def test_fair_race_tunes_every_rate(still: Page) -> None:
    """The fair race shows how far it is, takes other rates over, says which, and is taken back at once."""
    page = open_app(still)
    page.evaluate(APPEARS, "[data-testid=stProgress]")
    repainted(page, lambda: press(page, "fair"), timeout=60_000)
    report = page.get_by_role("dialog")
    expect(report).to_be_visible()
    expect(report.locator("tbody tr")).to_have_count(7)
    assert page.evaluate("window.appeared")
    fair = scenario(page)
    assert [r.id for r in fair.runners] == [r.id for r in DEFAULT.runners]
    pairs = zip(fair.runners, DEFAULT.runners, strict=True)
    assert all(new.learning_rate != old.learning_rate for new, old in pairs)
    page.keyboard.press("Escape")
    expect(report).to_be_hidden()
    repainted(page, lambda: press(page, "undo"))
    becomes(page, DEFAULT.__eq__)


def test_click_on_the_map_applies_the_values(still: Page) -> None:
    """A click on a cell of the rate and momentum map gives the optimizer that rate and that momentum."""
    page = open_app(still)
    page.locator("[class*='st-key-analysis'] button").filter(has_text="Learning rate × momentum map").click()
    page.locator(".st-key-chart-heat .js-plotly-plot .nsewdrag").wait_for()
    page.locator(".st-key-chart-heat").scroll_into_view_if_needed()
    target = page.evaluate(CELL, [0.001, 0.5])
    repainted(page, lambda: page.mouse.click(*target["place"]))
    becomes(page, lambda now: now != DEFAULT)
    rate, momentum = target["cell"]
    chosen = scenario(page).runners[1].fields
    assert (chosen["learning_rate"], chosen["momentum"]) == (rate, momentum)
