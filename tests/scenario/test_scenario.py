"""What a description means, and what a refused one says."""

import dataclasses
import json

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscape.descent.rules.adam import Adam
from landscape.descent.rules.first_order import SGD, Momentum
from landscape.descent.rules.presets import presets
from landscape.descent.rules.wrappers import SAM, ClipNorm, ClipValue, WeightDecay
from landscape.descent.run import run
from landscape.descent.schedules.decays import Constant, Cosine
from landscape.descent.schedules.warmup import Warmup
from landscape.problems.surfaces.registry import SURFACES
from landscape.scenario import Problem, Runner, Scenario, ScenarioError, Schedule

SGD_RUNNER = {"id": "a", "rule": "sgd", "slot": 1}


def race(**changes) -> dict:
    return {"problem": {"name": "bowl"}, "start": [1.0, 2.0], "runners": [SGD_RUNNER], **changes}


def refused(**changes) -> list[tuple[str, str]]:
    with pytest.raises(ScenarioError) as error:
        Scenario.from_json(json.dumps(race(**changes)))
    return error.value.problems


def runner(**changes) -> dict:
    return {"runners": [{**SGD_RUNNER, **changes}]}


def test_defaults():
    scenario = Scenario(problem={"name": "bowl"}, start=(1, 2))
    assert (scenario.steps, scenario.seed, scenario.noise, scenario.runners) == (300, 0, 0.0, ())
    assert scenario.paths() == {}
    assert json.loads(scenario.to_json()) == {"version": 1, "problem": {"name": "bowl"}, "start": [1.0, 2.0]}


def test_the_problem_is_the_surface_with_its_fields():
    problem = Problem(name="ravine", fields={"condition": 50, "angle": 30.0})
    assert problem.surface() == dataclasses.replace(SURFACES["ravine"], condition=50.0, angle=30.0)
    typed = Problem(formula="x**2 + 3*y", domain=((-1, 1), (0, 2))).surface()
    assert typed.domain == ((-1.0, 1.0), (0.0, 2.0))
    assert float(typed(jnp.array([2.0, 1.0]))) == 7.0


def test_a_curve_of_one_variable_starts_from_one_number():
    scenario = Scenario(problem={"name": "parabola"}, start=(1.0,), steps=5, runners=[SGD_RUNNER])
    assert scenario.paths()["a"].params.shape == (6, 1)
    with pytest.raises(ScenarioError, match=r"start: needs 1 coordinates on this surface; given 2"):
        scenario.replace(start=(1.0, 2.0))


def test_fields_that_are_left_out_keep_the_rules_defaults():
    assert Runner(**SGD_RUNNER).optimizer() == SGD()
    made = Runner(id="a", rule="momentum", slot=1, fields={"momentum": 0.5}).optimizer()
    assert made == Momentum(momentum=0.5)


def test_a_schedule_stands_where_the_rate_stands_and_starts_from_it():
    made = Runner(
        id="a",
        rule="adam",
        slot=1,
        fields={"learning_rate": 0.2},
        schedule=Schedule(
            name="warmup", fields={"steps": 5}, then=Schedule(name="cosine", fields={"steps": 9})
        ),
    ).optimizer()
    assert made == Adam(Warmup(Cosine(0.2, steps=9.0), 5.0))
    alone = Runner(**SGD_RUNNER, schedule={"name": "warmup"}).optimizer()
    assert alone == SGD(Warmup(Constant(0.01)))


def test_a_wrapped_rule_has_its_own_fields_and_holds_the_rate():
    sam = Runner(id="a", rule="sam", slot=1, fields={"rho": 0.1}, base="adam", base_fields={"b1": 0.5})
    assert sam.optimizer() == SAM(Adam(0.001, b1=0.5), 0.1)
    assert sam.learning_rate == 0.001
    assert sam.with_rate(0.3).optimizer() == SAM(Adam(0.3, b1=0.5), 0.1)
    assert Runner(id="a", rule="sam", slot=1).optimizer() == SAM(SGD(0.01), 0.05)


