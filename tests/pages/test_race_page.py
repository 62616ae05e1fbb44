"""The Race page without a browser: every control leads somewhere, nothing raises, in both languages."""

import pytest

from landscape.descent.rules.registry import OPTIMIZERS
from landscape.i18n import LANGUAGES
from landscape.presets.races import PRESETS
from landscape.problems.surfaces.registry import SURFACES
from landscape.scenario import Scenario
from landscape.scenario.fields import complete, hyperparameters
from landscape.ui.race.moves import presets
from landscape.ui.runners import moves
from tests.pages.conftest import components

pytestmark = pytest.mark.slow

# One of each kind: that every surface, rule and schedule can be chosen, has its scale and its words is proven
# without a page (`test_moves`, `test_controls`, `test_catalogues`).
WITH_FIELDS = next(
    name for name, one in SURFACES.items() if one.dimension == 2 and hyperparameters(type(one))
)
SOME_SURFACES = (WITH_FIELDS, "rosenbrock", "noisy_bowl")
SOME_RULES = ("adam", "sam", "lbfgs")
SOME_SCHEDULES = ("cosine", "warmup", "plateau")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_default_race_is_shown_in_words(visit, language):
    page = visit(language=language)
    stage = page.stage()
    assert page.scenario == PRESETS["default"]
    assert stage["language"] == language
    assert [r["id"] for r in stage["runners"]] == [r.id for r in PRESETS["default"].runners]
    assert page.address() == {"lang": language, "s": PRESETS["default"].to_link()}
    page.check_words()


def test_a_slider_changes_the_scenario_and_the_stage_and_undo_brings_it_back(visit):
    page = visit()
    before = page.stage()["revision"]
    page.app.select_slider(key="r2-momentum-learning_rate").set_value(0.005)
    page.run()
    assert page.scenario.runners[1].learning_rate == 0.005
    assert page.stage()["revision"] != before
    page.app.button(key="undo").click()
    page.run()
    assert page.scenario == PRESETS["default"]
    assert page.stage()["revision"] == before


def test_every_slider_of_every_card_moves_to_its_ends(visit):
    """All at once to one end, then to the other: each value is in the scenario, and the stage shows it."""
    page = visit()
    for runner in page.scenario.runners:
        page.app.session_state[f"open-{runner.id}"] = True
    page.run()
    keys = [slider.key for slider in page.app.select_slider if slider.key not in ("steps", "noise")]
    assert len(keys) >= 15
    for end in (0, -1):
        before = page.stage()["revision"]
        for key in keys:
            page.app.select_slider(key=key).set_value(float(ends(key)[end]))
        page.run()
        runners = {runner.id: runner for runner in page.scenario.runners}
        for key in keys:
            name, rule, field = key.split("-")
            holder = "fields" if rule == runners[name].rule else "base_fields"
            assert complete(OPTIMIZERS[rule], getattr(runners[name], holder))[field] == ends(key)[end], key
            assert page.app.select_slider(key=key).value == ends(key)[end], key
        assert page.stage()["revision"] != before


def ends(key):
    """The first and the last value that a slider stops at."""
    _name, rule, field = key.split("-")
    meta = OPTIMIZERS[rule].__dataclass_fields__[field].metadata
    return meta["low"], meta["high"]


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "default"])
def test_a_pill_sets_its_race(visit, name):
    page = visit()
    page.app.button(key=f"preset-{name}").click()
    page.run()
    assert page.scenario == PRESETS[name]
    assert page.stage()["steps"] == PRESETS[name].steps


@pytest.mark.parametrize("name", SOME_SURFACES)
def test_a_surface_can_be_chosen_with_its_fields(visit, name):
    one = PRESETS["default"].replace(runners=PRESETS["default"].runners[:1])
    page = visit(link=one.to_link())
    page.app.selectbox(key="surface").set_value(name)
    page.run()
    assert page.scenario.problem.name == name
    assert page.scenario.start == tuple(SURFACES[name].start)
    for slider in [s for s in page.app.select_slider if s.key.startswith(f"surface-{name}-")]:
        field = slider.key.rsplit("-", 1)[1]
        high = type(SURFACES[name]).__dataclass_fields__[field].metadata["high"]
        page.app.select_slider(key=slider.key).set_value(high)
        page.run()
        assert page.scenario.problem.fields[field] == high


