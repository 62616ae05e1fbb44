"""Plotly still holds and does what we read in it."""

from pathlib import Path

import plotly
import plotly.graph_objects as go
import pytest

from landscape.figures import plotly_inside


def test_a_figure_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Plotly's checking, which takes longer than all else, and the same as with it."""
    traces, layout = [{"type": "scatter", "x": [1, 2], "y": [3, 4]}], {"height": 300}
    assert plotly_inside.unchecked(traces, layout) == go.Figure(traces, layout)
    monkeypatch.undo()
    odd = [{"type": "scatter", "no_such_field": 1}]
    with pytest.raises(ValueError, match="no_such_field"):
        go.Figure(odd)


def test_the_browser_s_plotly_holds_what_is_read_there() -> None:
    """Where a drawn figure keeps the room around its axes, and the mark of an element that holds one."""
    code = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text(encoding="utf-8")
    for name in ("_fullLayout", "._size", "js-plotly-plot"):
        assert name in code
