"""The two themes of every figure: neutral frame, petrol terrain, eight runner slots."""

from dataclasses import dataclass
from typing import Any

FONT = (
    '"Source Sans", "Source Sans 3", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", '
    '"Noto Sans CJK KR", sans-serif'
)


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


def axis(theme: Theme, **more: Any) -> dict[str, Any]:
    """Return a plain axis: hairline grid, muted numbers, powers of ten beside it."""
    title = {"font": {"size": 14, "color": theme.muted}, "standoff": 6, "text": more.pop("title", "")}
    return {
        "gridcolor": theme.line, "zeroline": False, "ticks": "", "tickcolor": theme.muted, "title": title,
        "tickfont": {"size": 13, "color": theme.muted}, "automargin": True,
        "exponentformat": "power", "minexponent": 5, "separatethousands": True,
        "hoverformat": ".4~g",  # Plotly then writes a true minus
        **more,
    }  # fmt: skip


def frame(theme: Theme, height: int, **more: Any) -> dict[str, Any]:
    """Return the layout of every figure: type, legend on top, tight margins, no background of its own.

    Args:
        theme: its colours.
        height: in px; the width is that of the column it is shown in.
        more: what else the layout holds, such as the axes.
    """
    clear, type_ = "rgba(0,0,0,0)", {"family": FONT, "size": 14, "color": theme.ink}
    card = {"bgcolor": theme.background, "bordercolor": theme.muted, "font": type_, "align": "left"}
    return {
        "template": {}, "height": height, "autosize": True, "margin": {"l": 12, "r": 12, "t": 12, "b": 8},
        "paper_bgcolor": clear, "plot_bgcolor": clear, "font": type_, "hoverlabel": card,
        "legend": {
            "orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom", "bgcolor": clear,
            "font": {"size": 14, "weight": 600}, "itemwidth": 44,
        },
        "modebar": {
            "bgcolor": clear, "color": theme.muted, "activecolor": theme.accent,
            "remove": ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
        },
        "hovermode": "closest", "dragmode": "zoom",
        "uirevision": "kept",  # new data leave the zoom and the legend as the person set them
        **more,
    }  # fmt: skip