def test_clipping_sees_the_bare_gradient_and_the_decay_comes_after():
    made = Runner(**SGD_RUNNER, clip_norm=2, clip_value=3, weight_decay=0.1, decoupled=True).optimizer()
    assert made == ClipValue(ClipNorm(WeightDecay(SGD(), 0.1, True), 2.0), 3.0)


def test_paths_are_runs_with_the_seeds_noise():
    scenario = Scenario(**race(noise=0.5, seed=3, steps=20))
    path = scenario.paths()["a"]
    start, key = np.array([1.0, 2.0]), jax.random.key(3)
    expected = run(SGD(), SURFACES["bowl"], start, 20, noise=0.5, key=key)
    np.testing.assert_array_equal(path.params, expected.params)
    other = scenario.replace(seed=4).paths()["a"]
    assert not np.array_equal(path.params, other.params)


def test_a_changed_copy_is_checked_like_a_new_one():
    scenario = Scenario(**race())
    assert scenario.replace(steps=10).steps == 10
    assert scenario.steps == 300
    with pytest.raises(ScenarioError, match="steps: must be from 1 to 20,000; given 0"):
        scenario.replace(steps=0)


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"problem": {"name": "beele"}}, "problem.name", "'beele' is not known. Did you mean beale? Allowed"),
        ({"problem": {"name": "ravine", "fields": {"kappa": 1}}}, "problem.fields", "'kappa' is not known."),
        ({"problem": {"name": "noisy_bowl", "fields": {"noise": 1}}}, "problem.fields", "'noise'"),
        (
            {"problem": {"name": "ravine", "fields": {"condition": 0.5}}},
            "problem.fields.condition",
            "must be from 1 to 1000; given 0.5",
        ),
        ({"problem": {"formula": "x +"}}, "problem.formula", "The formula ends at column"),
        ({"problem": {"formula": "x", "name": "bowl"}}, "problem", "a surface's name or a formula"),
        ({"problem": {}}, "problem", "a surface's name or a formula"),
        ({"problem": {"name": "bowl", "domain": [[0, 1], [0, 1]]}}, "problem.domain", "belongs to a formula"),
        ({"problem": {"formula": "x", "domain": [[1, 0], [0, 1]]}}, "problem.domain", "a lower to a higher"),
        ({"problem": 3}, "problem", "an object of named values; given 3"),
        ({"start": [1, 2, 3]}, "start", "needs 1-2 coordinates"),
        ({"start": [1, 1e7]}, "start", "must be from -1e+06 to 1e+06; given 10000000.0"),
        ({"start": [1, None]}, "start", "must be a finite number; given null"),
        ({"start": [True, 1]}, "start", "must be a finite number; given true"),
        ({"start": [10**400, 1]}, "start", "must be a finite number; given 10^18"),
        ({"start": "origin"}, "start", "must be a list; given 'origin'"),
        ({"steps": 20_001}, "steps", "must be from 1 to 20,000; given 20001"),
        ({"steps": 10.5}, "steps", "must be a whole number; given 10.5"),
        ({"steps": "10"}, "steps", "must be a whole number; given '10'"),
        ({"seed": -1}, "seed", "must be from 0 to 2,147,483,647; given -1"),
        ({"noise": 101}, "noise", "must be from 0 to 100; given 101"),
        ({"noise": float("nan")}, "noise", "must be a finite number; given nan"),
        ({"version": 2}, "version", "must be 1; given 2"),
        ({"sed": 1}, "", "'sed' is not known. Did you mean seed?"),
        (runner(rule="adamm"), "runners[0].rule", "'adamm' is not known. Did you mean adam?"),
        (runner(rule=["sgd"]), "runners[0].rule", "must be text"),
        (runner(slot=9), "runners[0].slot", "must be from 1 to 8; given 9"),
        (runner(id="a b"), "runners[0].id", "letters, digits, hyphens or underscores; given 'a b'"),
        (runner(id="é"), "runners[0].id", "letters, digits"),
        (runner(name="x" * 41), "runners[0].name", "must have 1 to 40 characters"),
        (runner(name="a\nb"), "runners[0].name", "printable characters only"),
        (runner(fields={"lr": 0.1}), "runners[0].fields", "'lr' is not known"),
        (runner(fields={"learning_rat": 0.1}), "runners[0].fields", "Did you mean learning_rate?"),
        (runner(fields={"learning_rate": 0}), "runners[0].fields.learning_rate", "from 1e-05 to 10; given 0"),
        (runner(fields={"learning_rate": True}), "runners[0].fields.learning_rate", "given true"),
        (runner(fields=[]), "runners[0].fields", "an object of named values; given […]"),
        (runner(rule="adam", fields={"bias_correction": 1}), "runners[0].fields.bias_correction", "True"),
        (runner(base="adam"), "runners[0].base", "wraps another (sam), and sgd does not"),
        (runner(rule="sam", base="newton"), "runners[0].base", "'newton' is not known"),
        (runner(schedule={"name": "cosin"}), "runners[0].schedule.name", "Did you mean cosine?"),
        (runner(schedule={"name": "cosine", "fields": {"value": 1}}), "runners[0].schedule.fields", "value"),
        (runner(schedule={"name": "step", "then": {"name": "step"}}), "runners[0].schedule.then", "warmup"),
        (runner(clip_norm=0), "runners[0].clip_norm", "must be from 0.001 to 100; given 0.0"),
        (runner(decoupled=True), "runners[0].decoupled", "there is none"),
        (runner(decoupled=1), "runners[0].decoupled", "must be true or false; given 1"),
        ({"runners": [SGD_RUNNER] * 9}, "runners", "has 9 entries; at most 8 are allowed"),
        ({"runners": [SGD_RUNNER, {**SGD_RUNNER, "slot": 2}]}, "runners[1].id", "'a' is used twice"),
        ({"runners": [SGD_RUNNER, {**SGD_RUNNER, "id": "b"}]}, "runners[1].slot", "1 is used twice"),
        ({"runners": "sgd"}, "runners", "must be a list; given 'sgd'"),
    ],
)  # fmt: skip
def test_a_refusal_names_the_field_what_was_given_and_what_is_allowed(changes: dict, field: str, says: str):
    ((where, message),) = refused(**changes)
    assert where == field
    assert says in message


