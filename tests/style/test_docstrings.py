"""What `help()` prints is what was written: no backslash of a formula was read as a control character."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_no_docstring_holds_a_control_character() -> None:
    r"""A tab where \tfrac stood, a line break for \right: docstrings with formulas are raw."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    guilty = []
    for path in sorted((ROOT / "landscape").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = ast.get_docstring(node, clean=False) if isinstance(node, kinds) else None
            if text and any(not c.isprintable() and c != "\n" for c in text):
                guilty.append(f"{path}: {getattr(node, 'name', 'module')}")
    assert not guilty
