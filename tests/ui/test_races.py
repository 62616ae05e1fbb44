"""The races of the pages: computed once, from descriptions that are neither written out nor read again."""

import numpy as np
import pytest

import landscape as ls
from landscape.scenario import Problem, Runner, Scenario
from landscape.ui.work import races

RATES = {"a": 0.0123, "b": 0.0234}


@pytest.fixture
def race() -> Scenario:
    runners = [
        Runner(id=name, rule="sgd", slot=k, fields={"learning_rate": rate})
        for k, (name, rate) in enumerate(RATES.items(), start=1)
    ]
    return Scenario(problem={"name": "ravine"}, start=(1.5, 0.5), steps=7, noise=0.3, runners=runners)


def test_a_race_is_what_the_library_computes(race):
    found = races.race(race)
    for name, expected in race.paths().items():
        path, outcome = found[name]
        np.testing.assert_array_equal(path.params, expected.params)
        assert outcome == ls.outcome(race.rules()[name], race.surface(), expected)


def test_each_runner_costs_one_surface_and_nothing_is_validated_again(race, monkeypatch):
    """Neither on the way to the computation nor when the answer is remembered."""
    fresh, counts = race.replace(steps=8), {"surface": 0, "made": 0}
    surface, init = Problem.surface, Scenario.__init__

    def counted(self):
        counts["surface"] += 1
        return surface(self)

    def made(self, **data):
        counts["made"] += 1
        init(self, **data)

    monkeypatch.setattr(Problem, "surface", counted)
    monkeypatch.setattr(Scenario, "__init__", made)
    first = races.race(fresh)
    assert counts == {"surface": len(RATES), "made": 0}
    assert races.race(fresh) == first
    assert counts == {"surface": len(RATES), "made": 0}


def test_a_change_of_one_runner_leaves_the_others_results(race):
    one = races.race(race)
    a, b = race.runners
    again = races.race(race.replace(runners=(a, b.with_rate(0.05))))
    assert again["a"] is one["a"]
    assert again["b"] is not one["b"]
