"""The moves of a race: from one scenario to the next, without Streamlit."""

import pytest

from landscape.descent.rules.presets import presets as presets_on
from landscape.descent.rules.registry import OPTIMIZERS
from landscape.presets.races import PRESETS
from landscape.problems.surfaces.registry import SURFACES
from landscape.scenario import Runner, Scenario
from landscape.ui.race.moves import on_surface, presets
from landscape.ui.runners import moves

DEFAULT = PRESETS["default"]
SURFACES_2D = [name for name, surface in SURFACES.items() if surface.dimension == 2]


def race(*runners: Runner) -> Scenario:
    return Scenario(problem={"name": "bowl"}, start=(1.0, 1.0), steps=50, runners=runners)


@pytest.mark.parametrize("name", SURFACES_2D)
def test_another_surface_keeps_runners_colours_and_ratios_of_rates(name):
    after = on_surface(DEFAULT, name)
    assert after.problem.name == name
    assert after.start == tuple(SURFACES[name].start)
    assert [(r.id, r.slot, r.rule) for r in after.runners] == [
        (r.id, r.slot, r.rule) for r in DEFAULT.runners
    ]
    preset, before_it = presets_on(SURFACES[name]), presets_on(SURFACES["beale"])
    for before, runner in zip(DEFAULT.runners, after.runners, strict=True):
        kept = before.learning_rate / before_it[before.rule]["learning_rate"]
        kept = 1 if 0.5 < kept < 2 else kept
        low, high = (moves.bounded(before.rule, "learning_rate", edge) for edge in (0.0, 1e9))
        expected = min(max(preset[before.rule]["learning_rate"] * kept, low), high)
        assert runner.learning_rate == pytest.approx(expected, rel=1e-2)


def test_a_rate_set_apart_on_purpose_stays_apart():
    there = on_surface(DEFAULT, "ravine")
    preset = presets_on(SURFACES["ravine"])["sgd"]["learning_rate"]
    assert there.runners[0].learning_rate == pytest.approx(preset)
    assert there.runners[6].learning_rate == pytest.approx(5 * preset)


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_every_rule_can_be_added_and_runs(rule):
    after = moves.added(race(), rule, presets(race()))
    (runner,) = after.runners
    assert (runner.rule, runner.slot) == (rule, 1)
    assert after.rules()[runner.id]


def test_a_removed_runner_leaves_the_others_their_colours_and_its_slot_free():
    after = moves.removed(DEFAULT, "r2")
    assert [r.slot for r in after.runners] == [1, 3, 4, 5, 6, 7]
    again = moves.added(after, "lion", presets(after))
    assert again.runners[-1].slot == 2
    assert again.runners[-1].id == "r2"


def test_a_copy_stands_beside_its_original_at_half_the_rate():
    after = moves.duplicated(DEFAULT, "r2")
    original, copy = after.runners[1], after.runners[2]
    assert copy.rule == original.rule
    assert copy.learning_rate == pytest.approx(original.learning_rate / 2)
    assert copy.slot == 8
    assert len({r.id for r in after.runners}) == 8


def test_a_ninth_runner_is_refused_by_the_scenario():
    full = moves.added(DEFAULT, "lion", presets(DEFAULT))
    with pytest.raises(ValueError, match="empty"):
        moves.added(full, "adamw", presets(full))
