"""What Streamlit must know before it serves the app."""

from streamlit.runtime.pages_manager import PagesManager


def run_one_script() -> None:
    """Always run app.py, which names the pages itself.

    Streamlit takes a folder called `pages` for its older kind of multipage app until the first visit has
    shown otherwise: that visit would see a foreign menu, or a page without its frame.
    """
    PagesManager.uses_pages_directory = False
