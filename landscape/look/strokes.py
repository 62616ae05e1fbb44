"""The strokes of every picture: a path on its casing, the contour lines, and how strongly bands show."""

from dataclasses import dataclass

from landscape.look.source import LOOK

SOLID = "solid"


def dashed(lengths: list[float]) -> str:
    """Dash lengths in px as SVG and Plotly write them; "solid" where there are none.

    >>> dashed([9, 4, 2, 4]), dashed([])
    ('9px,4px,2px,4px', 'solid')
    """
    return ",".join(f"{length}px" for length in lengths) or SOLID


@dataclass(frozen=True)
class Stroke:
    """A line's width in px, its opacity from 0 to 1, and its dash."""

    width: float
    opacity: float
    dash: str


PATH: float = LOOK["lines"]["path"]
CASING: float = LOOK["lines"]["casing"]
CURVE: float = LOOK["lines"]["curve"]
"""Widths in px: of a path on a map, of the casing beneath it, of a line in a chart."""

ISOLINES = {
    kind: Stroke(line["width"], line["opacity"], dashed(line["dash"]))
    for kind, line in LOOK["isolines"].items()
}
PLANE: float = LOOK["bands"]["plane"]
TERRAIN: float = LOOK["bands"]["terrain"]
"""How far a colour is drawn towards the middle of its band, on the map and on the lit ground."""

INSET: float = LOOK["disc"]["inset"]
"""How far in px the disc of a path that left the picture stays from its edge."""