@pytest.mark.parametrize("rule", SOME_RULES)
def test_a_rule_can_be_added_and_opened(visit, rule):
    one = PRESETS["default"].replace(runners=PRESETS["default"].runners[:1])
    page = visit(link=moves.added(one, rule, presets(one)).to_link(), language="ko")
    page.app.session_state["open-r2"] = True
    page.run()
    assert page.scenario.runners[1].rule == rule
    page.check_words()


@pytest.mark.parametrize("name", SOME_SCHEDULES)
def test_a_schedule_can_be_set_and_its_fields_shown(visit, name):
    page = visit()
    page.app.session_state["open-r1"] = True
    page.app.session_state["extras-r1"] = True
    page.run()
    page.app.selectbox(key="r1-schedule").set_value(name)
    page.run()
    assert page.scenario.runners[0].schedule.name == name
    page.check_words()


def test_clipping_and_decay_show_in_the_name(visit):
    page = visit()
    page.app.session_state["open-r1"] = True
    page.app.session_state["extras-r1"] = True
    page.run()
    page.app.select_slider(key="r1-clip_norm").set_value(1.0)
    page.run()
    page.app.select_slider(key="r1-weight_decay").set_value(0.01)
    page.run()
    name = page.stage()["runners"][0]["name"]
    assert "clip 1" in name
    assert "0.01" in name
    page.app.select_slider(key="r1-weight_decay").set_value(0.0)
    page.run()
    assert page.scenario.runners[0].weight_decay is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", ["losses", "steps", "memory", "heat"])
def test_every_closer_view_opens(visit, view, language):
    page = visit(language=language)
    key = "analysis" if language == "en" else f"analysis-{language}"
    page.app.session_state[key] = view
    page.run()
    assert len(components(page.app, "chart")) == 1
    page.check_words()


def test_the_fair_race_lowers_every_loss_on_the_budget(visit):
    page = visit(link=PRESETS["default"].replace(steps=100, runners=PRESETS["default"].runners[:3]).to_link())
    before = last_losses(page)
    page.app.button(key="fair").click()
    page.run()
    after = last_losses(page)
    assert before.keys() == after.keys()
    assert len(after) == 3
    assert all(after[name] < before[name] for name in before), (before, after)
    assert len(page.app.table[0].value) == 3
    page.check_words()


def last_losses(page):
    """Where each optimizer of the scenario ends on 100 evaluations."""
    return {name: float(path.loss[-1]) for name, path in page.scenario.paths().items()}


def test_a_broken_link_is_explained_and_the_default_race_shown(visit):
    for language in LANGUAGES:
        page = visit(link="not-a-link", language=language)
        assert page.scenario == PRESETS["default"]
        (toast,) = page.app.toast
        assert "link" in toast.value or "링크" in toast.value
        assert page.address() == {"lang": language}


def test_a_link_to_a_curve_is_refused_for_the_stage_shows_two_parameters(visit):
    curve = Scenario(problem={"name": "parabola"}, start=(1.0,), runners=())
    page = visit(link=curve.to_link())
    assert page.scenario == PRESETS["default"]
    assert page.app.toast


def test_a_formula_is_drawn_and_a_wrong_one_leaves_the_picture(visit):
    page = visit()
    page.app.selectbox(key="surface").set_value("formula")
    page.run()
    drawn = page.stage()["revision"]
    page.app.text_input(key="formula").set_value("x**2 + sine(y)")
    page.run()
    (error,) = page.app.error
    assert "sin" in error.value
    assert page.stage()["revision"] == drawn
    page.app.text_input(key="formula").set_value("log(x) + y**2")
    page.run()
    assert not page.app.error
    assert page.scenario.problem.formula == "log(x) + y**2"
    assert page.stage()["revision"] != drawn


def test_an_empty_race_shows_the_surface(visit):
    page = visit(link=PRESETS["default"].replace(runners=()).to_link())
    assert page.stage()["runners"] == []
    assert page.app.button(key="fair").disabled
