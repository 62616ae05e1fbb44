"""The API reference is built from the docstrings: every public name, its formulas, both themes."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import landscape as ls

pytestmark = pytest.mark.slow

BUILD = Path(__file__).resolve().parents[1] / ".ci" / "docs" / "build.py"
MODULES = {"figures", "study", "theory"}
"""They have pages of their own."""
EXAMPLES = re.compile(r"(?s)<pre>.*?</pre>")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of the public face, by name, built as `make docs` builds them."""
    folder = tmp_path_factory.mktemp("docs")
    subprocess.run([sys.executable, BUILD, folder, "landscape"], check=True)
    return {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}


def test_every_public_name_is_described(pages: dict[str, str]) -> None:
    for page, names in (("landscape.html", ls.__all__), ("figures.html", ls.figures.__all__)):
        missing = [name for name in set(names) - MODULES if f'id="{name}"' not in pages[page]]
        assert not missing
    assert "filter_sharpness" in pages["search.js"]


def test_formulas_are_set_and_equations_keep_their_lines(pages: dict[str, str]) -> None:
    for text in (pages["landscape.html"], pages["search.js"]):
        assert text.count("<math") > 5
        assert not re.search(r"\$\$|\\(frac|theta|top)\b", EXAMPLES.sub("", text))
    assert "v &lt;- rho * v + g\nx &lt;- x - lr * v" in pages["landscape.html"]


def test_it_knows_both_themes_and_asks_nobody(pages: dict[str, str]) -> None:
    for page in ("landscape.html", "figures.html"):
        assert re.search(r"prefers-color-scheme:\s*dark", pages[page])
        assert not re.search(r"""(<script|<link|<img)[^>]*(src|href)=["']?(https?:)?//""", pages[page])
