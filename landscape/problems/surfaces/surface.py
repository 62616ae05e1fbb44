"""The abstract loss surface: a function of one or two parameters that states its own facts."""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
from jaxtyping import Array, Float

Interval = tuple[float, float]
Domain = tuple[Interval, ...]
Point = tuple[float, ...]
Presets = dict[str, dict[str, float]]


def points(*coordinates: Point) -> list[np.ndarray]:
    """Return the coordinates as a list of double precision vectors."""
    return [np.array(point, dtype=np.float64) for point in coordinates]


def presets(rate: float, stride: float, **tuned: dict[str, float]) -> Presets:
    """Return hyperparameters for every rule from the two scales of a surface.

    Rules that follow the gradient's length take `rate` (about one over the largest curvature on
    the way); rules that normalise it take `stride`, a length in the surface's own units. `tuned`
    replaces or adds single values of single rules. The learning rate of `sam` belongs to the
    gradient descent it wraps.
    """
    table: Presets = {
        "sgd": {"learning_rate": rate},
        "momentum": {"learning_rate": rate / 4, "momentum": 0.9},
        "nesterov": {"learning_rate": rate / 4, "momentum": 0.9},
        "adagrad": {"learning_rate": 10 * stride},
        "adadelta": {"learning_rate": 1.0, "rho": 0.95, "eps": stride**2 / 100},
        "rmsprop": {"learning_rate": stride / 2, "decay": 0.9},
        "adam": {"learning_rate": stride},
        "adamw": {"learning_rate": stride, "weight_decay": 0.01},
        "amsgrad": {"learning_rate": stride},
        "adamax": {"learning_rate": 2 * stride},
        "nadam": {"learning_rate": stride},
        "radam": {"learning_rate": stride},
        "adabelief": {"learning_rate": stride},
        "lion": {"learning_rate": stride / 4},
        "sam": {"learning_rate": rate / 2, "rho": stride / 2},
        "newton": {},
        "lbfgs": {},
        "backtracking": {},
    }
    return {rule: values | tuned.get(rule, {}) for rule, values in table.items()}


class Surface(ABC):
    """A loss of one or two parameters, with its formula, its frame and its critical points.

    A subclass is a frozen pytree dataclass. Its fields are the numbers a person may tune, all
    of them leaves, and its facts are computed from them in double precision:

    - `domain`: one `(low, high)` per coordinate, the rectangle a picture should frame
    - `start`: where a race begins by default
    - `minima`: known minima, global ones first; local ones where they are few enough to draw
    - `saddles`: known saddle points
    - `global_minimum`: the lowest value, or None where the surface falls away or none is known
    - `noise`: the gradient noise a race on this surface begins with
    - `presets`: for each rule, hyperparameters that make progress from the default start
    - `smooth`: whether the gradient is continuous everywhere
    """

    name: ClassVar[str]
    latex: ClassVar[str]
    citation: ClassVar[str]
    presets: ClassVar[Presets]
    dimension: ClassVar[int] = 2
    smooth: ClassVar[bool] = True
    lowest: ClassVar[float | None] = None
    frame: Domain
    origin: Point
    noise: float = 0.0

    @abstractmethod
    def __call__(self, params: Float[Array, " n"]) -> Float[Array, ""]:
        """Return the loss at one point."""

    @property
    def domain(self) -> Domain:
        return self.frame

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
    def global_minimum(self) -> float | None:
        return self.lowest

    @property
    def arrival_radius(self) -> float:
        """The distance from a minimum, 2.5 % of the frame's short side, that counts as arrived."""
        return 0.025 * min(high - low for low, high in self.domain)

    @property
    def lesson(self) -> str:
        """The key of the one-line lesson in the catalogues."""
        return f"surface.{self.name}.lesson"
