"""Streamlit still holds and does what we read in it."""

import re
from pathlib import Path

import pytest
import streamlit
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

import landscape
from landscape.ui import streamlit_inside
from landscape.ui.page.chart import library

STATIC = Path(streamlit.__file__).parent / "static"
FOLDER = Path(landscape.__file__).parent
LOOKS = (FOLDER / "ui" / "page" / "style.css", FOLDER / "player" / "assets" / "page" / "lost.js")
OWN = {"chart"}
"""Marks that our own components write."""


def test_the_marks_that_styles_hang_on_are_in_its_page() -> None:
    """A mark that is renamed leaves a rule without effect, and nothing would say so."""
    wanted = set()
    for path in LOOKS:
        code = path.read_text(encoding="utf-8")
        wanted |= set(re.findall(r'data-testid="(\w+)"', code)) - OWN
        wanted |= set(re.findall(r"data-test-[\w-]+", code))
        wanted |= set(re.findall(r"\.(st[A-Z]\w+)", code))
    assert len(wanted) > 20
    scripts = "".join(path.read_text(encoding="utf-8") for path in (STATIC / "static" / "js").glob("*.js"))
    # Some are put together there: "stBaseButton-" and a kind.
    missing = {name for name in wanted if name not in scripts and f"{name.partition('-')[0]}-" not in scripts}
    assert not missing


def test_a_visit_has_a_name_and_what_is_no_visit_has_none() -> None:
    """By it jobs know who watches."""

    def script() -> None:
        import streamlit as st

        from landscape.ui.streamlit_inside import visit

        st.session_state["name"] = visit()

    assert AppTest.from_function(script).run().session_state["name"]
    assert streamlit_inside.visit() == ""


def test_the_folder_of_pages_can_be_left_unread() -> None:
    """The switch is there, and turned."""
    assert hasattr(PagesManager, "uses_pages_directory")
    before = PagesManager.uses_pages_directory
    streamlit_inside.run_one_script()
    assert PagesManager.uses_pages_directory is False
    PagesManager.uses_pages_directory = before


def test_plotly_s_library_is_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the name that the chart asks for it, from a folder that holds it."""
    manager = get_bidi_component_manager()  # without a server there is a new one each time
    monkeypatch.setattr(streamlit_inside, "get_bidi_component_manager", lambda: manager)
    library.__wrapped__()
    folder = manager.get_component_path("plotly.library")
    assert folder is not None
    assert (Path(folder) / "plotly.min.js").is_file()


def test_files_are_taken_where_the_guard_refuses_them() -> None:
    """Its route for uploads has not moved."""
    routes = (Path(streamlit.__file__).parent / "web" / "server").rglob("*.py")
    assert any("_stcore/upload_file" in path.read_text(encoding="utf-8") for path in routes)
