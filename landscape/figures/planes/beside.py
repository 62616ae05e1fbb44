"""Pictures of planes beside one another, each with its own axes and a title above it."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from landscape.figures.axes import nth
from landscape.figures.charts.multiples import LINE, folded
from landscape.figures.notation import plain
from landscape.figures.theme import Drawing, figure, frame
from landscape.look.palette import Theme, theme_of

GAP, FOLD = 0.13, 18  # between pictures, as a share of the width; letters of a title on one line


def beside(
    pictures: Sequence[tuple[str, Drawing]], theme: Theme | str = "light", *, height: int = 380
) -> go.Figure:
    """Put drawings of one pair of axes, such as those of `contour`, side by side.

    Args:
        pictures: titles and drawings, from the left.
        theme: a theme or its name.
        height: in px.
    """
    theme = theme_of(theme)
    width = (1 - GAP * (len(pictures) - 1)) / len(pictures)
    traces, notes, shapes, axes = [], [], [], {}
    titles = [folded(plain(title), FOLD) for title, _ in pictures]
    for number, (title, (_, (drawn, layout))) in enumerate(zip(titles, pictures, strict=True)):
        suffix = nth(number)
        left = number * (width + GAP)
        on = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        traces += [trace | on for trace in drawn]
        notes += [_moved(note, suffix) for note in layout.get("annotations", ())]
        shapes += [_moved(shape, suffix) for shape in layout.get("shapes", ())]
        notes.append(_title(title, left, theme))
        axes[f"xaxis{suffix}"] = layout["xaxis"] | {"domain": [left, left + width], "anchor": f"y{suffix}"}
        axes[f"yaxis{suffix}"] = layout["yaxis"] | {"anchor": f"x{suffix}"}
        if number and layout["yaxis"].get("title") == pictures[0][1][1]["yaxis"].get("title"):
            axes[f"yaxis{suffix}"] |= {"title": None}  # said once, at the left
    look = frame(theme, height, annotations=notes, shapes=shapes, showlegend=False, **axes)
    lines = 1 + max((title.count("<br>") for title in titles), default=0)
    return figure(traces, look | {"margin": look["margin"] | {"t": 18 + LINE * lines}})


def _moved(part: dict[str, Any], suffix: str) -> dict[str, Any]:
    """A note or shape with its places counted on its picture's own axes; an axis it does not name is its."""
    return part | {f"{axis}ref": f"{axis}{suffix}{part.get(f'{axis}ref', axis)[1:]}" for axis in "xy"}


def _title(text: str, left: float, theme: Theme) -> dict[str, Any]:
    font = {"size": 14, "weight": 600, "color": theme.ink}
    place = {"xref": "paper", "yref": "paper", "x": left, "y": 1, "xanchor": "left", "yanchor": "bottom"}
    return {"text": text, "align": "left", "showarrow": False, "font": font, "yshift": 6, **place}
