"""The two themes of every picture: neutral frame, petrol terrain, eight runner slots."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float, UInt8

from landscape.look.source import LOOK
from landscape.look.strokes import dashed


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
    slots: tuple[Slot, ...]
    classes: tuple[str, ...]  # of each class's points
    outcomes: dict[str, str]  # of each kind of end, and "hatch" over "diverged"
    zones: dict[str, str]  # of slow, good and diverged rates
    ambient: float  # light on the terrain
    diffuse: float

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


MARKERS: dict[str, str] = {name: marker["path"] for name, marker in LOOK["markers"].items()}
"""The marker shapes as SVG paths in a box of 16 x 16, evened out in area."""


def _slots(colours: list[dict[str, str]]) -> tuple[Slot, ...]:
    return tuple(
        Slot(
            **colour,
            dash=dashed(LOOK["dashes"][shape["dash"]]),
            marker=shape["marker"],
            weight=LOOK["markers"][shape["marker"]]["weight"],
        )
        for colour, shape in zip(colours, LOOK["slots"], strict=True)
    )


def _theme(name: str, look: dict[str, Any]) -> Theme:
    red, green, blue = bytes.fromhex(look["casing"][1:])
    plain = (
        "ink",
        "muted",
        "line",
        "background",
        "secondary",
        "accent",
        "warning",
        "isoline",
        "hole",
        "hatch",
    )
    return Theme(
        name,
        **{colour: look[colour] for colour in plain},
        stops=tuple(look["stops"]),
        casing=f"rgba({red},{green},{blue},{LOOK['lines']['casing_opacity']})",
        slots=_slots(look["slots"]),
        classes=tuple(each["point"] for each in look["classes"]),
        outcomes=look["outcomes"],
        zones=look["zones"],
        ambient=look["terrain"]["ambient"],
        diffuse=look["terrain"]["diffuse"],
    )


THEMES = {name: _theme(name, look) for name, look in LOOK["themes"].items()}
LIGHT, DARK = THEMES["light"], THEMES["dark"]


def theme_of(theme: Theme | str) -> Theme:
    """Return a theme from its name, or as it was given."""
    if isinstance(theme, Theme):
        return theme
    if theme not in THEMES:
        raise ValueError(f"theme must be one of {', '.join(THEMES)}; given {theme!r}")
    return THEMES[theme]
