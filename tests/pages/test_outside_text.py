"""Text that a link brings is shown as text on every page: no picture, link, icon, formula or tag of it."""

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from landscape.figures.notation import plain
from landscape.i18n import LANGUAGES
from landscape.lessons.place import LessonState
from landscape.scenario import Scenario, ScenarioError
from landscape.scenario.link import encode
from landscape.scenario.training import Training
from landscape.scenario.view import View
from landscape.ui.page import session
from landscape.ui.page.markup import JOINER, literal
from tests.pages.conftest import APP, components

PAGES = APP.parent / "pages"
TEXTS = [
    "![x](http://h.test/a.png)",
    "**Expired** [Sign in](http://h.test/)",
    "<img src=//h.test/a.png><a href=//h.t>",
    ":material/home: :red[x] :smile: :+1:",
    "$x^2$ `code` ~~s~~ _i_ &lt;b&gt;",
    "http://h.test www.h.test a@h.test",
    "# h\\ <!--",
    "| a | b | 1. x --- > q",
]
PLAIN = {"text_input", "text_area", "code", "bidi_component", "html"}
"""Elements that show text as it is; Streamlit shows that of all others as Markdown."""

LIVE = re.compile(
    r"https?://h|www\.h|a@h|(?<!\\)<(img|a )|:material/home|:smile|:\+1:|(?<!\\)\[(x|Sign)|(?<!\\)[$`]"
)


def runners(texts: list[str] = TEXTS) -> list[dict[str, Any]]:
    """As many optimizers as a page takes, each with one of the texts as its name."""
    rules = ["momentum", "adam", "sgd", "nesterov", "rmsprop", "adagrad", "adamw", "lion"]
    pairs = enumerate(zip(texts, rules, strict=False), 1)
    return [{"id": f"r{i}", "rule": rule, "name": text, "slot": i} for i, (text, rule) in pairs]


def strings(message: Message) -> Iterator[str]:
    """Every text in an element, but what is the option of a menu, which shows it as it is."""
    for field, value in message.ListFields():
        if message.DESCRIPTOR.name == "Selectbox" and field.name in ("options", "raw_value", "default"):
            continue
        for one in value if field.is_repeated else [value]:
            if isinstance(one, str) and field.name not in ("id", "user_key", "proto_hash", "element_id"):
                yield one
            elif isinstance(one, Message):
                yield from strings(one)


def elements(app: AppTest) -> Iterator[Any]:
    """Every element of a page, wherever it lies."""
    yield from app.main
    yield from app.sidebar
    yield from app._tree[2] if 2 in app._tree.children else []


def check(app: AppTest) -> None:
    """Nothing that came with the link lives in any element."""
    assert not app.exception, app.exception
    for element in elements(app):
        proto = getattr(element, "proto", None)
        if element.type == "html":
            assert not any(text in proto.body for text in TEXTS if escape(text) != text), proto.body[:300]
        elif isinstance(proto, Message) and element.type not in PLAIN:
            for text in strings(proto):
                assert not any(outside in text for outside in TEXTS[:7]), (element.type, text[:300])
                assert not LIVE.search(text) or "h.test" not in text, (element.type, text[:300])
    for name in ("chart", "plot"):
        for element in components(app, name):
            assert not any(
                json.dumps(text)[1:-1] in str(element.proto) for text in TEXTS if plain(text) != text
            )


def opened(page: Path, parameter: str, link: str, language: str = "en") -> AppTest:
    app = AppTest.from_file(str(page), default_timeout=120)
    app.query_params["lang"] = language
    app.session_state["lang"] = language
    app.query_params[parameter] = link
    app.run()
    check(app)
    return app


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_literal_has_nothing_that_markdown_or_streamlit_would_find(text):
    made = literal(text)
    assert not LIVE.search(made)
    assert re.sub(rf"\\([^A-Za-z0-9\s])|{JOINER}", r"\1", made) == text
    for sign in re.finditer(r"[!-/:-@\[-`{-~]", made):
        before = made[: sign.start()]
        assert (len(before) - len(before.rstrip("\\"))) % 2 == 1 or sign[0] == "\\"


def test_what_is_literal_is_one_line():
    assert literal("a\n\n# b\r\n    c\u2028d") == r"a \# b c d"


