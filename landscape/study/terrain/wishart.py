"""Random Gram matrices: how unequal curvatures become, by chance alone, when parameters are many."""

from functools import lru_cache

import numpy as np
from jaxtyping import Float

SAMPLES = 200


@lru_cache(maxsize=64)
def eigenvalues(
    dimensions: int, samples: int = SAMPLES, draws: int = 16, seed: int = 0
) -> Float[np.ndarray, "draws d"]:
    r"""The curvatures of least squares on random data: eigenvalues of Gram matrices, ascending.

    $$H = \frac1n A^\top A, \qquad A_{ij} \sim N(0, 1)$$

    Args:
        dimensions: $d$, columns: parameters.
        samples: $n$, rows; no fewer than parameters.
        draws: how many matrices.
        seed: of the draw.

    >>> eigenvalues(10, draws=3).shape
    (3, 10)
    """
    a = np.random.default_rng([dimensions, samples, seed]).standard_normal((draws, samples, dimensions))
    return np.linalg.eigvalsh(a.swapaxes(1, 2) @ a / samples)


def conditions(
    dimensions: int, samples: int = SAMPLES, draws: int = 16, seed: int = 0
) -> Float[np.ndarray, " draws"]:
    r"""The condition numbers of random Gram matrices, $\kappa = \lambda_{\max} / \lambda_{\min}$.

    >>> [round(float(np.median(conditions(d)))) for d in (2, 10, 50, 100)]
    [1, 2, 8, 31]
    """
    values = eigenvalues(dimensions, samples, draws, seed)
    return values[:, -1] / values[:, 0]


def edges(ratio: float) -> tuple[float, float]:
    r"""Between which curvatures all of them come to lie, as the matrices grow: $(1 \mp \sqrt{d/n})^2$.

    Args:
        ratio: $d/n$, from 0 to 1.

    >>> edges(0.25)
    (0.25, 2.25)

    Source: Marchenko & Pastur 1967.
    """
    root = float(np.sqrt(ratio))
    return (1 - root) ** 2, (1 + root) ** 2


def condition(ratio: float) -> float:
    r"""The condition number that Marchenko and Pastur's law gives.

    $$\kappa = \left(\frac{1 + \sqrt{d/n}}{1 - \sqrt{d/n}}\right)^2$$

    Args:
        ratio: $d/n$, below 1.

    >>> condition(0.25)
    9.0

    Source: Marchenko & Pastur 1967.
    """
    low, high = edges(ratio)
    return high / low


def density(values: Float[np.ndarray, " values"], ratio: float) -> Float[np.ndarray, " values"]:
    r"""How many of the curvatures lie at a value, as a density.

    $$\rho(\lambda) = \frac{\sqrt{(\lambda_+ - \lambda)(\lambda - \lambda_-)}}{2\pi\,(d/n)\,\lambda}$$

    Args:
        values: positive curvatures.
        ratio: $d/n$, from 0 to 1.

    >>> grid = np.linspace(0.1, 3, 2901)
    >>> round(float(density(grid, 0.25).sum() * 0.001), 3)
    1.0

    Source: Marchenko & Pastur 1967.
    """
    low, high = edges(ratio)
    inside = np.sqrt(np.maximum(0.0, (high - values) * (values - low)))
    return inside / (2 * np.pi * ratio * values)


def spread(values: Float[np.ndarray, " values"]) -> float:
    """How many times as curved the steepest direction is as the median one, signs aside.

    >>> spread(np.array([-0.1, 0.2, 4.0]))
    20.0
    """
    sizes = np.abs(values)
    return float(sizes.max() / np.median(sizes))
