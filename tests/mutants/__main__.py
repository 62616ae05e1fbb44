"""`python -m tests.mutants`: break one line after another, and see that a test notices each.

Every line is broken on a copy of the tree, where only the tests that guard it run. A name or two after the
command picks the lines whose file or text holds them; the exit status is 1 when one survives.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutants.lines import GUARDS

ROOT = Path(__file__).resolve().parents[2]
TREE = ("landscape", "tests", "pages", ".streamlit", "app.py", "pyproject.toml", "README.md")
LONGEST = 900
"""The seconds that tests may take; where they hang, that is noticed too."""


def copied(tree: Path) -> None:
    """The project in a folder of its own."""
    for name in TREE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / name)


def tried(tests: str, tree: Path) -> str:
    """What became of some tests in a tree: "passed", "failed", "hung", or "not run" where pytest ran none."""
    named = [f"tests/{part}" if ".py" in part else part for part in tests.split()]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", *named]
    environment = os.environ | {"PYTHONPATH": str(tree)}
    try:
        done = subprocess.run(command, cwd=tree, env=environment, timeout=LONGEST, capture_output=True)
    except subprocess.TimeoutExpired:
        return "hung"
    return {0: "passed", 1: "failed", 2: "failed"}.get(done.returncode, "not run")


def broken(tree: Path, file: str, old: str, new: str, tests: str) -> str:
    """What becomes of the tests while a line is broken; it is mended afterwards."""
    path = tree / "landscape" / file
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(old, new), encoding="utf-8")
    try:
        return tried(tests, tree)
    finally:
        path.write_text(whole, encoding="utf-8")


def main(words: list[str]) -> int:
    """Break the lines that one of the words is found in, or all; print each, and how many survive."""
    count = survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        copied(tree)
        for tests, lines in GUARDS.items():
            chosen = [line for line in lines if not words or any(word in " ".join(line) for word in words)]
            if chosen and tried(tests, tree) != "passed":
                raise SystemExit(f"nothing is broken, and yet {tests} does not pass")
            for file, old, new in chosen:
                became = broken(tree, file, old, new, tests)
                count, survivors = count + 1, survivors + (became not in ("failed", "hung"))
                print(f"{became:8}{file} | {new}", flush=True)
    print(f"{count} lines broken, {survivors} not noticed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
