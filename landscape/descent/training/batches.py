"""The batches of a training: which examples, in which order, and how many steps to take at a time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import jax
import numpy as np
from jaxtyping import Array, Int

MAX_STEPS_PER_CALL = 64
"""The most steps one call takes, which its program has room for; a call itself costs about one step."""

SECONDS_PER_CALL = 0.15
"""The seconds a call should take, so that progress moves and a stop is heard."""


def batches(key: Array, examples: int, size: int) -> Iterator[Int[np.ndarray, " size"]]:
    """Batches without end: each epoch goes once through the examples in a new random order.

    The few examples that fill no batch sit the epoch out. A batch of all examples keeps their order.

    >>> [batch.tolist() for batch, _ in zip(batches(jax.random.key(0), 3, 3), range(2))]
    [[0, 1, 2], [0, 1, 2]]
    """
    draw = np.random.default_rng(np.asarray(jax.random.key_data(key)))
    while True:
        order = np.arange(examples) if size == examples else draw.permutation(examples)
        for first in range(0, examples - size + 1, size):
            yield order[first : first + size].astype(np.int32)


class ChunkSize:
    """How many steps to take at a time: as many as take a breath."""

    def __init__(self) -> None:
        self.count = 1

    @contextmanager
    def of(self, steps: int) -> Iterator[None]:
        """Watch some steps, and adapt."""
        begin = time.perf_counter()
        yield
        fit = int(SECONDS_PER_CALL * steps / max(time.perf_counter() - begin, 1e-6))
        self.count = min(max(1, fit), 4 * self.count)
