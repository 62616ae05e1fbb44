"""Data small enough to train on while one watches: real tables and images, and shapes in the plane.

Each function returns a fresh `Dataset`, the same for the same seed. Inputs are standardised, and targets of
a regression too, by what the training split shows; pixels, between 0 and 1, are only centred.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

VALIDATION, TEST = 0.1, 0.1
"""The shares held out of training."""

SPLITS = ("train", "validation", "test")


class Split(NamedTuple):
    """Examples: x (n, *shape) float32, and y (n,) labels (int32) or targets (float32)."""

    x: Any
    y: Any


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples to learn from, to choose by, and to judge by.

    Attributes:
        name: its registry name.
        train, validation, test: the splits, as host NumPy arrays.
        classes: how many labels there are; 0 for a regression.
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


def digits(seed: int = 0) -> Dataset:
    """1,797 handwritten digits of 8 x 8 pixels, ten classes (Alpaydin & Kaynak 1998).

    >>> digits().train.x.shape
    (1437, 8, 8, 1)
    """
    images, labels = _loaded("digits")
    return _divided("digits", images.reshape(-1, 8, 8, 1) / 16, labels, seed, pixels=True)


def breast_cancer(seed: int = 0) -> Dataset:
    """569 tumours by 30 measurements of cell nuclei, benign or malignant (Street et al. 1993)."""
    return _divided("breast_cancer", *_loaded("breast_cancer"), seed)


def wine(seed: int = 0) -> Dataset:
    """178 wines of three cultivars by 13 chemical measurements (Aeberhard & Forina 1992)."""
    return _divided("wine", *_loaded("wine"), seed)


def iris(seed: int = 0) -> Dataset:
    """150 irises of three species by four lengths (Fisher 1936)."""
    return _divided("iris", *_loaded("iris"), seed)


def diabetes(seed: int = 0) -> Dataset:
    """A regression: the progress of a disease in 442 patients from ten measurements (Efron et al. 2004)."""
    return _divided("diabetes", *_loaded("diabetes"), seed, regression=True)


def moons(samples: int = 400, noise: float = 0.15, seed: int = 0) -> Dataset:
    """Two interleaved half circles: no straight line parts them."""
    return _divided("moons", *_made("moons", samples, noise=noise, random_state=seed), seed)


def circles(samples: int = 400, noise: float = 0.08, seed: int = 0) -> Dataset:
    """A circle within a circle."""
    return _divided("circles", *_made("circles", samples, noise=noise, factor=0.5, random_state=seed), seed)


def blobs(samples: int = 400, noise: float = 1.0, seed: int = 0) -> Dataset:
    """Three clouds: lines part them, so that almost any network learns them."""
    centers = 3.0 * np.array([[0.0, 1.0], [-0.87, -0.5], [0.87, -0.5]])
    points, labels = _made("blobs", samples, centers=centers, cluster_std=noise, random_state=seed)
    return _divided("blobs", points, labels, seed)


def xor(samples: int = 400, noise: float = 0.2, seed: int = 0) -> Dataset:
    """Four clouds, opposite ones alike: the problem no single layer solves (Minsky & Papert 1969)."""
    draw = np.random.default_rng(seed)
    corners = draw.integers(0, 2, (samples, 2))
    points = 2.0 * corners - 1 + noise * draw.normal(size=(samples, 2))
    return _divided("xor", points, corners[:, 0] ^ corners[:, 1], seed)


def spirals(samples: int = 400, noise: float = 0.1, seed: int = 0) -> Dataset:
    """Two spirals wound into each other, 1.5 turns each (Lang & Witbrock 1988)."""
    draw = np.random.default_rng(seed)
    labels = np.arange(samples) % 2
    radius = np.sqrt(draw.uniform(0.02, 1.0, samples))
    angle = 3 * np.pi * radius + np.pi * labels
    points = 3 * radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], 1)
    return _divided("spirals", points + noise * draw.normal(size=(samples, 2)), labels, seed)


def sine(samples: int = 200, noise: float = 0.1, seed: int = 0) -> Dataset:
    """A regression of one variable: y = sin(pi x) on [-2, 2], with noise."""
    return _curve("sine", lambda x: np.sin(np.pi * x), samples, noise, seed)


def step(samples: int = 200, noise: float = 0.1, seed: int = 0) -> Dataset:
    """A regression of one variable with a jump at zero, which smooth activations round off."""
    return _curve("step", np.sign, samples, noise, seed)


def bumps(samples: int = 200, noise: float = 0.1, seed: int = 0) -> Dataset:
    """A regression of one variable: quick waves in a slow bell, y = exp(-x^2) cos(3 pi x)."""
    return _curve("bumps", lambda x: np.exp(-(x**2)) * np.cos(3 * np.pi * x), samples, noise, seed)


def _loaded(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and answers of one of scikit-learn's tables, imported late: it takes a second."""
    from sklearn import datasets

    return getattr(datasets, f"load_{name}")(return_X_y=True)


def _made(name: str, samples: int, **options: Any) -> tuple[np.ndarray, np.ndarray]:
    """Points and labels of one of scikit-learn's generators."""
    from sklearn import datasets

    return getattr(datasets, f"make_{name}")(samples, **options)


def _curve(name: str, function: Callable, samples: int, noise: float, seed: int) -> Dataset:
    draw = np.random.default_rng(seed)
    x = draw.uniform(-2, 2, samples)
    return _divided(name, x[:, None], function(x) + noise * draw.normal(size=samples), seed, regression=True)


def _divided(
    name: str,
    x: np.ndarray,
    y: np.ndarray,
    seed: int,
    *,
    regression: bool = False,
    pixels: bool = False,
) -> Dataset:
    """Three splits, stratified by class, standardised by the training split."""
    from sklearn.model_selection import train_test_split

    rest, test = _parted(train_test_split, np.arange(len(y)), y, TEST, seed, regression)
    train, validation = _parted(train_test_split, rest, y, VALIDATION / (1 - TEST), seed, regression)
    x = x - x[train].mean(axis=0) if pixels else _standardised(x, train)
    if regression:
        y = _standardised(y, train)
    kind = np.float32 if regression else np.int32
    parts = (Split(x[rows].astype(np.float32), y[rows].astype(kind)) for rows in (train, validation, test))
    return Dataset(name, *parts, classes=0 if regression else len(np.unique(y)))


def _parted(divide: Callable, rows: np.ndarray, y: np.ndarray, share: float, seed: int, mixed: bool) -> Any:
    return divide(rows, test_size=share, random_state=seed, stratify=None if mixed else y[rows])


def _standardised(values: np.ndarray, train: np.ndarray) -> np.ndarray:
    deviation = values[train].std(axis=0)
    return (values - values[train].mean(axis=0)) / np.where(deviation > 0, deviation, 1)


DATASETS: dict[str, Callable[..., Dataset]] = {
    function.__name__: function
    for function in (
        digits,
        breast_cancer,
        wine,
        iris,
        diabetes,
        moons,
        circles,
        xor,
        spirals,
        blobs,
        sine,
        step,
        bumps,
    )
}

SYNTHETIC = ("moons", "circles", "xor", "spirals", "blobs", "sine", "step", "bumps")
"""Those that are drawn: they take `samples` and `noise`."""
