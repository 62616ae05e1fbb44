"""The components of the browser: their files, made known to Streamlit once, and how they are mounted."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal

import streamlit as st
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


def mount(name: Component, key: str, data: bytes, *, holder: str = "", **told: Callable[[], None]) -> None:
    """Put a stage on the page.

    Args:
        name: of the component.
        key: names its place.
        data: what it plays.
        holder: names the container around it, whose look says that something is being computed.
        told: `on_<what>_change` for what it tells.
    """
    with st.container(key=holder or f"{name}-holder"):
        component(name)(key=key, data=data, **told)


def address(key: str, parameters: Mapping[str, str]) -> None:
    """Let the address bar say what the page shows; the parameters not named stay as they are."""
    component("address")(key=f"{key}-address", data=dict(parameters))
