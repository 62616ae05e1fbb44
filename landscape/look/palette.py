"""The two themes of every picture: neutral frame, petrol terrain, eight runner slots."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, UInt8


@dataclass(frozen=True)
class Slot:
    """How one runner looks: colour never stands alone, dash and marker go with it."""

    line: str
    text: str
    dash: str
    marker: str
    weight: float = 1.0  # evens out the area of the marker shapes

    @property
    def size(self) -> float:
        """The marker's diameter in px where it heads a path."""
        return 13 * self.weight


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, as CSS strings; `stops` run from the lowest loss to the highest."""

    name: str
    ink: str
    muted: str
    line: str
    background: str
    secondary: str
    accent: str
    warning: str
    stops: tuple[str, ...]
    isoline: str
    casing: str
    hole: str
    hatch: str
    diverged: str
    diverged_hatch: str
    light: tuple[float, float]  # ambient and diffuse, for the terrain
    slots: tuple[Slot, ...]

    def slot(self, number: int) -> Slot:
        """Return the look of a runner; slots are numbered from 1 and repeat after eight."""
        return self.slots[(number - 1) % len(self.slots)]

    def rgb(self, t: Float[np.ndarray, "*shape"]) -> UInt8[np.ndarray, "*shape 3"]:
        """Return the terrain's red, green and blue at shades t in [0, 1], between equal stops.

        >>> LIGHT.rgb(np.array([0.0, 1 / 12])).tolist()
        [[120, 172, 193], [138, 184, 200]]
        """
        stops = np.array([[int(stop[k : k + 2], 16) for k in (1, 3, 5)] for stop in self.stops], float)
        places = np.linspace(0, 1, len(stops))
        channels = [np.interp(t, places, channel) for channel in stops.T]
        return np.rint(np.stack(channels, axis=-1)).astype(np.uint8)


SOLID, LONG, MIXED, DOTTED = "solid", "14px,4px", "9px,4px,2px,4px", "3px,4px"
SHAPES = (
    (SOLID, "circle", 1.0),
    (LONG, "square", 0.9),
    (SOLID, "triangle-up", 1.1),
    (MIXED, "diamond", 1.1),
    (LONG, "triangle-down", 1.1),
    (DOTTED, "cross", 1.0),
    (MIXED, "hexagon", 1.05),
    (DOTTED, "star", 1.2),
)

# The marker shapes as SVG paths in a box of 16 x 16, evened out in area.
MARKERS = {
    "circle": "M8 2.5a5.5 5.5 0 1 0 .001 0Z",
    "square": "M3 3H13V13H3Z",
    "triangle-up": "M8 2L14.2 13.2H1.8Z",
    "diamond": "M8 1.2L14.8 8L8 14.8L1.2 8Z",
    "triangle-down": "M8 14L1.8 2.8H14.2Z",
    "cross": "M5.8 1.8H10.2V5.8H14.2V10.2H10.2V14.2H5.8V10.2H1.8V5.8H5.8Z",
    "hexagon": "M8 1.6L13.6 4.8V11.2L8 14.4L2.4 11.2V4.8Z",
    "star": "M8 1.2L9.9 5.9L14.9 6.2L11.1 9.4L12.3 14.3L8 11.6L3.7 14.3L4.9 9.4L1.1 6.2L6.1 5.9Z",
}


def _slots(*colours: tuple[str, str]) -> tuple[Slot, ...]:
    return tuple(Slot(*colour, *shape) for colour, shape in zip(colours, SHAPES, strict=True))


LIGHT = Theme(
    name="light",
    ink="#1c262e",
    muted="#55626c",
    line="#d9dfdf",
    background="#ffffff",
    secondary="#f5f7f6",
    accent="#17566c",
    warning="#9a3412",
    stops=("#78acc1", "#9bc5ce", "#bddad9", "#d8e7de", "#ebede0", "#f6f0e2", "#fcf7ed"),
    isoline="#163a48",
    casing="rgba(255,255,255,0.92)",
    hole="#f0f0ee",
    hatch="#969ca3",
    diverged="#5a2a1d",
    diverged_hatch="#8a5040",
    light=(0.68, 0.40),
    slots=_slots(
        ("#2b2f3a", "#2b2f3a"),
        ("#2751f4", "#2751f4"),
        ("#d9480f", "#c23f0b"),
        ("#12a173", "#0b7a55"),
        ("#b8128f", "#b8128f"),
        ("#6e4a00", "#6e4a00"),
        ("#9878e3", "#6d4cc0"),
        ("#0d5c5f", "#0d5c5f"),
    ),
)

DARK = Theme(
    name="dark",
    ink="#e8eef0",
    muted="#a3b0b8",
    line="#2b3843",
    background="#0e151c",
    secondary="#17212a",
    accent="#7cc4d6",
    warning="#ffb38a",
    stops=("#081321", "#0d2233", "#133243", "#1d4453", "#2b5662", "#3d6971", "#557d80"),
    isoline="#cfe6ee",
    casing="rgba(8,19,33,0.92)",
    hole="#17212a",
    hatch="#4a5863",
    diverged="#7a3b2a",
    diverged_hatch="#c27a5e",
    light=(0.75, 0.75),
    slots=_slots(
        ("#e1e8f6", "#e1e8f6"),
        ("#6691ff", "#86a8ff"),
        ("#ff8d6f", "#ff9b80"),
        ("#36fc9b", "#36fc9b"),
        ("#f8308d", "#ff6bab"),
        ("#fcc609", "#fcc609"),
        ("#a574c3", "#c39be0"),
        ("#2ec6e2", "#2ec6e2"),
    ),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def theme_of(theme: Theme | str) -> Theme:
    """Return a theme from its name, or as it was given."""
    if isinstance(theme, Theme):
        return theme
    if theme not in THEMES:
        raise ValueError(f"theme must be one of {', '.join(THEMES)}; given {theme!r}")
    return THEMES[theme]
