"""What goes on inside the layers of a network while it learns: maps of layers and steps."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from landscape.descent.training.fit import Fit, History
from landscape.figures.axes import nth, stacked, step_axis
from landscape.figures.notation import hover, say
from landscape.figures.surfaces.shading import colour_scale, hatched
from landscape.figures.theme import axis, figure, frame
from landscape.look.numbers import number
from landscape.look.palette import Theme, theme_of

Words = Mapping[str, str] | None

QUANTITIES = {
    "gradient_norm": "log",
    "weight_norm": "log",
    "activation_mean": "signed",
    "activation_std": "log",
    "dead": "share",
}
"""What can be shown, and the scale of its colours."""

SHOWN = ("gradient_norm", "activation_mean", "activation_std", "dead")
ROW = 24  # px of one layer, at least
NAME, BELOW = 38, 56  # px above a map for its name, and below the last for the axis
AMBER = 1  # the class whose points have the colour of negative weights
TICKS = 3  # numbers beside a bar of colours


def layers(
    history: History | Fit,
    theme: Theme | str = "light",
    words: Words = None,
    *,
    quantities: tuple[str, ...] = SHOWN,
    limits: Mapping[str, tuple[float, float]] | None = None,
) -> go.Figure:
    """Draw layers against steps, one map for each quantity: norms in decades, means about zero, shares.

    The first layer lies on top, the output layer at the bottom. A record that is not finite is hatched.

    Args:
        history: what was measured along a training, or the fit that holds it.
        theme: a theme or its name.
        words: translated text for "step", "layer", "output" and each quantity.
        quantities: which to show, of `gradient_norm`, `weight_norm`, `activation_mean`, `activation_std`
            and `dead`.
        limits: (low, high) of a quantity's colours by its name, so that several figures share them.

    Raises:
        ValueError: for a quantity that is not known.
    """
    if unknown := [name for name in quantities if name not in QUANTITIES]:
        raise ValueError(f"quantities must be among {', '.join(QUANTITIES)}; given {', '.join(unknown)}")
    theme, history = theme_of(theme), history.history if isinstance(history, Fit) else history
    maps = {name: np.asarray(getattr(history, name), np.float64).T for name in quantities}
    maps = {name: values for name, values in maps.items() if len(values)}  # a net may have no hidden layer
    outputs = len(np.asarray(history.gradient_norm).T)
    steps = np.asarray(history.step)
    traces, axes, notes = [], {}, []
    rows = sum(len(values) for values in maps.values())
    inside = max(90, ROW * rows) + NAME * max(0, len(maps) - 1)
    gap = NAME / inside
    domains = stacked([float(len(values)) for values in maps.values()], gap) if maps else []
    for k, ((name, values), domain) in enumerate(zip(maps.items(), domains, strict=True)):
        suffix = nth(k)
        names = [say(words, "output") if row + 1 == outputs else str(row + 1) for row in range(len(values))]
        edge = (limits or {}).get(name)
        for trace in _map(name, values, steps, names, domain, theme, words, edge):
            traces.append({**trace, "yaxis": f"y{suffix}"})
        ticks = {"tickvals": list(range(len(names))), "ticktext": names, "range": [len(names) - 0.5, -0.5]}
        axes[f"yaxis{suffix}"] = axis(theme, domain=domain, showgrid=False, **ticks)
        at = {
            "xref": "paper",
            "yref": "paper",
            "x": 0,
            "y": domain[1],
            "xanchor": "left",
            "yanchor": "bottom",
        }
        font = {"size": 14, "weight": 600, "color": theme.ink}
        notes.append({"text": say(words, name), "showarrow": False, "font": font, **at})
    height = inside + 34 + BELOW
    bottom = step_axis(theme, say(words, "step"), anchor=f"y{len(maps) if len(maps) > 1 else ''}")
    look = frame(theme, height, xaxis=bottom, annotations=notes, **axes)
    return figure(traces, look | {"margin": look["margin"] | {"t": 34}})


def _map(
    name: str, values: np.ndarray, steps: np.ndarray, names: list[str], domain: list[float], theme: Theme,
    words: Words, limits: tuple[float, float] | None,
) -> list[dict[str, Any]]:  # fmt: skip
    """The cells of one quantity with their bar of colours, hatched where they are not finite."""
    kind = QUANTITIES[name]
    with np.errstate(divide="ignore", invalid="ignore"):
        shades = np.log10(values) if kind == "log" else values
    shades = np.where(np.isfinite(shades), shades, np.nan)
    low, high = _range(shades, kind, limits)
    across, places = _edges(steps), _ticks(low, high, kind)
    bar = {
        "thickness": 10, "outlinewidth": 0, "x": 1.01, "xanchor": "left", "yanchor": "middle", "ypad": 0,
        "y": (domain[0] + domain[1]) / 2, "len": domain[1] - domain[0], "lenmode": "fraction",
        "tickvals": places, "ticktext": [_text(place, kind) for place in places],
        "tickfont": {"size": 12.5, "color": theme.muted},
    }  # fmt: skip
    value = "%{customdata[0]:.3~%}" if kind == "share" else "%{customdata[0]:.3~g}"
    told = ("layer", "%{text}"), ("step", "%{customdata[1]:,d}"), (name, value)
    cells = {
        "type": "heatmap", "x": across, "y": np.arange(len(values)), "z": shades, "zmin": low, "zmax": high,
        "colorscale": diverging(theme) if kind == "signed" else colour_scale(theme), "colorbar": bar,
        "customdata": np.dstack([values, np.broadcast_to(steps, values.shape)]), "hoverongaps": False,
        "text": [[name] * len(steps) for name in names], "hovertemplate": hover(words, *told),
    }  # fmt: skip
    if not np.isnan(shades).any():
        return [cells]
    ends = (float(across[0]), float(across[-1])), (-0.5, len(values) - 0.5)
    return [hatched(*ends, theme.hole, theme.hatch), cells]


def diverging(theme: Theme) -> list[list[Any]]:
    """Colours of values about zero: amber below, the page at zero, the accent above."""
    return [[0.0, theme.classes[AMBER]], [0.5, theme.secondary], [1.0, theme.accent]]


def _range(shades: np.ndarray, kind: str, limits: tuple[float, float] | None) -> tuple[float, float]:
    """Where the colours begin and end: shares from 0 to 1, signed values evenly about zero."""
    if limits is not None:
        low, high = np.log10(limits) if kind == "log" else limits
        return float(low), float(high)
    if kind == "share":
        return 0.0, 1.0
    known = shades[np.isfinite(shades)]
    if not known.size:
        return 0.0, 1.0
    if kind == "signed":
        most = float(np.abs(known).max()) or 1.0
        return -most, most
    low, high = float(known.min()), float(known.max())
    return (low, high) if high - low > 0.05 else (low - 0.5, high + 0.5)


def _ticks(low: float, high: float, kind: str) -> list[float]:
    """A few readable places on a bar: whole powers of ten where the colours span some."""
    powers = np.arange(np.ceil(low), np.floor(high) + 1) if kind == "log" else np.zeros(0)
    if len(powers) >= 2:
        return powers[:: -(-len(powers) // TICKS)].tolist()
    return np.linspace(low, high, TICKS).tolist()


def _text(place: float, kind: str) -> str:
    if kind == "share":
        return f"{100 * place:.0f}%"
    return number(10**place if kind == "log" else place, 2)


def _edges(steps: np.ndarray) -> np.ndarray:
    """The borders of cells around the records: midway between, the outermost at the records themselves."""
    if len(steps) < 2:
        return np.array([steps[0] - 0.5, steps[0] + 0.5]) if len(steps) else np.zeros(0)
    return np.concatenate([steps[:1], (steps[:-1] + steps[1:]) / 2, steps[-1:]])
