"""The Network page in a real browser: it trains for real, can be stopped, and its address carries it."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from landscape.presets.trainings import TRAININGS
from landscape.scenario.training import Data, Net, Training
from tests.browser.driver import eventually, open_app, overflow, settled, shoot
from tests.browser.race import press, words
from tests.pages.conftest import RAW_KEY

TRAIN = ".st-key-train button:visible"
TABLE = "table.outcomes tbody tr"
LONG = 120_000


def link(training: Training, language: str = "en") -> str:
    return f"/network?lang={language}&n={training.to_link()}"


SMALL = Training(
    data=Data(name="moons"),
    network=Net(hidden=(8,)),
    batch_size=32,
    epochs=10,
    runners=TRAININGS["default"].runners,
)


def in_address(page: Page) -> Training:
    """The training that the address bar carries."""
    return Training.from_link(parse_qs(urlsplit(page.url).query)["n"][0])


def trained(page: Page) -> Page:
    """Wait until the training is done and everything is drawn."""
    expect(page.locator(TRAIN).first).to_be_visible(timeout=LONG)
    expect(page.locator(TABLE).first).to_be_visible(timeout=LONG)
    return settled(page, stage=False)


@pytest.mark.parametrize(("language", "title"), [("en", "Network"), ("ko", "신경망")])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_it_trains_and_shows_curves_boundaries_and_a_table(
    new_page: Callable[..., Page], language: str, title: str, width: int, height: int
) -> None:
    """Opened by a link, wide or on a phone: curves, boundaries that play, one row for each optimizer; no raw
    key, nothing wider than the screen."""
    page = new_page(language=language, width=width, height=height, touch=width < 500)
    open_app(page, link(SMALL, language), stage=False)
    trained(page)
    expect(page.locator("h1")).to_have_text(title)
    assert page.locator(TABLE).count() == 3
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    boundary = page.locator(".st-key-boundary canvas, [data-revision] canvas").first
    expect(boundary).to_be_visible(timeout=LONG)
    raw = [text for text in words(page) if RAW_KEY.search(text)]
    assert not raw, raw
    assert overflow(page) == 0
    shoot(page, f"network-{language}-{width}")


def test_digits_train_by_themselves_at_the_first_visit(page: Page) -> None:
    """The page opens on something: three optimizers learn to read digits, with progress, to over 94 %."""
    open_app(page, "/network", stage=False)
    trained(page)
    accuracies = [
        row.split("\t")[-2] for row in page.locator("table.outcomes tbody").inner_text().split("\n")
    ]
    assert len(accuracies) == 3
    assert all(float(share.replace("%", "")) > 94 for share in accuracies), accuracies
    shoot(page, "network-digits")


def test_a_changed_setting_waits_for_the_button_and_is_in_the_address(page: Page) -> None:
    """A choice moves into the link at once, and is trained when asked; undo takes it back."""
    open_app(page, link(SMALL), stage=False)
    trained(page)
    expect(page.locator(TRAIN).first).to_be_disabled()
    page.locator(".st-key-network-activation [data-baseweb=select], .st-key-network-activation").first.click()
    page.get_by_role("option", name="tanh").click()
    eventually(page, lambda: in_address(page).network.activation == "tanh")
    expect(page.get_by_text("The settings have changed")).to_be_visible()
    press(page, "train")
    expect(page.get_by_text("The settings have changed")).to_be_hidden(timeout=LONG)
    trained(page)
    press(page, "undo")
    eventually(page, lambda: in_address(page) == SMALL)


def test_a_training_can_be_stopped_and_keeps_what_it_learnt(page: Page) -> None:
    """Progress moves, stop is heard, and the table shows the steps that were done."""
    long = SMALL.replace(
        data=Data(name="digits"), network=Net(hidden=(256,) * 3), epochs=2_000, batch_size=64
    )
    open_app(page, link(long), stage=False)
    expect(page.locator(TABLE).first).to_be_visible(timeout=LONG)
    press(page, "stop")
    trained(page)
    assert "Stopped at step" in page.locator("table.outcomes").inner_text()
    expect(page.locator(TRAIN).first).to_be_enabled()


def test_a_rate_that_blows_up_is_explained(page: Page) -> None:
    """The preset's lesson: at which step it happened and what to try."""
    open_app(page, link(SMALL), stage=False)
    trained(page)
    page.locator(".st-key-training-blows_up button").first.click()
    expect(page.get_by_text("the next loss is no longer a finite number")).to_be_visible(timeout=LONG)
    shoot(page, "network-blows-up")


def test_the_language_can_change_without_training_again(page: Page) -> None:
    """Everything stays, in other words."""
    open_app(page, link(SMALL), stage=False)
    trained(page)
    page.locator(".st-key-language").click()
    page.get_by_role("option", name="한국어").click()
    expect(page.locator("h1")).to_have_text("신경망")
    expect(page.locator(TABLE)).to_have_count(3)
    assert in_address(page) == SMALL
