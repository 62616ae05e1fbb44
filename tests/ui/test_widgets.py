"""A widget shows what the description says even when the message that would have told it so was lost."""

import re
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.style.test_tree import files, text


def all_kinds() -> None:
    """One widget of each kind, none at its first option."""
    from landscape.ui.page import widgets

    def nothing(_: object) -> None:
        pass

    widgets.toggle("t", True, "t", None, nothing)
    widgets.slider("s", None, (1.0, 2.0, 3.0), 2.5, "s", nothing)
    widgets.menu("m", ("a", "b"), "c", "m", str.upper, nothing)
    widgets.pick("p", ("a", "b"), "p", str.upper, "b")
    widgets.views("v", ("a", "b"), "v", str.upper, "b")
    widgets.text_field("x", "words", "x", 9, "", nothing)
    widgets.seed(7, "n", "", nothing)


def opened() -> AppTest:
    app = AppTest.from_function(all_kinds).run()
    assert not app.exception
    return app


def test_every_kind_has_its_value_as_its_default() -> None:
    """What the browser falls back to is what the description says."""
    app = opened()
    defaults: dict[str, Any] = {
        "t": app.toggle(key="t").proto.default,
        "s": app.select_slider(key="s").proto.default[0],
        "m": app.selectbox(key="m").proto.default,
        "p": app.button_group(key="p").proto.default[0],
        "v": app.button_group(key="v").proto.default[0],
        "x": app.text_input(key="x").proto.default,
        "n": app.number_input(key="n").proto.default,
    }
    assert defaults == {"t": True, "s": 2, "m": 2, "p": 1, "v": 1, "x": "words", "n": 7}


def test_what_is_not_among_the_options_joins_them() -> None:
    """A value from a link stays: in its place on a slider, at the end of a menu."""
    app = opened()
    assert app.select_slider(key="s").options == ["1", "2", "2.5", "3"]
    assert app.selectbox(key="m").options == ["A", "B", "C"]


def test_views_can_all_be_closed_and_a_pick_cannot() -> None:
    """A closed row of views stays closed; a pick whose choice is gone goes back to the first."""
    app = opened()
    app.button_group(key="v").set_value(None).run()
    assert app.button_group(key="v").value is None
    app.session_state["p"] = "gone"
    app.run()
    assert app.button_group(key="p").value == "b"


def test_widgets_are_made_in_one_place() -> None:
    """Elsewhere stand only the language menu and a switch that no description knows, both with defaults."""
    made = re.compile(
        r"st\.(selectbox|select_slider|slider|toggle|checkbox|radio|pills|segmented_control|multiselect|"
        r"number_input|text_input|text_area|color_picker|date_input|time_input)\("
    )
    code = [path for path in files() if path.parts[0] in ("landscape", "pages", "app.py")]
    found = {str(path) for path in code if path.suffix == ".py" and made.search(text(path))}
    page = "landscape/ui/page"
    assert found == {f"{page}/widgets.py", f"{page}/language.py", "landscape/ui/race/charts.py"}
