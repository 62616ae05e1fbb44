"""The one regression of the lessons' networks: noisy values of a cosine."""

from typing import Any

import jax.numpy as jnp
import numpy as np

from landscape.problems.data.splits import Dataset, Split

EXAMPLES, NOISE = 256, 0.1
END = 3.0
"""Points are drawn between -END and END."""


def cosine(x: Any) -> Any:
    r"""What the noise is added to, $\cos(\pi x / 2)$; of a NumPy array it is one.

    >>> cosine(np.array([0.0, 2.0])).tolist()
    [1.0, -1.0]
    """
    own = np if isinstance(x, np.ndarray) else jnp
    return own.cos(own.pi * x / 2)


def drawn(draw: np.random.Generator, count: int, noise: float = NOISE) -> Split:
    """So many points and their noisy values, as they are: not standardised.

    Args:
        draw: where the points and the noise come from.
        count: how many.
        noise: its standard deviation.

    >>> x, y = drawn(np.random.default_rng(0), 5, 0.0)
    >>> x.shape, bool(np.allclose(y, cosine(x[:, 0]), atol=1e-6))
    ((5, 1), True)
    """
    x = draw.uniform(-END, END, count)
    y = cosine(x) + noise * draw.normal(size=count)
    return Split(x[:, None].astype(np.float32), y.astype(np.float32))


def wave(seed: int = 0, examples: int = EXAMPLES, noise: float = NOISE) -> Dataset:
    """The regression with its test split, eight times as large as what is learnt from.

    Args:
        seed: of the points and the noise.
        examples: how many to learn from.
        noise: its standard deviation.

    >>> data = wave()
    >>> data.train.x.shape, data.test.x.shape, data.classes
    ((256, 1), (2048, 1), 0)
    """
    draw = np.random.default_rng(seed)
    train, test = drawn(draw, examples, noise), drawn(draw, 8 * examples, noise)
    return Dataset("wave", train, test, test, classes=0)
