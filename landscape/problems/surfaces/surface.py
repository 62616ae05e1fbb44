"""The abstract loss surface: a function of one or two parameters that states its own facts."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, NamedTuple

import numpy as np
from jaxtyping import Array, Float

Interval = tuple[float, float]
Domain = tuple[Interval, ...]
Point = tuple[float, ...]


def points(*coordinates: Point) -> list[np.ndarray]:
    """Return the coordinates as a list of double precision vectors."""
    return [np.array(point, dtype=np.float64) for point in coordinates]


class Scales(NamedTuple):
    """How far one step may go on a surface; each rule's usual hyperparameters follow from it.

    Attributes:
        rate: for rules that follow the gradient's length, about one over the largest curvature on the way.
        stride: for rules that normalise it, a length in the surface's own units.
        tuned: by the name of a rule, the hyperparameters that differ here from what follows.
    """

    rate: float
    stride: float
    tuned: Mapping[str, dict[str, float]] = MappingProxyType({})


class Surface(ABC):
    """A loss of one or two parameters, with its formula, its domain and its critical points.

    A subclass is a frozen pytree dataclass. Its fields are the numbers a person may tune, all
    of them leaves, and its facts are computed from them in double precision:

    - `domain`: one `(low, high)` per coordinate, the rectangle that a picture shows
    - `origin`: where a race begins by default; `start` is the same as an array
    - `minima`: known minima, global ones first; local ones where they are few enough to draw
    - `saddles`: known saddle points
    - `global_minimum`: the lowest value, or None where the surface falls away or none is known
    - `noise`: the gradient noise a race on this surface begins with
    - `scales`: how far one step may go, from which each rule's presets follow
    - `smooth`: whether the gradient is continuous everywhere
    """

    name: ClassVar[str]
    latex: ClassVar[str]
    citation: ClassVar[str]
    scales: ClassVar[Scales]
    dimension: ClassVar[int] = 2
    smooth: ClassVar[bool] = True
    domain: Domain
    origin: Point
    global_minimum: float | None = None
    noise: float = 0.0

    @abstractmethod
    def __call__(self, params: Float[Array, " n"]) -> Float[Array, ""]:
        """Return the loss at one point."""

    @property
    def start(self) -> np.ndarray:
        return np.array(self.origin, dtype=np.float64)

    @property
    def minima(self) -> list[np.ndarray]:
        return []

    @property
    def saddles(self) -> list[np.ndarray]:
        return []

    @property
    def arrival_radius(self) -> float:
        """The distance from a minimum, 2.5 % of the domain's short side, that counts as arrived."""
        return 0.025 * min(high - low for low, high in self.domain)
