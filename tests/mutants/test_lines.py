"""The list of lines to break does not rot: each stands where it is said to, once, and its tests exist."""

import ast
from pathlib import Path

import pytest

from tests.mutants.lines import GUARDS

ROOT = Path(__file__).resolve().parents[2]
EVERY = [(tests, *line) for tests, lines in GUARDS.items() for line in lines]


@pytest.mark.parametrize(
    ("tests", "file", "old", "new"), EVERY, ids=[f"{f}: {new}" for _, f, _, new in EVERY]
)
def test_a_line_can_be_broken(tests, file, old, new):
    """It stands in its file once, and what takes its place is still Python, and something else."""
    text = (ROOT / "landscape" / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    assert ast.dump(ast.parse(text.replace(old, new))) != ast.dump(ast.parse(text))


@pytest.mark.parametrize("tests", GUARDS)
def test_its_tests_exist(tests):
    """The files, and a function where one is named."""
    for part in tests.split():
        file, _, name = part.partition("::")
        if file.endswith(".py"):
            functions = {
                node.name
                for node in ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8")).body
                if isinstance(node, ast.FunctionDef)
            }
            assert any(one.startswith("test_") for one in functions)
            assert not name or name in functions
