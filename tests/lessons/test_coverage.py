"""Every row of the curriculum has a place in a lesson, and a test that could fail because of the library."""

import ast
from functools import cache
from pathlib import Path

import pytest

from landscape.lessons import LESSONS
from tests.lessons.claims import claims, collected, marked, rows
from tests.lessons.rows import ROWS

TESTS = Path(__file__).parents[1]
EVERY = {row for rows in ROWS.values() for row in rows}

MADE_UP = '''
import numpy as np
import pytest
import landscape as ls

LIMIT = 3

def check(value):
    assert value > 0

def bare(value):
    x = ls.SGD(value)
    return x

@pytest.fixture
def found():
    return ls.SGD(0.1)

@pytest.mark.row("S1-01")
{decorator}
def {name}({given}):
    """A claim."""
    {body}
'''


@cache
def modules() -> dict[Path, ast.Module]:
    """Every file of tests, read."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in TESTS.rglob("test_*.py")}


def shown() -> dict[str, set[str]]:
    """The rows that each lesson shows."""
    return {lesson: {row for e in experiments for row in e.rows} for lesson, experiments in LESSONS.items()}


def test_every_row_is_shown_in_its_lesson():
    """What the notes say has a place on a page."""
    missing = {lesson: sorted(set(rows) - shown().get(lesson, set())) for lesson, rows in ROWS.items()}
    assert not {lesson: rows for lesson, rows in missing.items() if rows}


@pytest.mark.slow
def test_every_row_is_checked():
    """What a page shows of the notes, a test has measured: one that pytest runs and that can fail."""
    checked = {
        row
        for module in modules().values()
        for test in collected(module)
        if rows(test) and claims(test, module)
        for row in rows(test)
    }
    assert not sorted(EVERY - checked)


def test_every_test_of_a_row_is_run_and_claims_something():
    """None is shadowed, nested or empty, and each names rows that there are."""
    faults = []
    for path, module in modules().items():
        run = collected(module)
        for test in marked(module):
            place = f"{path.name}::{test.name}"
            faults += [f"{place} is not collected"] if test not in run else []
            faults += [f"{place} asserts nothing of the library"] if not claims(test, module) else []
            faults += [f"{place} names {row}" for row in sorted(rows(test) - EVERY)]
    assert not faults


def made_up(body: str, given: str = "", name: str = "test_it", decorator: str = "") -> tuple[bool, int]:
    """Whether a made-up test is collected, and how many claims it has."""
    body = body.replace("\n", "\n    ")
    module = ast.parse(MADE_UP.format(body=body, given=given, name=name, decorator=decorator))
    [test] = marked(module)
    return test in collected(module), len(claims(test, module))


@pytest.mark.parametrize(
    ("body", "given"),
    [
        ("pass", ""),
        ("ls.SGD(0.1)", ""),
        ("assert True", ""),
        ("assert 1 + 1 == 2", ""),
        ("assert LIMIT == 3", ""),
        ("x = np.ones(3)\nassert x.sum() == 3", ""),
        ("rule = ls.SGD(0.1)\nassert rule == rule", ""),
        ("assert ls.SGD(0.1) or True", ""),
        ("assert (ls.SGD(0.1) == 0, 'always true')", ""),
        ("assert len(ls.SURFACES) >= 0", ""),
        ("if False:\n    assert ls.SGD(0.1) == 0", ""),
        ("return\nassert ls.SGD(0.1) == 0", ""),
        ("def never():\n    assert ls.SGD(0.1) == 0", ""),
        ("with pytest.raises(ValueError):\n    raise ValueError", ""),
        ("np.testing.assert_allclose(found, found)", "found"),
        ("np.testing.assert_allclose(1.0, 1.0)", ""),
        ("bare(ls.SGD(0.1))", ""),
        ("assert tmp_path == 0", "tmp_path"),
    ],
)
def test_an_empty_test_is_refused(body, given):
    """Nothing asserted, always true, never reached, or nothing of the library."""
    assert made_up(body, given) == (True, 0)


@pytest.mark.parametrize(
    ("body", "given", "decorator"),
    [
        ("assert ls.SGD(0.1).learning_rate == 0.1", "", ""),
        ("rule = ls.SGD(0.1)\nrate = rule.learning_rate\nassert rate == 0.1", "", ""),
        ("assert found.learning_rate == 0.1", "found", ""),
        ("for name in ls.SURFACES:\n    assert name", "", ""),
        ("with pytest.raises(ValueError):\n    ls.SGD(-1.0)", "", ""),
        ("np.testing.assert_allclose(found.learning_rate, 0.1)", "found", ""),
        ("check(ls.SGD(0.1).learning_rate)", "", ""),
        ("seen = []\nseen.append(ls.SGD(0.1))\nassert len(seen) == 1", "", ""),
        ("assert rule.learning_rate > 0", "rule", '@pytest.mark.parametrize("rule", [ls.SGD(0.1)])'),
    ],
)
def test_a_test_that_can_fail_is_taken(body, given, decorator):
    """An assertion, an error that is expected, NumPy's own, a helper's."""
    collected, count = made_up(body, given, decorator=decorator)
    assert collected
    assert count == 1


def test_what_pytest_does_not_run_is_seen():
    """A helper with a mark, a test whose name comes twice, one inside a function."""
    assert made_up("assert ls.SGD(0.1) == 0", name="it") == (False, 1)
    twice = ast.parse('@pytest.mark.row("S1-01")\ndef test_it(): pass\ndef test_it(): pass')
    nested = ast.parse('def outer():\n    @pytest.mark.row("S1-01")\n    def test_it(): pass')
    assert [set(marked(module)) & set(collected(module)) for module in (twice, nested)] == [set(), set()]


def test_a_parameter_from_plain_values_is_no_claim():
    """What is only listed beside the test comes from nowhere else."""
    listed = '@pytest.mark.parametrize("value", [1, 2])'
    assert made_up("assert value > 0", "value", decorator=listed) == (True, 0)
