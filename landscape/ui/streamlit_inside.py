"""What we lean on in Streamlit that it does not document; no other module does.

Read from Streamlit 1.67.0. `pyproject.toml` bounds the version, and `tests/ui/test_streamlit_inside.py` says
whether another one still has and does all of this, as well as the marks by which `style.css` and `lost.js`
find parts of its page.
"""

from pathlib import Path

from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

READ_FROM = "1.67"

UPLOADS = "/_stcore/upload_file"
"""Where a browser would send files to."""


def visit() -> str:
    """The name of the visit that runs in this thread; empty where none does."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def run_one_script() -> None:
    """Always run app.py, which names the pages itself.

    Streamlit takes a folder called `pages` for its older kind of multipage app until the first visit has
    shown otherwise: that visit would see a foreign menu, or a page without its frame.
    """
    PagesManager.uses_pages_directory = False


def hand_out(package: str, version: str, name: str, folder: Path) -> None:
    """Let the server hand out a folder, beside our own components as `../{package}.{name}/`."""
    manifest = ComponentManifest(package, version, [ComponentConfig(name, asset_dir=folder.name)])
    get_bidi_component_manager().register_from_manifest(manifest, folder.parent)
