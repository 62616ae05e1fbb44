"""A link with markup in every text: no picture of it is asked for, and no link of it stands on the page."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from landscape.scenario import Scenario
from landscape.scenario.link import encode
from tests.browser.driver import open_app, settled
from tests.browser.race import press

PICTURE, INVITATION = "![x](http://h.test/a.png)", "[Sign in](http://h.test/)"
TAGS, BARE, SIGNS = (
    "<img src=//h.test/a><a href=//h.test>x</a>",
    "http://h.test www.h.test a@h.test",
    ":material/home: :smile: $x$",
)
TEXTS = [PICTURE, INVITATION, TAGS[:40], BARE, SIGNS]
FOREIGN = "a[href*='h.test'], a[href^='mailto'], img[src*='h.test'], .katex"


def nothing_lives(page: Page) -> None:
    """Neither in the page nor in a component's own tree; `still` fails by itself on a request outside."""
    assert page.locator(FOREIGN.removesuffix(", .katex")).count() == 0


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_notice_shows_markup_as_text(still: Page, language: str) -> None:
    """The words of the link can be read in the notice, and the address keeps the link until a change."""
    for path, parameter, plain in (
        ("/", "s", {"problem": {"name": PICTURE}, "start": [1, 1], INVITATION: 1, BARE: 2}),
        ("/step-size", "x", {"lesson": "step_size", "experiment": PICTURE, "values": {BARE: {}}}),
    ):
        link = encode(json.dumps(plain))
        open_app(still, f"{path}?lang={language}&{parameter}={link}", stage=path == "/")
        toast = still.get_by_test_id("stToast")
        expect(toast).to_contain_text("![x](http:")
        nothing_lives(still)
        assert toast.locator("img, a, .katex").count() == 0
        assert f"{parameter}={link}" in still.url


def test_names_of_optimizers_are_text(still: Page) -> None:
    """In cards, legend, table, figures and the choice over the map."""
    rules = ["momentum", "adam", "nesterov", "rmsprop", "adagrad"]
    runners = [{"id": f"r{i}", "rule": rules[i], "name": name, "slot": i + 1} for i, name in enumerate(TEXTS)]
    race = Scenario(problem={"name": "bowl"}, start=(1, 1), steps=2, runners=runners)
    page = open_app(still, f"/?s={race.to_link()}")
    nothing_lives(page)
    analysis = page.locator(".st-key-analysis button").filter(has_text=re.compile(r"\w"))
    for view in (0, 3):
        analysis.nth(view).click()
        settled(page)
        page.wait_for_timeout(500)
        nothing_lives(page)
    choice = page.locator("[class*=st-key-heat-runner] button")
    expect(choice).to_have_count(4)  # AdaGrad remembers nothing that a map could vary
    assert [words.replace("\u2060", "") for words in choice.all_inner_texts()] == TEXTS[:4]
    press(page, "fair")
    table = page.get_by_role("dialog").locator("table")
    expect(table).to_contain_text(PICTURE.replace(":", ":\u2060"))
    nothing_lives(page)