PAGE = {
    "race": (APP, "s"),
    "network": (PAGES / "network.py", "n"),
    "landscape": (PAGES / "network_landscape.py", "p"),
    "lesson": (PAGES / "step_size.py", "x"),
}
READ = {
    "race": session.drawable,
    "network": Training.from_link,
    "landscape": View.from_link,
    "lesson": LessonState.from_link,
}


def wrong(text: str) -> dict[str, list[Any]]:
    """Descriptions with a text in every place where a page takes one."""
    bad = {"id": text, "rule": text, "name": text * 9, "fields": {text: text}, "schedule": {"name": text}}
    lesson = {"lesson": "step_size", "experiment": "blow_up"}
    return {
        "race": [
            {"problem": {"name": text}, "start": [1, 1], text: 1, "steps": text},
            {"problem": {"formula": text}, "start": [1, 1]},
            {"problem": {"name": "bowl", "fields": {text: text}}, "start": text, "runners": [bad]},
        ],
        "network": [{"data": {"name": text}, "network": {text: 1, "activation": text}, text: text}],
        "landscape": [{"training": {"runners": runners()}, "runner": text, "plane": text, text: 1}],
        "lesson": [
            {**lesson, "experiment": text, "values": {text: {text: []}}},
            {**lesson, "values": {"blow_up": {text: []}}},
            {"lesson": text, "experiment": text},
        ],
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGE)
def test_what_is_wrong_with_a_link_is_told_in_words_without_life(monkeypatch, name, language):
    """Every text in every place, and as the link itself."""
    monkeypatch.setattr(session, "current_language", lambda: language)
    links = [encode(json.dumps(made)) for text in TEXTS for made in wrong(text)[name]]
    for link in [*links, *TEXTS]:
        with pytest.raises(ScenarioError) as told:
            READ[name](link)
        words = session.reasons(told.value)
        assert 5 < len(words) < 6000
        assert not LIVE.search(words)


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGE)
def test_a_notice_of_a_bad_link_holds_nothing_alive(name):
    """A link of each kind of fault, on the page itself."""
    page, parameter = PAGE[name]
    kinds = range(len(wrong("")[name]))
    links = [encode(json.dumps(wrong(TEXTS[kind])[name][kind])) for kind in kinds]
    for i, link in enumerate([*links, TEXTS[2]]):
        app = opened(page, parameter, link, LANGUAGES[i % 2])
        (toast,) = app.toast
        assert 20 < len(toast.value) < 6000
        assert not [line for line in toast.value.split("\n\n")[1:] if LIVE.search(line)]
        assert app.query_params[parameter] in (link, [link])
        for element in app.get("bidi_component"):
            sent = str(element.proto)
            assert not re.search(rf'\\"{parameter}\\": ?\\"e', sent), (
                "the link that could not be read is written over"
            )


@pytest.mark.slow
def test_names_of_optimizers_are_text_wherever_the_race_shows_them():
    race = Scenario(problem={"name": "bowl"}, start=(1, 1), steps=2, runners=runners())
    app = opened(APP, "s", race.to_link())
    for view in ("losses", "steps", "memory", "heat"):
        app.session_state["analysis"] = view
        check(app.run())
    assert app.get("button_group")
    app.button(key="fair").click()
    check(app.run())
    assert app.get("table")


@pytest.mark.slow
def test_a_formula_that_is_refused_is_text():
    race = Scenario(problem={"formula": "x"}, start=(1, 1))
    app = opened(APP, "s", race.to_link())
    for text in TEXTS:
        app.text_input(key="formula").set_value(text)
        check(app.run())
        assert app.error


@pytest.mark.slow
def test_names_of_optimizers_are_text_on_the_pages_of_networks():
    data, network = {"name": "moons", "samples": 50}, {"hidden": [2]}
    training = Training(data=data, network=network, epochs=1, runners=runners(TEXTS[:3]))
    for page, parameter, carried in (
        (PAGES / "network.py", "n", training.to_json()),
        (
            PAGES / "network_landscape.py",
            "p",
            json.dumps({"training": json.loads(training.to_json()), "points": 21}),
        ),
    ):
        app = opened(page, parameter, encode(carried))
        for _ in range(40):
            check(app.run())
            if app.get("button_group"):
                break
