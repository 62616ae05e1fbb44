"""What a refused description says: few faults, short, of the right field, in every language."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.i18n import LANGUAGES, explain
from landscape.lessons.place import LessonState
from landscape.scenario import Scenario, ScenarioError
from landscape.scenario.document import Document
from landscape.scenario.error import LONGEST, SHOWN
from landscape.scenario.training import Training
from landscape.scenario.view import View
from tests.scenario.strategies import JSON

KINDS: tuple[type[Document], ...] = (Scenario, Training, View, LessonState)
RUNNER = {"id": "a", "rule": "sgd", "slot": 1}
WHOLE: dict[type[Document], dict[str, Any]] = {
    Scenario: {"problem": {"name": "bowl"}, "start": [1, 1], "runners": [RUNNER]},
    Training: {"data": {"name": "moons"}, "network": {"hidden": [4]}, "runners": [RUNNER]},
    View: {"training": {"data": {"name": "moons"}, "runners": [RUNNER]}},
    LessonState: {"lesson": "step_size", "experiment": "blow_up", "values": {"blow_up": {"curvature": 3.0}}},
}
MACHINERY = (
    "pydantic",
    ".bool",
    ".float",
    ".int",
    ".str",
    "[key]",
    "..",
    ".:",
    "function-",
    "lax-",
    "Traceback",
)


def refused(kind: type[Document], plain: Any) -> ScenarioError:
    with pytest.raises(ScenarioError) as error:
        kind.from_json(json.dumps(plain))
    return error.value


def check(error: ScenarioError) -> None:
    """Few sentences, each short and whole; the library's own words are the catalogue's English."""
    assert str(error).splitlines() == explain(error, "en")
    for language in LANGUAGES:
        lines = explain(error, language)
        assert len(lines) <= SHOWN + 1
        assert all(0 < len(line) <= LONGEST and line.isprintable() for line in lines)
        assert sum(map(len, lines)) <= (SHOWN + 1) * LONGEST
        for fault, line in zip(error.faults, lines[:SHOWN], strict=False):
            assert len(fault.field) <= 80
            assert not any(word in fault.field + ":" for word in MACHINERY), fault.field
            assert line[0] not in ".: "
    for line in explain(error, "en"):
        assert not line.startswith(("is ", "must ", "has ", "needs ", "belongs ", "would ", "says ")), line


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60)
@given(data=st.data())
def test_whatever_is_wrong_is_said_shortly(kind, data):
    plain = json.loads(json.dumps(WHOLE[kind]))
    inner: Any = plain
    while isinstance(inner, dict) and inner and data.draw(st.booleans()):
        key = data.draw(st.sampled_from(sorted(inner)))
        if not isinstance(inner[key], dict):
            break
        inner = inner[key]
    inner[data.draw(st.sampled_from([*sorted(inner), "**k**\u202e", "x" * 300, "a.b", ""]))] = data.draw(JSON)
    try:
        kind.from_json(json.dumps(plain))
    except ScenarioError as error:
        check(error)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "plain",
    [3, [], None, "x", {"": {}}, {f"k{i}": 0 for i in range(400)}],
    ids=lambda plain: ascii(plain)[:9],
)
def test_a_description_that_is_none_is_named_as_a_whole(kind, plain):
    error = refused(kind, plain)
    check(error)
    if not isinstance(plain, dict):
        assert str(error).startswith("The description must be an object")


@pytest.mark.parametrize(
    ("plain", "field", "says"),
    [
        ({"values": {"blow_up": {"k0": 1}}}, "values.blow_up", "'k0' is not known"),
        ({"values": {"blow_up": {"curvature": None}}}, "values.blow_up.curvature", "given null"),
        ({"values": {"blow_up": {"curvature": float("nan")}}}, "values.blow_up.curvature", "given nan"),
        ({"values": {"blow_up": {"curvature": 10**400}}}, "values.blow_up.curvature", "given 10^18"),
        ({"values": {"blow_up": {"curvature": [1]}}}, "values.blow_up.curvature", "given […]"),
        ({"values": {"blow_up": {"curvature": True}}}, "values.blow_up.curvature", "given true"),
        ({"values": {"blow_up": {"**a** [b](//h)": []}}}, "values.blow_up['**a** [b](//h)']", "number"),
        ({"values": {"blow_upp": {}}}, "values", "'blow_upp' is not known. Did you mean blow_up?"),
        ({"values": {"blow_up": 3}}, "values.blow_up", "an object of named values"),
        ({"experiment": "blow_upp"}, "experiment", "Did you mean blow_up?"),
    ],
    ids=ascii,
)  # fmt: skip
def test_a_place_in_a_lesson_names_the_field(plain, field, says):
    error = refused(LessonState, WHOLE[LessonState] | plain)
    (fault,) = error.faults
    assert fault.field == field
    assert says in fault.message
    check(error)


def test_many_faults_are_counted():
    error = refused(Scenario, {f"k{i}": 0 for i in range(4000)})
    assert explain(error, "en")[-1] == "and 3997 more"
    assert "3997" in explain(error, "ko")[-1]
    assert len(str(error)) < 1500


@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_link_is_named_as_a_link(kind):
    with pytest.raises(ScenarioError, match=r"^The link is damaged or cut short$") as error:
        kind.from_link("no link at all")
    check(error.value)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "given",
    [None, 3, 1.5, [], {}, object(), type("Text", (), {"__class__": str})()],
    ids=lambda given: type(given).__name__,
)
def test_what_is_no_text_is_refused_like_any_other(kind, given):
    for read in (kind.from_json, kind.from_link):
        with pytest.raises(ScenarioError, match="must be text"):
            read(given)


@pytest.mark.parametrize(
    "description",
    [
        Scenario(problem={"formula": "x", "domain": ((-1, 1), (0, 2))}, start=(1, 1)),
        Training(data={"name": "moons", "noise": 0}, network={"hidden": [4], "dropout": 0}, runners=[RUNNER]),
        View(training={"runners": [RUNNER]}, span=((-1, 1), (0, 2))),
        LessonState(**WHOLE[LessonState]),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_description_is_written_by_pydantic_too_without_a_warning(description):
    plain = json.loads(description.model_dump_json(exclude_defaults=True))
    assert type(description)(**plain) == description
