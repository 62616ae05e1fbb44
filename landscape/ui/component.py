"""The stages of the browser, each made known to Streamlit once and not at every run."""

from functools import cache
from typing import Any

from streamlit.components import v2


@cache
def component(name: str, js: str, css: str | None = None, isolate_styles: bool = True) -> Any:
    """What mounts one of our packaged components; see `streamlit.components.v2.component`."""
    return v2.component(f"landscape.{name}", js=js, css=css, isolate_styles=isolate_styles)
