"""How a surface is drawn: one scale from loss to height and colour, and its contour levels.

A loss may span ten decades, be negative, or be undefined in places, and its ravine floor must still show.
The scale is a logarithm anchored at the lowest value drawn: only f - f0 enters, so negative values need no
special case, and a quantile of the picture sits exactly at half height, so that no units can flatten it.

An accuracy is bounded and needs no logarithm. It is drawn upside down, by its error: deep and dark is good
there as well, and its contour lines lie at round percentages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from landscape.look.numbers import number

LEVELS = 14  # contour lines, at t = k / 15
MOVE = 0.02  # how far rounding a level to a readable number may move it, in t
SPACING = 0.004  # a line closer than this to a saddle's, in t, would print as one smudge with it

# The browser draws in float32: its largest and smallest number, and its relative step.
LARGEST, SMALLEST = float(np.finfo(np.float32).max), float(np.finfo(np.float32).tiny)
GRAIN = float(np.finfo(np.float32).eps)

EXACT = 15  # significant digits that keep all that rounding left of a level

METRICS = ("loss", "accuracy")


@dataclass(frozen=True)
class Level:
    """One contour line: its loss, its place t in [0, 1], its kind (normal, major or saddle) and its text."""

    value: float
    t: float
    kind: str
    label: str


@dataclass(frozen=True)
class LossScale:
    r"""The scale of a drawn surface and its contour levels.

    $t = \log(1 + (f - f_0)/s) \,/\, \log(1 + R/s)$, or $(f - f_0)/R$ where no logarithm is needed; of an
    accuracy $a$, $t = (a_0 - a)/R$.

    Args:
        kind: "log", "linear", or "constant" (every finite value is the same, or there is none).
        low: $f_0$, the lowest finite loss drawn; $a_0$, the highest accuracy.
        range: $R$, from there to the 99.5 % quantile of a loss, to the lowest accuracy.
        scale: $s$ of the logarithm; None unless the kind is "log".
        levels: contour lines, from low to high.
        open_top: whether values above $f_0 + R$ exist, drawn in the top colour.
        metric: "loss", or "accuracy" as a share from 0 to 1.
    """

    kind: str
    low: float
    range: float
    scale: float | None
    levels: tuple[Level, ...] = ()
    open_top: bool = False
    metric: str = "loss"

    @property
    def sign(self) -> int:
        """1 where high values are high ground, -1 where they are the valley."""
        return -1 if self.metric == "accuracy" else 1

    def t(self, loss: Float[np.ndarray, "*shape"] | float) -> Float[np.ndarray, "*shape"] | float:
        """Return height and colour of a loss, in [0, 1]; NaN where the loss is not finite.

        >>> LossScale("linear", low=-1.0, range=4.0, scale=None).t(np.array([-1.0, 1.0, 9.0])).tolist()
        [0.0, 0.5, 1.0]
        """
        loss = np.asarray(loss, dtype=np.float64)
        rise = np.clip(self.sign * (np.where(np.isfinite(loss), loss, np.nan) - self.low), 0.0, self.range)
        if self.scale is not None:
            return np.log1p(rise / self.scale) / np.log1p(self.range / self.scale)
        return rise / self.range if self.range > 0 else rise

    def value(self, t: Float[np.ndarray, "*shape"] | float) -> Float[np.ndarray, "*shape"] | float:
        """Return the loss drawn at t, the inverse of `t`.

        >>> float(LossScale("linear", low=-1.0, range=4.0, scale=None).value(0.5))
        1.0
        """
        t = np.asarray(t, dtype=np.float64)
        if self.scale is not None:
            return self.low + self.scale * np.expm1(t * np.log1p(self.range / self.scale))
        return self.low + self.sign * t * self.range

    @property
    def edges(self) -> Float[np.ndarray, " edges"]:
        """Where the bands between contour lines begin and end, in t: 0, every level, 1."""
        return np.array([0.0, *(level.t for level in self.levels), 1.0])

    @property
    def centres(self) -> Float[np.ndarray, " bands"]:
        """The middle of each band, in t."""
        ends = self.edges
        return (ends[:-1] + ends[1:]) / 2

    def painted(self, t: Float[np.ndarray, "*shape"], share: float) -> Float[np.ndarray, "*shape"]:
        """Return the shade of each height: t, drawn towards the middle of its band by `share`; NaN stays.

        >>> steps = LossScale("linear", 0.0, 1.0, None, levels=(Level(0.5, 0.5, "normal", "0.5"),))
        >>> steps.painted(np.array([0.1, 0.5, np.nan]), share=0.5).tolist()
        [0.175, 0.625, nan]
        """
        band = np.searchsorted(self.edges[1:-1], t, side="right")
        return np.where(np.isnan(t), np.nan, (1 - share) * t + share * self.centres[band])


def loss_scale(
    loss: Float[np.ndarray, "..."] | Sequence[Float[np.ndarray, "..."]],
    saddles: Iterable[float] = (),
    metric: str = "loss",
) -> LossScale:
    """Choose the scale and the contour levels of a surface from its values alone.

    Args:
        loss: values on the grid, any shape, usually (nx, ny); NaN and infinite cells are left out. Several
            grids share one scale, so that the same colour is the same loss in each of their pictures.
        saddles: the loss at each known saddle; each gets its own line, where the terrain parts.
        metric: "loss", or "accuracy" for shares from 0 to 1.

    Returns:
        The scale with 14 levels or fewer, every fourth major, and one level for each saddle in range.

    Raises:
        ValueError: for a metric that is not known.

    >>> x, y = np.meshgrid(np.linspace(-2, 2, 81), np.linspace(-1, 3, 81), indexing="ij")
    >>> rosenbrock = loss_scale((1 - x) ** 2 + 100 * (y - x**2) ** 2)
    >>> rosenbrock.kind, [level.label for level in rosenbrock.levels[-3:]]
    ('log', ['400', '600', '1,000'])
    >>> [level.label for level in loss_scale(np.array([[0.1, 0.4], [0.7, 0.98]]), metric="accuracy").levels]
    ['90%', '80%', '70%', '60%', '50%', '40%', '30%', '20%']
    """
    if metric not in METRICS:
        raise ValueError(f"metric must be one of {', '.join(METRICS)}; given {metric!r}")
    grids = [np.asarray(grid, np.float64) for grid in ([loss] if isinstance(loss, np.ndarray) else loss)]
    values = np.concatenate([np.zeros(0), *(grid[np.isfinite(grid)] for grid in grids)])
    values = np.clip(values, -LARGEST, LARGEST)
    if values.size == 0:
        return LossScale("constant", low=0.0, range=0.0, scale=None, metric=metric)

    low, high = float(values.min()), float(values.max())
    # A difference that float32 cannot hold is rounding noise, which must not be drawn as mountains.
    if high - low <= max(SMALLEST, GRAIN * max(abs(low), abs(high))):
        return LossScale("constant", low=low, range=0.0, scale=None, metric=metric)
    if metric == "accuracy":
        bare = LossScale("linear", low=high, range=high - low, scale=None, metric=metric)
        return replace(bare, levels=_percentages(bare))

    # A needle on a plain can leave the quantile at the plain's own height; its tip is then the only range.
    range_ = float(np.quantile(values, 0.995)) - low or high - low
    deepest = min(grids, key=lambda grid: np.min(grid, initial=np.inf, where=np.isfinite(grid)))
    anchor = float(np.quantile(values, 0.5 if _lowest_on_border(deepest) else 0.2)) - low
    scale = _log_scale(range_, anchor)
    bare = LossScale("linear" if scale is None else "log", low, range_, scale, (), high > low + range_)
    return replace(bare, levels=_levels(bare, saddles))


def _lowest_on_border(loss: np.ndarray) -> bool:
    """Return whether the lowest value lies on the frame only: a saddle, or an unbounded surface."""
    finite = np.where(np.isfinite(loss), loss, np.inf)
    interior = finite[tuple(slice(1, -1) if n > 2 else slice(None) for n in finite.shape)]
    return bool(interior.min() > finite.min())


def _log_scale(range_: float, anchor: float) -> float | None:
    """Return s such that the anchor's rise is drawn at t = 1/2; None where a linear scale does as well."""
    if anchor == 0:
        return 1e-6 * range_
    if range_ > 2.04 * anchor:
        return max(anchor * (anchor / (range_ - 2 * anchor)), 1e-200)  # never underflows to zero
    return None


