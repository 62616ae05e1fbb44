"""The browser's pure modules, in Node: alone, and against what the library says."""

from pathlib import Path

import pytest

from tests.browser_code import golden
from tests.browser_code.node import ASSETS, NODE, node

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden files, written anew."""
    made = tmp_path_factory.mktemp("golden")
    golden.write(made)
    return made


@pytest.mark.parametrize("path", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.name.split(".")[0])
def test_module(path: Path, folder: Path) -> None:
    """Every test of the file passes, and there is one."""
    assert NODE.is_file(), "Node is missing: install pyright[nodejs], as `make test` does"
    result = node("--test", "--test-reporter=tap", path, GOLDEN=str(folder), ASSETS=ASSETS.as_uri())
    assert result.returncode == 0, result.stdout + result.stderr
    assert "\n# pass 0\n" not in result.stdout
