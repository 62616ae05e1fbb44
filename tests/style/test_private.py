"""What other libraries do not document stands in one module for each, and their versions are bounded."""

import re
import tomllib
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement

from landscape.core import jax_inside
from landscape.figures import plotly_inside
from landscape.ui import streamlit_inside
from tests.style.test_tree import ROOT, files, text

PAGE = "landscape/player/assets/page"
DOORS = {
    r"jax\._src|jax\.(core|extend|interpreters)\b": {"landscape/core/jax_inside.py"},
    r"streamlit\.runtime|components\.v2\.\w+ import|_stcore": {"landscape/ui/streamlit_inside.py"},
    r"\b_validate\b|basedatatypes": {"landscape/figures/plotly_inside.py"},
    r"\b_full(Layout|Data)\b|js-plotly": {f"{PAGE}/plotly_inside.js"},
    r"data-test": {"landscape/ui/page/style.css", f"{PAGE}/lost.js"},
}
INSIDE = {"jax": jax_inside, "jaxlib": jax_inside, "plotly": plotly_inside, "streamlit": streamlit_inside}


@pytest.mark.parametrize("pattern", DOORS)
def test_private_things_stand_in_one_place(pattern: str) -> None:
    """Where another version may break the app, there is one module to read."""
    code = [path for path in files() if path.parts[0] in ("landscape", "pages", "app.py")]
    code = [path for path in code if path.suffix in (".py", ".js", ".css")]
    assert {str(path) for path in code if re.search(pattern, text(path))} == DOORS[pattern]


@pytest.mark.parametrize("library", INSIDE)
def test_only_versions_that_were_read_are_let_in(library: str) -> None:
    """The one installed, and none above it: the bound is raised by hand, with these tests."""
    read = INSIDE[library].READ_FROM
    *firsts, last = map(int, read.split("."))
    beyond = ".".join(map(str, (*firsts, last + 1)))
    assert version(library).startswith(f"{read}.")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["cuda"]]
    bounds = [one.specifier for one in map(Requirement, wanted) if one.name == library]
    assert bounds
    for bound in bounds:
        assert bound.contains(version(library))
        assert not bound.contains(f"{beyond}.0")
