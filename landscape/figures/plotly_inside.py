"""What we lean on in Plotly that it does not document; no other module does.

Read from Plotly 7.1.0, with Plotly.js as it brings it; what the browser leans on is in
`player/assets/page/plotly_inside.js`. `pyproject.toml` bounds the version, and
`tests/figures/test_plotly_inside.py` says whether another one still has all of this.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

READ_FROM = "7"


def unchecked(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> go.Figure:
    """A figure of traces and a layout that are taken as they are."""
    return go.Figure(traces, layout, _validate=False)
