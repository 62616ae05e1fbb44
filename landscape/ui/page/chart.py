"""A Plotly figure on the page, drawn in place: a rerun changes the picture and does not build it anew."""

import json
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import streamlit as st

from landscape.ui.page.components import component
from landscape.ui.page.language import section, t
from landscape.ui.streamlit_inside import hand_out


def chart(
    figure: Any,
    key: str,
    alt: str,
    picked: Callable[[float, float], None] | None = None,
    tools: bool = True,
) -> None:
    """Show a figure.

    Streamlit's own chart is another element whenever its figure is another: the browser then throws the
    picture away with its zoom and draws all of it again, which takes three times as long.

    Args:
        figure: a `plotly.graph_objects.Figure`.
        key: names its place; a figure that comes to the same place takes over the zoom and the legend.
        alt: what it shows, for those who cannot see it.
        picked: called with x and y of a point that is clicked.
        tools: whether the tools to zoom, to save and to enlarge the picture show beneath the pointer.
    """
    ready(figure, key, alt, picked, tools)()


def ready(
    figure: Any, key: str, alt: str, picked: Callable[[float, float], None] | None, tools: bool
) -> Callable[[], None]:
    """Write a figure's message at once; what is returned shows it, as `chart` does, without further work."""
    library()
    full = t("stage.fullscreen") if tools else ""
    head = json.dumps({"alt": alt, "full": full, "picks": picked is not None})
    message = f'{head[:-1]}, "figure": {figure.to_json(validate=False)}}}'.encode()
    height = int(figure.layout.height or 450)

    def told() -> None:
        point: Any = st.session_state[key].get("picked")
        if picked and point:
            picked(*point)

    def show() -> None:
        mount = component("chart")
        mount(key=key, data=message, height=height, on_picked_change=told)

    return show


def words() -> dict[str, str]:
    """The words that figures of runs show."""
    return section("chart") | section("state")


@cache
def library() -> None:
    """Let the server hand out the Plotly.js that the Plotly package brings, as `plotly.library`."""
    found = find_spec("plotly")
    assert found
    assert found.origin
    hand_out("plotly", version("plotly"), "library", Path(found.origin).parent / "package_data")
