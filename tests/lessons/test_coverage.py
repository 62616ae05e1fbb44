"""Every row of the curriculum has a place in a lesson and a test that checks it."""

import ast
from pathlib import Path

from landscape.lessons import LESSONS
from tests.lessons.rows import ROWS

TESTS = Path(__file__).parents[1]


def checked() -> set[str]:
    """The rows that some test names with `pytest.mark.row`."""
    found: set[str] = set()
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "row":
                found |= {argument.value for argument in node.args if isinstance(argument, ast.Constant)}
    return found


def shown() -> dict[str, set[str]]:
    """The rows that each lesson shows."""
    return {lesson: {row for e in experiments for row in e.rows} for lesson, experiments in LESSONS.items()}


def test_every_row_is_shown_in_its_lesson():
    """What the notes say has a place on a page."""
    missing = {lesson: sorted(set(rows) - shown().get(lesson, set())) for lesson, rows in ROWS.items()}
    assert not {lesson: rows for lesson, rows in missing.items() if rows}


def test_every_row_is_checked():
    """What a page shows of the notes, a test has measured."""
    every = {row for rows in ROWS.values() for row in rows}
    assert not sorted(every - checked())
