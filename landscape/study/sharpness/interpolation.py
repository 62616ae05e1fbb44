"""From one solution to another on a straight line: the loss on seen and on unseen examples."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from landscape.core.progress import Progress, part_of
from landscape.geometry.grids.grid import evaluate
from landscape.geometry.planes.constructors import interpolation_plane
from landscape.problems.data.splits import Dataset
from landscape.study.common.noisy_cosine import wave
from landscape.study.sharpness.edge_of_stability import NETWORK, Descent, HalfSquares, descend


class Line(NamedTuple):
    """The losses on the line through two solutions.

    Attributes:
        at: (points,), 0 at the first solution, 1 at the second.
        train: (points,), the loss over the training split.
        test: (points,), the loss over the test split.
    """

    at: Float[np.ndarray, " points"]
    train: Float[np.ndarray, " points"]
    test: Float[np.ndarray, " points"]


def line(
    first: Descent, second: Descent, data: Dataset, *, reach: float = 0.5, points: int = 81
) -> Line:  # fmt: skip
    r"""The losses at $\theta(t) = (1 - t)\,\theta_1 + t\,\theta_2$.

    Args:
        first, second: two trainings of `NETWORK`.
        data: what they were trained on.
        reach: how far the line goes on beyond either solution, in lengths of the way between them.
        points: how many.

    >>> data = wave(examples=32)
    >>> a, b = (descend(0.1, 32, seed=seed, steps=20, records=1, data=data) for seed in (0, 1))
    >>> found = line(a, b, data, points=5)
    >>> found.at.tolist(), bool(abs(found.train[1] - a.loss[-1]) < 1e-6)
    ([-0.5, 0.0, 0.5, 1.0, 1.5], True)

    Source: Goodfellow, Vinyals & Saxe 2015; Keskar et al. 2017, figure 3.
    """
    plane = interpolation_plane(first.end, second.end)
    network = NETWORK.without_initializer()
    span = ((-reach, 1 + reach),)
    grids = [
        evaluate(HalfSquares(network, *split), plane, points=points, span=span)
        for split in (data.train, data.test)
    ]
    train, test = (np.asarray(grid.loss)[:, 0] for grid in grids)
    return Line(np.asarray(grids[0].a), train, test)


def rivals(
    rate: float, batch_size: int, *, examples: int, seed: int, steps: int, progress: Progress | None = None
) -> tuple[Dataset, Descent, Descent]:
    """Two trainings from one start at one rate: with all examples in a step, and with small batches.

    Args:
        rate: of both.
        batch_size: of the second.
        examples: how many to learn from.
        seed: of the data, the start and the order.
        steps: of both.
        progress: told how far it is; returning False ends it with what there is.

    >>> data, full, small = rivals(0.1, 4, examples=32, seed=0, steps=20)
    >>> len(data.train.y), full.step[-1].item() == small.step[-1].item()
    (32, True)
    """
    data = wave(seed, examples)

    def one(size: int, begin: float) -> Descent:
        part = part_of(progress, begin, begin + 0.5)
        return descend(rate, size, seed=seed, steps=steps, records=20, data=data, progress=part)

    return data, one(examples, 0.0), one(batch_size, 0.5)
