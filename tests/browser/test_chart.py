"""Figures on the page: changed in place, as wide as their place, and described."""

from playwright.sync_api import Page, expect

from landscape.lessons.place import first
from landscape.lessons.prose import prose
from tests.browser.driver import open_app, settled
from tests.browser.test_lessons import address

PLOT = ".st-key-lesson-stage .js-plotly-plot"
SLIDER = ".st-key-lesson-controls input[type=range]"
NUMBERS = """() => {
  const plot = document.querySelector(".st-key-lesson-stage .js-plotly-plot");
  return JSON.stringify(plot._fullData.map(trace => Array.from(trace.y ?? [])));
}"""
RANGE = f"document.querySelector('{PLOT}')._fullLayout.xaxis.range"

FILLS = f"""() => {{
  const plot = document.querySelector("{PLOT}"), place = plot.parentElement.clientWidth;
  return place > 200 && Math.abs(plot.querySelector(".main-svg").clientWidth - place) < 2;
}}"""


def test_a_control_changes_the_figure_in_place_and_keeps_the_zoom(still: Page) -> None:
    """The same element shows the other numbers, in the frame that a person has zoomed to."""
    page = open_app(still, address(first("step_size").at("one_weight"), "en"), stage=False)
    expect(page.locator(PLOT)).to_have_count(2)
    page.evaluate(f"window.plot = document.querySelector('{PLOT}')")
    page.evaluate("Plotly.relayout(window.plot, {'xaxis.range': [0.25, 0.5]})")
    before = page.evaluate(NUMBERS)
    page.locator(SLIDER).first.press("ArrowRight")
    page.wait_for_function(f"before => ({NUMBERS})() !== before", arg=before)
    settled(page, stage=False)
    assert page.evaluate(f"window.plot === document.querySelector('{PLOT}')")
    assert page.evaluate(RANGE) == [0.25, 0.5]


def test_a_figure_out_of_sight_changes_when_it_comes_into_sight(still: Page) -> None:
    """What nobody sees is not drawn anew with every notch; whoever scrolls to it finds the newest numbers."""
    page = open_app(still, address(first("step_size").at("one_weight"), "en"), stage=False)
    expect(page.locator(PLOT)).to_have_count(2)
    page.set_viewport_size({"width": 1440, "height": 500})
    low = page.locator(PLOT).nth(1)
    drawn = "plot => plot._fullData.map(trace => Array.from(trace.y ?? [])).join()"
    seen, unseen = page.evaluate(NUMBERS), low.evaluate(drawn)
    page.locator(SLIDER).first.press("ArrowRight")
    page.wait_for_function(f"before => ({NUMBERS})() !== before", arg=seen)
    settled(page, stage=False)
    assert low.evaluate(drawn) == unseen
    low.scroll_into_view_if_needed()
    page.wait_for_function(
        f"([plot, before]) => ({drawn})(plot) !== before", arg=[low.element_handle(), unseen]
    )


def test_a_figure_is_as_wide_as_its_place_and_says_what_it_shows(still: Page) -> None:
    """It follows the window; who cannot see it is told."""
    page = open_app(still, address(first("step_size").at("one_weight"), "en"), stage=False)
    plot = page.locator(PLOT).first
    expect(plot).to_have_role("figure")
    expect(plot).to_have_attribute("aria-label", prose("step_size", "one_weight", "en").words["alt_fit"])
    for width in (1440, 1000, 500):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(FILLS)


def test_a_figure_with_tools_fills_the_screen_and_comes_back(still: Page) -> None:
    """The button beneath the pointer enlarges the curves of a race, Escape brings them back."""
    page = open_app(still)
    page.locator("[class*='st-key-analysis'] button").filter(has_text="Loss curves").click()
    plot = page.locator("[class*='st-key-chart-'] .js-plotly-plot").first
    plot.scroll_into_view_if_needed()
    small = plot.bounding_box()
    assert small
    plot.hover()
    plot.locator(".modebar-btn[data-title='Full screen']").click()
    expect(plot.locator(".main-svg").first).to_have_attribute("height", "900")
    page.evaluate("document.exitFullscreen()")
    expect(plot.locator(".main-svg").first).to_have_attribute("height", f"{small['height']:.0f}")
    assert plot.bounding_box() == small


def test_a_figure_that_goes_while_it_is_drawn_goes_quietly(still: Page) -> None:
    """The next experiment is often chosen before the last figure is done: nothing fails in the page."""
    page = open_app(still, address(first("step_size").at("one_weight"), "en"), stage=False)
    expect(page.locator(PLOT)).to_have_count(2)
    page.evaluate(
        """async () => {
          const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
          const url = loaded.find((name) => /chart\\b.*\\.js/.test(name));
          const draw = (await import(url)).default, place = document.createElement("div");
          document.body.append(place);
          const figure = { data: [{ type: "heatmap", z: [[1, 2], [3, 4]] }], layout: { height: 200 } };
          const data = new TextEncoder().encode(JSON.stringify({ figure, alt: "" }));
          const remove = draw({ data, parentElement: place, setTriggerValue() {} });
          while (!place.querySelector(".js-plotly-plot")) await null;
          remove();
        }"""
    )
    page.wait_for_timeout(500)
    assert page.locator("body > div > [data-testid=chart]").count() == 0
