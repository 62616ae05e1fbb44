"""A race given away: by its address, and as a page that needs no server."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from landscape.scenario import Scenario
from tests.browser.driver import STAGE, Watch, open_app, repainted, revision
from tests.browser.race import DEFAULT, card, map_of, nudge, on_page, outcomes, press, scenario, stage


def test_shared_link_restores_the_race(still: Page, new_page: Callable[..., Page]) -> None:
    """Whoever opens the address sees the same race: same scenario, same table, same bytes, same language."""
    page = open_app(still, "/?lang=ko")
    nudge(page, 1)
    repainted(page, lambda: page.mouse.click(*on_page(page, 1.5, -1.2)))
    shared = scenario(page)
    assert shared.start != DEFAULT.start
    assert shared.runners[1].learning_rate != DEFAULT.runners[1].learning_rate
    visitor = new_page(language="en", reduced_motion=True)
    open_app(visitor, page.url)
    assert scenario(visitor) == shared
    assert outcomes(visitor) == outcomes(page)
    assert revision(visitor) == revision(page)
    expect(card(visitor)).to_have_attribute("lang", "ko")


def test_share_menu(still: Page, browser: Browser, tmp_path: Path) -> None:
    """The menu shows the link and saves the race: as a description, and as a page that plays offline."""
    page = open_app(still)
    press(page, "share")
    link = page.locator("[data-testid=stPopoverBody] .stCode code").inner_text()
    assert Scenario.from_link(link.split("s=")[1]) == DEFAULT
    saved = {}
    for name in ("race.html", "race.json"):
        with page.expect_download() as download:
            page.locator("[data-testid=stDownloadButton] button").nth(len(saved)).click()
        assert download.value.suggested_filename == name
        saved[name] = tmp_path / name
        download.value.save_as(saved[name])
    assert Scenario.from_json(saved["race.json"].read_text(encoding="utf-8")) == DEFAULT
    plays_alone(browser, saved["race.html"])


def plays_alone(browser: Browser, file: Path) -> None:
    """A saved page, opened from the disk without a network, plays, listens to keys, and reports nothing."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    try:
        page = context.new_page()
        watch = Watch(page, "file://")
        page.goto(file.as_uri())
        card(page).wait_for()
        assert stage(page, "runners") == "7"
        expect(card(page)).to_have_attribute("data-playing", "true")
        expect(card(page)).not_to_have_attribute("data-step", stage(page, "step"))
        map_of(page).press("End")
        expect(card(page)).to_have_attribute("data-step", "300")
        page.wait_for_timeout(300)
        assert not watch.faults
    finally:
        context.close()


def test_stage_saves_what_it_shows(still: Page, tmp_path: Path) -> None:
    """The stage's own menu saves a picture of it, and a table with a line for every step of every path."""
    page = open_app(still)
    saved = {}
    for name, kind in (("Picture (PNG)", "png"), ("Data (CSV)", "csv")):
        page.locator(STAGE).get_by_role("button", name="Download").click()
        with page.expect_download() as download:
            page.locator(STAGE).get_by_role("button", name=name).click()
        assert download.value.suggested_filename.endswith(kind)
        saved[kind] = tmp_path / f"stage.{kind}"
        download.value.save_as(saved[kind])
    with Image.open(saved["png"]) as picture:
        assert picture.width >= 2000
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 500
    with saved["csv"].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    counts = Counter(row["runner"] for row in rows)
    assert len(counts) == 7
    assert counts["Adam"] == DEFAULT.steps + 1
    assert (float(rows[0]["x"]), float(rows[0]["y"])) == DEFAULT.start
