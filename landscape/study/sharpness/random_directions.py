"""Random directions in many dimensions: nearly all of them at right angles to each other."""

import jax
import numpy as np
from jaxtyping import Float

from landscape.core import tree
from landscape.problems.data.splits import Dataset
from landscape.problems.networks.network import Network


def cosines(dimensions: int, pairs: int = 20_000, seed: int = 0) -> Float[np.ndarray, " pairs"]:
    r"""The cosines between random directions.

    $$\cos = \frac{z_1}{\sqrt{z_1^2 + \chi^2_{n-1}}}, \qquad \sqrt{E\cos^2} = \frac1{\sqrt n}$$

    One of two random directions may be taken as the first axis, for the other one prefers none. So the
    cosine is the first of n normal numbers over the length of all, and of the others only the sum of
    squares counts: a single draw, whatever n is.

    Args:
        dimensions: $n$, at least 2.
        pairs: how many.
        seed: of the draw.

    >>> for n in (10, 100, 1_000, 10_000):
    ...     print(n, round(float(np.sqrt(np.mean(cosines(n) ** 2))), 3))
    10 0.316
    100 0.1
    1000 0.032
    10000 0.01

    Source: Vershynin, High-Dimensional Probability, 2018, section 3.2.
    """
    draw = np.random.default_rng(seed)
    first, rest = draw.normal(size=pairs), draw.chisquare(dimensions - 1, size=pairs)
    return first / np.sqrt(first**2 + rest)


def parameters(network: Network, data: Dataset) -> int:
    """How many parameters a network has on some data, counted without making them.

    >>> from landscape.study.common.noisy_cosine import wave
    >>> from landscape.study.sharpness.edge_of_stability import NETWORK
    >>> parameters(NETWORK, wave())
    1153
    """
    return tree.size(jax.eval_shape(lambda key: network.init(key, data), jax.random.key(0)))


def density(angle: Float[np.ndarray, " angles"], dimensions: int) -> Float[np.ndarray, " angles"]:
    r"""How often two random directions lie at an angle, relative to a right angle: $\sin^{n-2}\theta$.

    Args:
        angle: in degrees, from 0 to 180.
        dimensions: $n$, at least 2.

    >>> density(np.array([45.0, 90.0]), 4).round(3).tolist()
    [0.5, 1.0]
    """
    return np.sin(np.radians(angle)) ** (dimensions - 2)


def histogram(
    angles: Float[np.ndarray, " pairs"], dimensions: int, bins: int
) -> tuple[Float[np.ndarray, " bins"], Float[np.ndarray, " bins"]]:
    r"""How often angles were found, on the scale of `density`, around 90 degrees.

    Args:
        angles: in degrees.
        dimensions: $n$, at least 2.
        bins: how many, over five standard deviations on either side.

    Returns:
        The middles of the bins in degrees, and the frequencies.

    >>> middle, found = histogram(np.degrees(np.arccos(cosines(100))), 100, 40)
    >>> bool(np.abs(found - density(middle, 100)).max() < 0.1)
    True
    """
    reach = min(90.0, np.degrees(5 / np.sqrt(dimensions)))
    edges = np.linspace(90 - reach, 90 + reach, bins + 1)
    counts, _ = np.histogram(angles, edges)
    middle = (edges[1:] + edges[:-1]) / 2
    return middle, counts / len(angles) * density(middle, dimensions).sum()
