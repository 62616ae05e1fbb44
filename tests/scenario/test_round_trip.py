"""Whatever is described comes back exactly, and whatever is broken is refused in our words."""

import base64
import copy
import json
import tracemalloc
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.i18n import LANGUAGES, explain
from landscape.scenario import Scenario, ScenarioError
from landscape.scenario.error import SHOWN
from tests.counting import calls
from tests.scenario.strategies import JSON, descriptions

pytestmark = pytest.mark.slow

RACE = {
    "version": 1,
    "problem": {"name": "ravine", "fields": {"condition": 30.0}},
    "start": [1.0, 1.5],
    "steps": 300,
    "seed": 7,
    "noise": 0.5,
    "runners": [
        {"id": "a", "rule": "sgd", "fields": {"learning_rate": 0.01}, "slot": 1, "clip_norm": 1.0},
        {"id": "b", "rule": "sam", "base": "adam", "base_fields": {"b1": 0.8}, "slot": 2, "name": "flat"},
        {"id": "c", "rule": "adam", "slot": 8, "schedule": {"name": "warmup", "then": {"name": "cosine"}}},
        {"id": "d", "rule": "rmsprop", "fields": {"centered": True}, "slot": 3, "weight_decay": 0.1},
    ],
}


def bits(plain: Any) -> Any:
    """Floats as their exact digits, so that -0.0 is not 0.0."""
    return json.dumps(plain)


@given(descriptions())
def test_a_valid_description_comes_back_exactly_from_json_and_link(plain: dict):
    scenario = Scenario(**plain)
    for back in (Scenario.from_json(scenario.to_json()), Scenario.from_link(scenario.to_link())):
        assert back == scenario
        assert bits(back.model_dump()) == bits(scenario.model_dump())
        assert back.to_link() == scenario.to_link()
    assert set(scenario.to_link()) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(descriptions())
@settings(max_examples=30)
def test_a_valid_description_gives_a_rule_for_each_runner(plain: dict):
    scenario = Scenario(**plain)
    assert list(scenario.rules()) == [runner["id"] for runner in plain["runners"]]
    assert scenario.surface().dimension == len(scenario.start)


def paths(plain: Any, here: tuple = ()) -> list[tuple]:
    """Where every value of a description lies."""
    inner = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    return [here] + [path for key, value in inner for path in paths(value, (*here, key))]


@given(st.sampled_from(paths(RACE)[1:]), JSON, st.sampled_from(["put", "add", "drop"]))
@settings(max_examples=400)
def test_a_description_with_anything_changed_is_accepted_or_refused_in_our_words(
    path: tuple, value: Any, how: str
):
    plain = copy.deepcopy(RACE)
    *above, last = path
    inner: Any = plain
    for key in above:
        inner = inner[key]
    if how == "put":
        inner[last] = value
    elif how == "drop":
        del inner[last]
    elif isinstance(inner, dict):
        inner[f"{last}_"] = value
    else:
        inner.append(value)
    refused_or_kept(json.dumps(plain))


@given(JSON)
def test_any_json_is_accepted_or_refused_in_our_words(plain: Any):
    refused_or_kept(json.dumps(plain))


@given(st.text() | st.binary())
def test_any_text_is_refused_in_our_words(text: str | bytes):
    refused_or_kept(text)


@given(st.text(max_size=200) | st.text("abcABC123-_", max_size=2000))
def test_any_link_is_refused_in_our_words(link: str):
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_link(link)
    assert_clear(refused.value)


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_link_with_one_letter_changed_never_breaks(position: int, letter: int):
    link = Scenario(**RACE).to_link()
    at = position % len(link)
    try:
        Scenario.from_link(link[:at] + chr(letter) + link[at + 1 :])
    except ScenarioError as error:
        assert_clear(error)


def refused_or_kept(text: str | bytes) -> None:
    try:
        scenario = Scenario.from_json(text)
    except ScenarioError as error:
        assert_clear(error)
    else:
        assert Scenario.from_json(scenario.to_json()) == scenario


def assert_clear(error: ScenarioError) -> None:
    """The message is short and whole in every language, and no word of the machinery is in it."""
    assert 0 < len(str(error)) < 4000
    assert "pydantic" not in str(error)
    assert "Traceback" not in str(error)
    assert explain(error, "en") == str(error).splitlines()
    for language in LANGUAGES:
        assert len(explain(error, language)) == min(len(error.problems), SHOWN + bool(error.problems[SHOWN:]))


def test_a_bomb_is_refused_before_it_unpacks():
    packed = zlib.compress(b"[" + b"1," * 5_000_000 + b"1]", 9)
    link = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    assert len(link) < 16_384
    tracemalloc.start()
    try:
        with pytest.raises(ScenarioError, match="too large"):
            Scenario.from_link(link)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 500_000, "ten megabytes are in it"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 60_000,
        '{"a":' * 10_000,
        "9" * 60_000,
        '{"problem":' + '{"formula":' * 5_000,
        json.dumps({**RACE, "runners": [RACE["runners"][0]] * 500}),
        json.dumps({**RACE, "runners": [{}] * 20_000}),
        json.dumps({**RACE, **{f"k{i}": i for i in range(4_000)}}),
        json.dumps({**RACE, "start": [1] * 20_000}),
        json.dumps({**RACE, "problem": {"formula": "(" * 60_000}}),
        '{"start":' * 50 + "1" + "}" * 50,
        "1" * 70_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_json_is_refused_at_once(text: str, unchecked):
    """With a few calls of functions for each of its characters, though every name has its fault."""
    refused: list[ScenarioError] = []

    def read() -> None:
        try:
            Scenario.from_json(text)
        except ScenarioError as error:
            refused.append(error)

    assert calls(read) < 300 + 6 * len(text)
    assert_clear(refused[0])


def test_deeply_nested_schedules_are_refused():
    schedule: dict = {"name": "warmup"}
    for _ in range(300):
        schedule = {"name": "warmup", "then": schedule}
    plain = {**RACE, "runners": [{"id": "a", "rule": "sgd", "slot": 1, "schedule": schedule}]}
    with pytest.raises(ScenarioError, match="one schedule too many"):
        Scenario.from_json(json.dumps(plain))
