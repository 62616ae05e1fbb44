"""What runners are called, and what a refused description says in Korean."""

from collections.abc import Callable

import pytest

from landscape.i18n import LANGUAGES, explain, names
from landscape.problems.formulas.formula import FormulaError, formula
from landscape.scenario import Scenario, ScenarioError


def called(*runners: dict, language: str = "en", short: bool = False) -> list[str]:
    numbered = [{"id": f"r{i}", "slot": i, **runner} for i, runner in enumerate(runners, 1)]
    scenario = Scenario(problem={"name": "bowl"}, start=(1, 1), runners=numbered)
    return list(names(scenario, language, short=short).values())


def sgd(rate: float, **extra) -> dict:
    return {"rule": "sgd", "fields": {"learning_rate": rate}, **extra}


def test_a_rule_alone_has_its_name():
    assert called({"rule": "sgd"}, {"rule": "adam"}) == ["Gradient descent", "Adam"]
    assert called({"rule": "sgd"}, {"rule": "adam"}, short=True) == ["GD", "Adam"]
    assert called({"rule": "sgd"}, {"rule": "momentum"}, language="ko") == ["경사 하강법", "모멘텀"]


def test_everything_around_a_rule_is_visible():
    runner = sgd(0.1, clip_norm=0.5, clip_value=2, weight_decay=0.01, schedule={"name": "cosine"})
    assert called(runner) == ["GD + clip value 2 + clip 0.5 + decay 0.01 + cosine"]
    assert called({"rule": "sam", "base": "adam"}) == ["SAM + Adam"]
    assert called(runner, language="ko") == ["경사 하강 + 값 자르기 2 + 자르기 0.5 + 감쇠 0.01 + 코사인"]


@pytest.mark.parametrize(
    ("first", "second", "name", "short"),
    [
        (0.01, 0.05, "GD, rate × 5", "GD × 5"),
        (0.002, 0.11, "GD, rate × 55", "GD × 55"),
        (0.05, 0.01, "GD, rate 0.01", "GD 0.01"),
        (0.01, 0.015, "GD, rate 0.015", "GD 0.015"),
    ],
)
def test_two_of_a_kind_are_told_apart_by_the_rate(first: float, second: float, name: str, short: str):
    assert called(sgd(first), sgd(second)) == ["Gradient descent", name]
    assert called(sgd(first), sgd(second), short=True) == ["GD", short]


def test_at_the_same_rate_another_number_tells_them_apart():
    heavy = {"rule": "momentum", "fields": {"momentum": 0.5}}
    assert called({"rule": "momentum"}, heavy) == ["Momentum", "Momentum, ρ 0.5"]
    bare = {"rule": "adam", "fields": {"bias_correction": False}}
    assert called({"rule": "adam"}, bare) == ["Adam", "Adam, Bias correction off"]
    assert called({"rule": "adam"}, bare, language="ko") == ["Adam", "Adam, 편향 보정 끔"]


def test_twins_are_numbered():
    assert called({"rule": "adam"}, {"rule": "adam"}, {"rule": "adam"}) == ["Adam", "Adam (2)", "Adam (3)"]


def test_a_persons_own_label_comes_first():
    assert called(sgd(0.1, name="mine"), sgd(0.2)) == ["mine", "GD, rate × 2"]


def refusal(make: Callable[[], object]) -> ScenarioError | FormulaError:
    with pytest.raises((ScenarioError, FormulaError)) as error:
        make()
    return error.value


def test_errors_are_explained_in_either_language():
    error = refusal(lambda: Scenario(problem={"name": "beele"}, start=(1, 1), steps=0))
    assert explain(error, "en")[0].startswith("problem.name: 'beele' is not known. Did you mean beale?")
    korean = explain(error, "ko")
    assert korean[0].startswith("problem.name: 알 수 없는 이름입니다: 'beele'. 혹시 beale인가요?")
    assert korean[1] == "steps: 1 이상 20,000 이하여야 합니다. 받은 값: 0"


@pytest.mark.parametrize("text", ["x +", "min(x)", "sine(x)", "x; y", "9**999", "(x", "", "x.real", "2x"])
def test_a_formula_explains_itself_alone_and_inside_a_scenario(text: str):
    alone = refusal(lambda: formula(text))
    inside = refusal(lambda: Scenario(problem={"formula": text}, start=(1, 1)))
    for language in LANGUAGES:
        (sentence,) = explain(alone, language)
        assert explain(inside, language) == [f"problem.formula: {sentence}"]
        assert "{" not in sentence
    assert explain(alone, "en") == [str(alone)]
    assert "2 or more" not in explain(alone, "ko")[0]
