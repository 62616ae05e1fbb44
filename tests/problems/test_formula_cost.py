"""What a formula costs is linear in its text, at every door, however its operations are nested."""

import importlib
import json
import time
from collections import Counter
from functools import cache

import jax
import jax.numpy as jnp
import pytest

import landscape.problems.formulas.latex as writing
import landscape.problems.formulas.tree as making
from landscape import cli
from landscape.problems.formulas.error import ARGUMENTS, UNARY
from landscape.problems.formulas.formula import FormulaError, formula
from landscape.problems.formulas.syntax import MAX_LENGTH
from landscape.problems.formulas.tree import COMPARISONS, OPERATORS
from landscape.scenario import Scenario, ScenarioError

evaluating = importlib.import_module(
    "landscape.problems.formulas.formula"
)  # its package has a function of that name

LIMITS = {"too_deep", "too_many_operations", "two_readings", "missing_operator"}


def nestings() -> list[tuple[str, str]]:
    """What can be put around a formula: functions in each argument, operators on each side."""
    found = [(f"{name}(", ")") for name in UNARY]
    for name in sorted(ARGUMENTS.keys() - set(UNARY) - {"where"}):
        found += [(f"{name}(", ",y)"), (f"{name}(y,", ")"), (f"{name}(y,", ",1,x)")]
    found += [("where(", ",1,y)"), ("where(1,", ",y)"), ("where(y,1,", ")"), ("where(y<", ",1,y)")]
    found += [("where(", ">y,1,x)"), ("where(y<1<", ",1,y)"), ("where(y,", ",2)")]
    for sign in (*OPERATORS, *COMPARISONS):
        for other in ("y", "1.1") if sign in OPERATORS else ("y",):
            found += [("", f"{sign}{other}"), (f"{other}{sign}", "")]
            found += [("(", f"{sign}{other})")]
    found += [("-", ""), ("+", ""), ("|", "|"), ("√", ""), ("√(", ")"), ("sin^2(", ")"), ("cos²(", ")")]
    found += [
        ("", "²*y"),
        ("(", ")²"),
        ("y^-", ""),
        ("(-", ")^2"),
        ("(", ")^1.5"),
        ("1.1**(", ")"),
        ("(", ")"),
    ]
    return found


def nested(around: tuple[str, str], times: int) -> str:
    before, after = around
    return before * times + "x" + after * times


@cache
def deepest(around: tuple[str, str]) -> int:
    """How often it can be nested."""
    low, high = 0, (MAX_LENGTH - 1) // len("".join(around)) + 1
    while high - low > 1:
        middle = (low + high) // 2
        code = refusal(nested(around, middle))
        assert code is None or code in LIMITS
        low, high = (middle, high) if code is None else (low, middle)
    return low


def refusal(text: str) -> str | None:
    """The code with which a formula is refused; None for one that is read."""
    try:
        formula(text)
    except FormulaError as error:
        return error.code
    return None


@pytest.fixture
def visits(monkeypatch) -> Counter:
    """Counts the visits of every recursion, and of every operation that is made."""
    counted: Counter = Counter()
    places = [(evaluating, "evaluate"), (evaluating, "one"), (writing, "one"), (writing, "render")]
    for module, name in [*places, (making, "apply"), (writing, "chained"), (writing, "operand")]:
        original = getattr(module, name)

        def counting(*given, name=name, original=original):
            counted[name] += 1
            return original(*given)

        monkeypatch.setattr(module, name, counting)
    return counted


@pytest.mark.parametrize("around", nestings(), ids=lambda around: ascii("x".join(around)))
def test_reading_computing_and_writing_visit_every_operation_once(around, visits):
    times = deepest(around)
    lengths, counts = [], []
    for n in (times // 2, times):
        evaluating.read.cache_clear()
        text = nested(around, n)
        visits.clear()
        began = time.thread_time()
        surface = formula(text)
        lengths.append(len(surface.latex))
        jax.eval_shape(surface, jnp.ones(2))
        assert time.thread_time() - began < 2.0
        counts.append(visits.total())
        assert counts[-1] <= 8 * len(text) + 20
        assert lengths[-1] <= 14 * len(text) + 60
    if times >= 8:
        assert counts[1] <= 2.6 * counts[0] + 10
        assert lengths[1] <= 2.6 * lengths[0] + 80


@pytest.mark.slow
def test_a_link_and_a_file_with_the_deepest_formulas_are_read_at_once():
    for around in nestings():
        plain = {"problem": {"formula": nested(around, deepest(around))}, "start": [1, 1]}
        beyond = {"problem": {"formula": nested(around, deepest(around) + 1)}, "start": [1, 1]}
        began = time.thread_time()
        scenario = Scenario.from_json(json.dumps(plain))
        assert Scenario.from_link(scenario.to_link()) == scenario
        with pytest.raises(ScenarioError) as error:
            Scenario.from_json(json.dumps(beyond))
        assert error.value.faults[0].code == "formula"
        assert time.thread_time() - began < 1.0


def equations(jaxpr) -> int:
    """The operations of a traced program, those inside of operations as well."""
    inner = [value for equation in jaxpr.eqns for value in equation.params.values()]
    return len(jaxpr.eqns) + sum(
        equations(getattr(v, "jaxpr", v)) for v in inner if hasattr(v, "eqns") or hasattr(v, "jaxpr")
    )


@pytest.mark.parametrize(
    "around",
    [
        ("where(", ",1,y)"),
        ("where(1,", ",y)"),
        ("", "/y"),
        ("y**", ""),
        ("", "<y"),
        ("tan(", ")"),
        ("max(y,", ")"),
    ],
    ids=lambda around: ascii("x".join(around)),
)
def test_what_is_traced_grows_with_the_text(around):
    times = min(deepest(around), 24)
    surface, half = formula(nested(around, times)), formula(nested(around, times // 2))
    for derivative, most in ((lambda f: f, 8), (jax.grad, 20), (jax.hessian, 60)):
        many = equations(jax.make_jaxpr(derivative(surface))(jnp.ones(2)).jaxpr)
        few = equations(jax.make_jaxpr(derivative(half))(jnp.ones(2)).jaxpr)
        assert many <= 2.6 * few + 10
        assert many <= most * len(surface.text)


@pytest.mark.parametrize(
    "text", ["x**" + "**".join(["1.1"] * 40), "where(" * 27 + "x" + ",1,y)" * 27], ids=["power", "where"]
)
def test_the_command_line_reads_them_too(text, tmp_path, capsys):
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps({"problem": {"formula": text}, "start": [1, 1], "steps": 1}), encoding="utf-8")
    began = time.thread_time()
    assert cli.main(["run", str(path)]) == 0
    assert time.thread_time() - began < 5.0
    assert capsys.readouterr().err == ""


def test_constants_are_computed_once_and_have_no_operation_in_the_program():
    program = jax.make_jaxpr(formula("x * sin(2)**3**1.1 + log(2) / cosh(1)"))(jnp.ones(2))
    names = {str(equation.primitive) for equation in program.jaxpr.eqns}
    assert not names & {"sin", "log", "cosh", "pow", "integer_pow", "div"}
