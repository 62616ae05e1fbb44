"""Examples to learn from, to choose by and to judge by: how a data set is divided and scaled."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from landscape.core.brief import in_a_line

VALIDATION, TEST = 0.1, 0.1
"""The shares held out of training."""

SPLITS = ("train", "validation", "test")


@in_a_line
class Split(NamedTuple):
    """Examples: x (n, *shape) float32, and y (n,) labels (int32) or targets (float32)."""

    x: Any
    y: Any


@in_a_line
@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples to learn from, to choose by, and to judge by.

    Attributes:
        name: its registry name, or one of your own.
        train, validation, test: the splits, as host NumPy arrays.
        classes: how many labels there are; 0 for a regression.

    >>> import numpy as np
    >>> split = Split(np.zeros((5, 2), np.float32), np.zeros(5, np.int32))
    >>> data = Dataset("mine", split, split, split, classes=3)
    >>> data.shape, data.outputs, len(data.split("test").y)
    ((2,), 3, 5)
    """

    name: str
    train: Split
    validation: Split
    test: Split
    classes: int

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one example's input."""
        return self.train.x.shape[1:]

    @property
    def outputs(self) -> int:
        """How many numbers a network must return for one example."""
        return self.classes or 1

    def split(self, name: str) -> Split:
        """The split of that name: train, validation or test."""
        if name not in SPLITS:
            raise ValueError(f"the splits are train, validation and test; given {name!r}")
        return getattr(self, name)


def divided(name: str, x: np.ndarray, y: np.ndarray, seed: int, *, scaled: bool = True) -> Dataset:
    """Divide examples at random, every class in the same shares, and standardise them by the training split.

    Args:
        name: the data set's.
        x: (n, *shape), the inputs.
        y: (n,), int labels 0, 1, ... or float targets, which are standardised too.
        seed: of the order.
        scaled: False centres the inputs only.
    """
    from sklearn.model_selection import train_test_split

    classify = np.issubdtype(y.dtype, np.integer)

    def parted(rows: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
        by_class = y[rows] if classify else None
        count = round(share * len(y))
        kept, held = train_test_split(rows, test_size=count, random_state=seed, stratify=by_class)
        return np.asarray(kept), np.asarray(held)

    rest, test = parted(np.arange(len(y)), TEST)
    train, validation = parted(rest, VALIDATION)
    x = _standardised(x, train) if scaled else x - x[train].mean(axis=0)
    y = y.astype(np.int32) if classify else _standardised(y, train).astype(np.float32)
    parts = (Split(x[rows].astype(np.float32), y[rows]) for rows in (train, validation, test))
    return Dataset(name, *parts, classes=len(np.unique(y)) if classify else 0)


def _standardised(values: np.ndarray, train: np.ndarray) -> np.ndarray:
    """To mean 0 and deviation 1 over the training rows."""
    return (values - values[train].mean(axis=0)) / values[train].std(axis=0)
