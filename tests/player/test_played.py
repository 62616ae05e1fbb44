"""Standalone pages in a real browser: planes and boundaries play, tell their steps, and keep their place."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from landscape.player import standalone
from tests.browser.driver import Watch
from tests.player.scenes import boundaries, plane

pytestmark = pytest.mark.browser

Show = Callable[..., Page]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """Open a scene as a file from the disk; a console error or a request fails the test."""
    watches, contexts = [], []

    def opened(scene: bytes, width: int = 1100, height: int = 700, motion: bool = False) -> Page:
        file = tmp_path / "scene.html"
        file.write_text(standalone(scene, "scene"), encoding="utf-8")
        wish = "no-preference" if motion else "reduce"
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion=wish)
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page, "file://"))
        page.goto(file.as_uri())
        page.locator(".stage[data-revision]").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "\n".join(faults)


def card(page: Page) -> Locator:
    """The stage's card."""
    return page.locator(".stage")


def named(page: Page, name: str) -> Locator:
    """A button by its exact label."""
    return page.get_by_role("button", name=name, exact=True)


def test_a_thinned_path_shows_its_real_steps(show):
    """Transport, slider and reader of the screen name the step, not the row."""
    page = show(plane())
    expect(page.locator(".position")).to_have_text("0 / 97")
    named(page, "One step forward").click()
    expect(card(page)).to_have_attribute("data-step", "10")
    page.locator(".front").first.press("End")
    expect(card(page)).to_have_attribute("data-step", "97")
    slider = page.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", "Step 97 / 97")
    assert slider.input_value() == "10"


def test_a_plane_offers_the_arrows_it_has_and_tells_of_its_axes(show):
    """A projected path has neither gradient nor velocity in the plane: only its own step can be drawn."""
    page = show(plane())
    expect(named(page, "Step taken")).to_be_visible()
    for absent in ("Steepest descent, minus the gradient", "Velocity"):
        expect(named(page, absent)).to_be_hidden()
    expect(page.locator(".heading")).to_have_text("Digits, 64-64")
    expect(page.locator(".note.tag")).to_have_text("thinner line = farther off the plane")
    expect(page.locator(".bar canvas")).to_be_visible()


def test_a_point_of_a_path_tells_how_far_off_the_plane_it_is(show):
    """True loss, the plane's loss beneath, and the distance with its share stand in the tooltip."""
    page = show(plane())
    named(page, "One step forward").click()
    canvas = page.locator(".contour .front")
    box = canvas.bounding_box()
    assert box is not None
    # The first run begins at (0.9 cos 1, 0.9 sin 1).
    canvas.hover(position={"x": box["width"] * (1 + 0.4863) / 2, "y": box["height"] * (1 - 0.7573) / 2})
    told = page.locator(".contour .tooltip")
    expect(told).to_contain_text("Rule 1")
    rows = dict(zip(told.locator("dt").all_inner_texts(), told.locator("dd").all_inner_texts(), strict=True))
    assert (rows["Step"], rows["True loss"], rows["Loss at the projection"]) == ("0", "0.81", "1.62")
    assert rows["Off the plane (share)"] == "2.7 (90%)"


def test_data_of_a_plane_hold_steps_and_distances(show):
    """The table names real steps up to each run's own last row."""
    page = show(plane())
    named(page, "Download").click()
    with page.expect_download() as download:
        named(page, "Data (CSV)").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "runner,step,x,y,loss,beneath,off_plane"
    steps = [line.split(",")[1] for line in lines if line.startswith("Rule 1")]
    assert steps == [str(step) for step in (*range(0, 100, 10), 97)]
    assert [line.split(",")[1] for line in lines if line.startswith("Rule 2")] == steps[:6]


