"""The components of the browser: the files of each, made known to Streamlit once and not at every run."""

from functools import cache
from typing import Any, Literal

from streamlit.components import v2

STYLE = "shared/stage.css"
FILES = {
    "stage": ("surface/stage.js", STYLE),
    "boundary": ("boundary/boundary.js", STYLE),
    "curve": ("curve/curve.js", STYLE),
    "chart": ("page/chart.js", None),
    "address": ("page/address.js", None),
}
SHADOWLESS = {"chart"}
"""Plotly writes its styles into the document's head, where a shadow root does not see them."""

Component = Literal["stage", "boundary", "curve", "chart", "address"]


@cache
def component(name: Component) -> Any:
    """What mounts one of our packaged components; see `streamlit.components.v2.component`."""
    js, css = FILES[name]
    return v2.component(f"landscape.{name}", js=js, css=css, isolate_styles=name not in SHADOWLESS)