def test_missing_fields_are_all_named():
    with pytest.raises(ScenarioError) as error:
        Scenario.from_json('{"runners": [{}]}')
    assert [field for field, _ in error.value.problems] == [
        "problem",
        "start",
        "runners[0].id",
        "runners[0].rule",
        "runners[0].slot",
    ]


def test_text_that_is_no_json_says_where():
    with pytest.raises(ScenarioError, match="line 2, column 3"):
        Scenario.from_json("{\n  nonsense")
    with pytest.raises(ScenarioError, match="must be an object of named values; given 3"):
        Scenario.from_json("3")


def test_many_faults_make_a_short_message():
    with pytest.raises(ScenarioError) as error:
        Scenario.from_json(json.dumps({f"k{i}": 0 for i in range(100)}))
    assert len(error.value.problems) == 102
    assert str(error.value).endswith("and 97 more")


@pytest.mark.parametrize(
    ("link", "says"),
    [("", "damaged"), ("eJw", "damaged"), ("é", "damaged"), ("a" * 16_385, "16385 characters")],
)
def test_a_broken_link_says_so(link: str, says: str):
    with pytest.raises(ScenarioError, match=says):
        Scenario.from_link(link)


@pytest.mark.parametrize("name", SURFACES)
def test_the_hyperparameters_a_surface_recommends_are_allowed(name: str):
    surface = SURFACES[name]
    for rule, numbers in presets(surface).items():
        runner = Runner(id="a", rule=rule, slot=1)
        own = {field: value for field, value in numbers.items() if not runner.wraps or field == "rho"}
        base = {field: value for field, value in numbers.items() if field not in own}
        runner = runner.replace(fields=own, base_fields=base)
        Scenario(problem={"name": name}, start=tuple(surface.start.tolist()), runners=[runner]).rules()
