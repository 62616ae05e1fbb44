"""A description can be a key: what is equal is one key, and nothing in it can be changed afterwards."""

import copy
import pickle

import pytest

from landscape.lessons.place import first
from landscape.presets.races import PRESETS
from landscape.presets.trainings import TRAININGS
from landscape.scenario import Scenario
from landscape.scenario.view import View
from tests.scenario.test_round_trip import RACE

WHOLE = [
    Scenario(**RACE),
    *PRESETS.values(),
    TRAININGS["default"],
    View(training=TRAININGS["default"], span=[(-1, 1), (-2, 2)]),
    first("step_size").moved({"rate": 0.3}),
]


@pytest.mark.parametrize("one", WHOLE)
def test_equal_descriptions_are_one_key(one):
    for again in (type(one).from_json(one.to_json()), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert again == one
        assert {one: "found"}[again] == "found"


def test_another_value_is_another_key_wherever_it_stands():
    one = Scenario(**RACE)
    first, *others = one.runners
    changed = [
        one.replace(steps=1),
        one.replace(problem=one.problem.replace(fields={"condition": 31.0})),
        one.replace(runners=(first.with_rate(0.02), *others)),
        one.replace(runners=(first.replace(slot=7), *others)),
    ]
    assert len({one, *changed}) == 5


def test_order_of_the_fields_does_not_matter():
    one, other = ({"name": "ravine", "fields": dict(f)} for f in (PAIRS, reversed(PAIRS)))
    race = {"start": (1, 1), "runners": ()}
    assert hash(Scenario(problem=one, **race)) == hash(Scenario(problem=other, **race))


PAIRS = [("condition", 30.0), ("angle", 10.0)]


@pytest.mark.parametrize(
    "change",
    [
        lambda fields: fields.update(condition=1.0),
        lambda fields: fields.pop("condition"),
        lambda fields: fields.__setitem__("condition", 1.0),
        lambda fields: fields.__ior__({"condition": 1.0}),
        lambda fields: fields.clear(),
    ],
)
def test_the_fields_cannot_be_changed(change):
    one = Scenario(**RACE)
    with pytest.raises(TypeError, match="cannot be changed"):
        change(one.problem.fields)
    assert one == Scenario(**RACE)
