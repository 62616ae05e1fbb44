"""The formatters, linters, type checkers and import contracts accept the code, Python and JavaScript."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser_code.node import node

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
TOOLS = ROOT / ".cache" / "node" / "node_modules"
BIOME = TOOLS / "@biomejs" / "biome" / "bin" / "biome"
COMPILER = TOOLS / "typescript" / "bin" / "tsc"
OPEN = ("error TS2339:", "error TS2551:")
"""What TypeScript says of a field that a class gets later than in its constructor."""


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "--quiet", "."], id="ruff"),
        pytest.param(["ruff", "format", "--check", "--quiet", "."], id="ruff-format"),
        pytest.param(["pyright"], id="pyright", marks=pytest.mark.slow),
        pytest.param(["lint-imports", "--no-cache"], id="import-linter"),
    ],
)
def test_accepted_by(command: list[str]) -> None:
    """The tool, configured in pyproject.toml, finds nothing to say."""
    program, *options = command
    result = subprocess.run([BIN / program, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def checked(tool: Path, *options: str) -> str:
    """What a tool of the browser's code has to say; empty when it is content."""
    assert tool.is_file(), "the JavaScript tools are missing: run `make .cache/node/.installed`"
    result = node(tool, *options)
    return "" if result.returncode == 0 else result.stdout + result.stderr


def test_biome_accepts_the_browser_s_code() -> None:
    """Formatted as it formats, with nothing unused, undeclared or suspicious.

    To format: `.cache/node/node_modules/.bin/biome format --write --config-path=.ci` and the same folders.
    """
    folders = ("landscape/player/assets", "tests/browser_code")
    assert not checked(BIOME, "ci", "--config-path=.ci", "--colors=off", "--error-on-warnings", *folders)


def test_typescript_accepts_the_pure_modules() -> None:
    """Every type is known and holds."""
    assert not checked(COMPILER, "--project", ".ci/tsconfig.strict.json")


def test_typescript_accepts_the_other_modules() -> None:
    """Names, imports, calls and documented types hold; fields that are assigned together are not followed."""
    found = checked(COMPILER, "--project", ".ci/tsconfig.json", "--pretty", "false").splitlines()
    assert not [line for line in found if "error TS" in line and not any(kind in line for kind in OPEN)]