@pytest.mark.parametrize("width", [1100, 390])
def test_where_nothing_moves_there_is_nothing_to_play(show, width):
    page = show(plane(still=True), width)
    expect(named(page, "Play")).to_be_hidden()
    expect(page.get_by_role("slider")).to_be_hidden()
    expect(page.locator(".legend")).to_be_hidden()
    expect(named(page, "Full screen")).to_be_visible()
    named(page, "Download").click()
    with page.expect_download() as download:
        named(page, "Picture (PNG)").click()
    assert download.value.suggested_filename == "Digits.png"


def test_an_accuracy_is_written_in_per_cent_and_deep_is_good(show):
    page = show(plane(metric="accuracy"))
    expect(page.locator(".terrain .note")).to_have_text("deep = dark = high accuracy")


def test_boundaries_have_a_panel_each_with_both_accuracies(show):
    """What the eye reads beside a name, a reader of the screen reads on its picture, at the same step."""
    page = show(boundaries())
    readouts = page.locator(".readout")
    expect(readouts).to_have_count(3)
    expect(readouts.first).to_have_text("Training 50% · Validation 46%")
    page.get_by_role("slider").press("End")
    expect(readouts.first).to_have_text("Training 98% · Validation 94%")
    picture = page.locator(".panel-view canvas").first
    expect(picture).to_have_attribute("aria-label", "Rule 1, Step 97: Training 98% · Validation 94%")


def test_a_diverged_classifier_says_so_from_its_step_on(show):
    page = show(boundaries())
    slider = page.get_by_role("slider")
    lost = page.locator(".lost")
    slider.press("Home")
    expect(lost.nth(1)).to_be_hidden()
    for _ in range(5):
        slider.press("ArrowRight")
    expect(card(page)).to_have_attribute("data-step", "50")
    expect(lost.nth(1)).to_have_text("Diverged at step 50")
    assert [lost.nth(k).is_visible() for k in range(3)] == [False, True, False]
    slider.press("End")
    expect(page.locator(".readout").nth(1)).to_have_text("Training 74% · Validation 70%")


def test_boundaries_play_to_what_was_learned_and_stay_there(show):
    """Without a wish for less motion they play at once, and end at the last step."""
    page = show(boundaries(), motion=True)
    named(page, "10×").click()
    expect(card(page)).to_have_attribute("data-playing", "false", timeout=10_000)
    expect(card(page)).to_have_attribute("data-step", "97")


def test_pointing_at_a_boundary_tells_each_class_s_probability(show):
    page = show(boundaries())
    page.locator(".panel-view canvas").first.hover(position={"x": 4, "y": 100})
    told = page.locator(".panel-view .tooltip").first
    expect(told).to_be_visible()
    assert told.locator("dt").all_inner_texts() == ["left", "right"]
    shares = [float(share.rstrip("%")) for share in told.locator("dd").all_inner_texts()]
    assert shares[0] > 99
    assert sum(shares) == pytest.approx(100, abs=1)


@pytest.mark.parametrize(("width", "columns"), [(1100, 3), (560, 2), (390, 1)])
def test_panels_stand_side_by_side_where_there_is_room(show, width, columns):
    page = show(boundaries(), width)
    tops = page.locator(".panel").evaluate_all("panels => panels.map(p => p.getBoundingClientRect().top)")
    assert tops.count(tops[0]) == columns
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    assert wide <= width
    # The controls stay at hand however many panels there are.
    expect(named(page, "Play")).to_be_in_viewport()


def test_boundaries_in_korean_have_no_word_of_english(show):
    page = show(boundaries(language="ko"))
    shown = re.sub(r"Rule \d|left|right", "", card(page).inner_text())
    assert not re.search(r"[A-Za-z]{2,}", shown)


def test_one_frame_is_a_picture_with_nothing_to_play(show):
    """The first record of a training under way: regions and accuracies, no transport."""
    page = show(boundaries(frames=1))
    expect(page.locator(".readout").first).to_have_text("Training 50% · Validation 46%")
    expect(named(page, "Play")).to_be_hidden()
    expect(page.get_by_role("slider")).to_be_hidden()
    expect(page.get_by_text("filled: training, hollow: validation")).to_be_visible()
