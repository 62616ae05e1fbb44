"""The wheel alone is the whole program: library, app, pages, theme and stage."""

import os
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.browser.driver import serving

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "landscape" / "player" / "assets"
ASSETS = [path for path in FOLDER.rglob("*") if path.is_file()]


def pip(command: str, *arguments: str | Path) -> None:
    """Run pip with what this environment has: no network, no other package."""
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    offline = ["--no-deps", "--no-index"]
    subprocess.run([sys.executable, "-m", "pip", *quiet, command, *offline, *arguments], check=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a machine where only the wheel is installed, beside its dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--target", folder, wheel)
    return {**os.environ, "PYTHONPATH": str(folder)}


def test_wheel_carries_the_app(wheel: Path) -> None:
    """Everything that the checkout serves travels, and nothing that only developers need."""
    names = set(zipfile.ZipFile(wheel).namelist())
    pages = {f"landscape/_app/pages/{page.name}" for page in (ROOT / "pages").glob("*.py")}
    assets = {f"landscape/player/assets/{asset.relative_to(FOLDER).as_posix()}" for asset in ASSETS}
    assert pages
    assert assets
    expected = {"landscape/_app/app.py", "landscape/_app/.streamlit/config.toml", "landscape/pyproject.toml"}
    expected.add("landscape/py.typed")  # its annotations count where it is imported
    expected.add("landscape/look/look.json")
    assert expected | pages | assets <= names
    assert not [name for name in names if name.startswith("tests") or "__pycache__" in name]


def test_wheel_runs_from_elsewhere(installed: dict[str, str], tmp_path: Path) -> None:
    """`python -m landscape` answers in an empty folder, from the wheel and not from the checkout."""
    where = "import landscape.cli as c; print(c.app_folder())"
    for options, words in ((["-m", "landscape", "--version"], "landscape 0."), (["-c", where], "_app")):
        command = [sys.executable, *options]
        answer = subprocess.run(command, cwd=tmp_path, env=installed, capture_output=True, check=True)
        assert words in answer.stdout.decode()


def test_wheel_serves_app_and_stage(installed: dict[str, str], tmp_path: Path) -> None:
    """`landscape serve` from the wheel answers, and hands out the stage's modules and styles."""
    with serving(tmp_path, installed) as address:
        for asset in ASSETS:
            url = f"{address}/_stcore/bidi-components/landscape.stage/{asset.relative_to(FOLDER).as_posix()}"
            with urllib.request.urlopen(url) as answer:
                assert answer.read() == asset.read_bytes()
