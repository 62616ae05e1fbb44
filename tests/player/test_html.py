"""The standalone page holds everything it plays, asks nothing of the network, and cannot be broken out of."""

import base64
import json
import re
import zlib
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pytest

from landscape.look.scale import loss_scale
from landscape.player.html import ASSETS, BOUNDARY, IMPORT, STAGE, modules, standalone
from landscape.player.payload import pack
from landscape.ui.page.components import FILES


def scene(**text):
    loss = np.add.outer(np.linspace(-1, 1, 5) ** 2, np.linspace(-1, 1, 4) ** 2)
    grid = SimpleNamespace(a=np.linspace(-1, 1, 5), b=np.linspace(-1, 1, 4), loss=loss)
    return pack(
        grid=grid,
        title="Bowl",
        relief=loss_scale(loss),
        start=(1.0, 1.0),
        runners=[],
        text=text,
        language="ko",
    )


class Page(HTMLParser):
    """Every element with its attributes and text."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), []))

    def handle_data(self, data):
        if self.found:
            self.found[-1][2].append(data)

    def all(self, tag):
        return [(attrs, "".join(text).strip()) for name, attrs, text in self.found if name == tag]

    def unpacked(self, name):
        [text] = [text for attrs, text in self.all("script") if attrs.get("id") == name]
        return zlib.decompress(base64.b64decode(text))


def test_the_page_carries_the_scene_and_every_module_that_the_stage_reaches():
    payload = scene()
    page = Page(standalone(payload, "Bowl"))
    carried = json.loads(page.unpacked("assets"))
    assert page.unpacked("scene") == payload
    assert set(carried["modules"]) == set(modules(STAGE)) >= {STAGE, "surface/terrain.js", "shared/theme.js"}
    assert BOUNDARY not in carried["modules"]
    assert ".stage" in carried["css"]
    named = {
        name for text in carried["modules"].values() for name in re.findall(r'"landscape/([^"]+)"', text)
    }
    assert named <= set(carried["modules"])
    assert not any(IMPORT.search(text) for text in carried["modules"].values())


def test_no_module_on_the_disk_is_left_unreached():
    reached = {name for script, _ in FILES.values() for name in modules(script)}
    assert {path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*.js")} == reached


def test_only_its_own_script_may_run_and_nothing_may_be_fetched():
    page = Page(standalone(scene(), "Bowl"))
    [policy] = [
        attrs["content"] for attrs, _ in page.all("meta") if "http-equiv" in attrs and "content" in attrs
    ]
    rules = {name: sources for name, *sources in (rule.split() for rule in policy.split(";"))}
    [nonce] = [attrs["nonce"] for attrs, _ in page.all("script") if "nonce" in attrs]
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == [f"'nonce-{nonce}'", "data:"]
    for name, sources in rules.items():
        assert not any(
            "//" in source or source in ("*", "https:", "http:", "'self'") for source in sources
        ), name


def test_no_address_appears_but_the_name_of_the_drawing_language():
    text = standalone(scene(), "Bowl")
    carried = Page(text).unpacked("assets").decode()
    addresses = set(re.findall(r"(?:https?:|wss?:)?//[\w.-]+\.\w[^\s\"'\\]*", text + carried))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\b(src|href)=", text)


@pytest.mark.parametrize(
    "breakout", ["</title><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&amp;{x}"]
)
def test_neither_title_nor_words_break_out_of_their_place(breakout):
    page = Page(standalone(scene(start=breakout), breakout))
    assert [text for _, text in page.all("title")] == [breakout]
    assert len(page.all("script")) == 3
    assert page.all("img") == []


def test_the_page_speaks_the_scene_s_language():
    assert Page(standalone(scene(), "Bowl")).all("html")[0][0]["lang"] == "ko"


def test_the_code_weighs_some_tens_of_kilobytes():
    assert len(standalone(scene(), "Bowl")) - len(scene()) < 80_000


def test_equal_scenes_give_equal_pages():
    assert standalone(scene(), "Bowl") == standalone(scene(), "Bowl")


def test_other_bytes_are_refused():
    with pytest.raises(ValueError, match="not a packed scene"):
        standalone(b"nothing", "Bowl")
