"""Random landscapes made of waves, on a circle or a torus, where every critical point can be found."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

TURN = 2 * np.pi
ROUNDS = 25  # of Newton's method
STRIDE = 0.25  # of its longest step, as a share of the shortest wave's length over 2 pi


@dataclass(frozen=True, eq=False)
class Waves:
    r"""A random function with period $2\pi$ in every coordinate.

    $$f(x) = \sum_k a_k \cos(k \cdot x + \varphi_k), \qquad a_k \sim N(0, 1)$$

    Attributes:
        k: (waves, n), whole numbers; one of k and -k.
        amplitude, phase: (waves,).
    """

    k: np.ndarray
    amplitude: np.ndarray
    phase: np.ndarray

    def __call__(self, x: Float[np.ndarray, "points n"]) -> Float[np.ndarray, " points"]:
        return np.cos(x @ self.k.T + self.phase) @ self.amplitude

    def gradient(self, x: Float[np.ndarray, "points n"]) -> Float[np.ndarray, "points n"]:
        """The slope at each point."""
        return -(np.sin(x @ self.k.T + self.phase) * self.amplitude) @ self.k

    def hessian(self, x: Float[np.ndarray, "points n"]) -> Float[np.ndarray, "points n n"]:
        """The curvatures at each point."""
        weights = -np.cos(x @ self.k.T + self.phase) * self.amplitude
        outer = self.k[:, :, None] * self.k[:, None, :]
        return np.tensordot(weights, outer, 1)


class Critical(NamedTuple):
    """The points of a landscape where its gradient is zero.

    Attributes:
        points: (found, n), each coordinate from 0 to 2 pi.
        index: (found,), how many directions lead down: 0 at a minimum, n at a maximum.
    """

    points: np.ndarray
    index: np.ndarray

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many minima, saddles and maxima."""
        top = self.points.shape[1]
        kinds = (self.index == 0, (self.index > 0) & (self.index < top), self.index == top)
        return tuple(int(kind.sum()) for kind in kinds)  # pyright: ignore[reportReturnType]


def waves(dimensions: int, highest: int = 3, seed: int = 0) -> Waves:
    """A random landscape of all waves whose wave vectors are no longer than a whole number.

    Args:
        dimensions: n, 1 for a circle or 2 for a torus.
        highest: the length of the longest wave vector: the larger, the rougher.
        seed: of the amplitudes and phases.

    >>> waves(2, 2).k.shape
    (6, 2)
    """
    axes = np.meshgrid(*[np.arange(-highest, highest + 1)] * dimensions, indexing="ij")
    k = np.stack([axis.ravel() for axis in axes], axis=1)
    k = k[len(k) // 2 + 1 :]  # the second half, for -k is the same wave as k
    k = k[np.linalg.norm(k, axis=1) <= highest].astype(np.float64)
    draw = np.random.default_rng([dimensions, highest, seed])
    return Waves(k, draw.normal(size=len(k)), draw.uniform(0, TURN, len(k)))


def critical_points(f: Waves, starts: int = 24) -> Critical:
    """Every point of zero gradient, by Newton's method from a grid of starts.

    Morse's theorem tells on a torus whether all were found: minima and maxima are together as many as
    saddles, on a circle minima are as many as maxima. Where they are not, the grid is made finer.

    Args:
        f: the landscape.
        starts: along each coordinate, for each unit of the longest wave vector.

    >>> critical_points(waves(1, 3)).counts
    (3, 0, 3)

    Source: Milnor, Morse Theory, 1963, theorem 5.2.
    """
    found = Critical(np.zeros((0, f.k.shape[1])), np.zeros(0, np.int64))
    for finer in (1, 2, 4):
        found = _roots(f, round(finer * starts * float(np.abs(f.k).max()) / 3))
        if np.sum((-1.0) ** found.index) == 0 and len(found.index):
            break
    return found


def _roots(f: Waves, starts: int) -> Critical:
    n, most = f.k.shape[1], STRIDE / np.abs(f.k).max()
    line = np.arange(starts) * TURN / starts
    x = np.stack([axis.ravel() for axis in np.meshgrid(*[line] * n, indexing="ij")], axis=1)
    found = [np.zeros((0, n))]
    for _ in range(ROUNDS):
        slope = f.gradient(x)
        there = np.linalg.norm(slope, axis=1) < 1e-9
        found.append(x[there])
        x, slope = x[~there], slope[~there]
        step = np.linalg.solve(f.hessian(x), slope[..., None])[..., 0]
        length = np.linalg.norm(step, axis=1, keepdims=True)
        x = (x - step * np.minimum(1, most / np.maximum(length, 1e-300))) % TURN
    x = np.concatenate(found)
    kept: list[np.ndarray] = []
    while len(x):  # the distance on the torus, for a root may lie on the seam
        kept.append(x[0])
        x = x[np.abs((x - x[0] + np.pi) % TURN - np.pi).max(axis=1) > 1e-5]
    points = np.array(kept).reshape(-1, n)
    index: Int[np.ndarray, " found"] = (np.linalg.eigvalsh(f.hessian(points)) < 0).sum(axis=1)
    return Critical(points, index)


def random_slopes(f: Waves, draws: int = 10_000, seed: int = 0) -> Float[np.ndarray, " draws"]:
    """The length of the gradient at points drawn evenly from the whole landscape.

    >>> bool(random_slopes(waves(2)).min() > 0)
    True
    """
    x = np.random.default_rng(seed).uniform(0, TURN, (draws, f.k.shape[1]))
    return np.linalg.norm(f.gradient(x), axis=1)


def flat_share(
    f: Waves, critical: Critical, tolerances: Float[np.ndarray, " tolerances"]
) -> Float[np.ndarray, " tolerances"]:
    r"""The share of a landscape whose gradient is shorter than a small tolerance, to leading order.

    Around each critical point it is an ellipse of the volume $\pi\varepsilon^2/|\det H|$, or on a circle an
    interval of the length $2\varepsilon/|f''|$:

    $$P(|\nabla f| < \varepsilon) \approx
    \frac1{(2\pi)^2} \sum_i \frac{\pi\,\varepsilon^2}{|\det H_i|}$$

    Args:
        f: the landscape.
        critical: all of its critical points.
        tolerances: how short.

    >>> f = waves(2)
    >>> found, tolerance = critical_points(f), np.array([0.3])
    >>> bool(abs(flat_share(f, found, tolerance)[0] / np.mean(random_slopes(f) < 0.3) - 1) < 0.3)
    True

    Source: the coarea formula; Federer 1969, section 3.2.
    """
    n = f.k.shape[1]
    ball = {1: 2.0, 2: np.pi}[n]
    sizes = np.sum(1 / np.abs(np.linalg.det(f.hessian(critical.points))))
    return ball * np.asarray(tolerances, np.float64) ** n * sizes / TURN**n
