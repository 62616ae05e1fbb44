"""The shape of the source tree: what lies at the top, how long files are, who imports and names what."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP = {"pyproject.toml", "README.md", "LICENSE", "Makefile", "app.py", "landscape", "pages", "tests"}
CODE = {".py", ".js", ".css"}
LONGEST = 300
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "deb" + "ian.org",
    "ubu" + "ntu.com",
    "conda." + "anaconda",
]


def files() -> list[Path]:
    """Every file of the project, committed or about to be, and none that git ignores."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    found = [Path(name) for name in names if (ROOT / name).is_file()]
    assert len(found) > 20, "the listing is empty: is this a git checkout?"
    return found


def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def imports(path: Path) -> set[str]:
    """The first names of the modules a file imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def python(folder: str) -> list[Path]:
    return [path for path in files() if path.parts[0] == folder and path.suffix == ".py"]


def test_top_level_holds_only_what_it_should() -> None:
    """A newcomer sees eight names and dot-files, no more."""
    assert {path.parts[0] for path in files() if not path.parts[0].startswith(".")} <= TOP


def test_no_file_is_too_long() -> None:
    """One idea a file: a screenful or five."""
    lengths = {str(path): len(text(path).splitlines()) for path in files() if path.suffix in CODE}
    assert not {path: lines for path, lines in lengths.items() if lines > LONGEST}


@pytest.mark.parametrize(("library", "home"), [("streamlit", "ui"), ("plotly", "figures")])
def test_library_stays_in_its_layer(library: str, home: str) -> None:
    """Mathematics, figures and player run without the app: one folder each may import these libraries."""
    strays = [str(path) for path in python("landscape") if path.parts[1] != home and library in imports(path)]
    assert not strays


def test_pages_hold_no_logic() -> None:
    """A page wires controls to the library: it computes nothing, and is short."""
    for path in python("pages"):
        assert not imports(path) & {"jax", "jaxlib", "numpy", "plotly"}, f"{path} computes or draws by itself"
        assert len(text(path).splitlines()) <= 100, f"{path} is no longer thin"


def test_no_file_names_a_package_registry() -> None:
    """Packages are asked for by name; where they come from is the machine's business."""
    guilty = []
    for path in files():
        content = (ROOT / path).read_bytes().decode("utf-8", errors="replace")
        guilty += [f"{path}: {host}" for host in REGISTRIES if host in content]
    assert not guilty


def test_nothing_is_left_for_later() -> None:
    """No marks of unfinished work, and no test that is switched off."""
    marks = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "mark.sk" + "ip", "pytest.sk" + "ip", "mark.xf" + "ail"]
    guilty = []
    for path in files():
        if path.suffix in CODE:
            guilty += [f"{path}: {mark}" for mark in marks if mark in text(path)]
    assert not guilty
