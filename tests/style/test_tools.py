"""The linter, the type checker and the import contracts accept the code."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "--quiet", "."], id="ruff"),
        pytest.param(["pyright"], id="pyright", marks=pytest.mark.slow),
        pytest.param(["lint-imports", "--no-cache"], id="import-linter"),
    ],
)
def test_accepted_by(command: list[str]) -> None:
    """The tool, configured in pyproject.toml, finds nothing to say."""
    program, *options = command
    result = subprocess.run([BIN / program, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