def _levels(scale: LossScale, saddles: Iterable[float]) -> tuple[Level, ...]:
    rounded = {_round(scale, float(scale.value(k / (LEVELS + 1)))) for k in range(1, LEVELS + 1)}
    passes = sorted({float(f) for f in saddles if np.isfinite(f) and 0 < scale.t(f) < 1})
    passes = [f for f, before in zip(passes, [-np.inf, *passes], strict=False) if _apart(scale, f, before)]
    plain = [f for f in rounded if 0 < scale.t(f) < 1 and all(_apart(scale, f, other) for other in passes)]

    levels = []
    for place, value in enumerate(sorted([*plain, *passes]), start=1):
        kind = "saddle" if value in passes else "major" if place % 4 == 0 else "normal"
        levels.append(Level(value, float(scale.t(value)), kind, number(_round(scale, value), EXACT)))
    return tuple(levels)


def _percentages(scale: LossScale) -> tuple[Level, ...]:
    """Lines at round percentages, as many as of a loss, the best accuracy first; the rounder ones major."""
    rough = scale.range / LEVELS
    power = 10.0 ** np.floor(np.log10(rough))
    lead, major = next(pair for pair in ((1, 2), (2, 5), (5, 2), (10, 2)) if pair[0] * power >= rough)
    step = lead * power
    decimals = max(0, int(np.ceil(-np.log10(100 * step) - 1e-9)))
    first, last = np.ceil((scale.low - scale.range) / step), np.floor(scale.low / step)
    levels = []
    for k in np.arange(last, first - 1, -1):
        value = float(k * step)
        if 0 < (t := float(scale.t(value))) < 1:
            kind = "normal" if k % major else "major"
            levels.append(Level(value, t, kind, f"{100 * value:.{decimals}f}%"))
    return tuple(levels)


def _apart(scale: LossScale, a: float, b: float) -> bool:
    return b == -np.inf or bool(abs(scale.t(a) - scale.t(b)) >= SPACING)


def _round(scale: LossScale, value: float) -> float:
    """Return the value to the fewest significant digits that leave its line in place."""
    place = scale.t(value)
    if abs(scale.t(0.0) - place) < 1e-6:  # zero itself, missed by a rounding error
        return 0.0
    for digits in range(1, 17):  # four suffice unless the surface is flat beside its distance from zero
        rounded = float(f"{value:.{digits - 1}e}")
        if abs(scale.t(rounded) - place) < MOVE:
            return rounded
    return value
