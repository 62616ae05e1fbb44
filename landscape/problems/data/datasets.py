"""Data small enough to train on while one watches: real tables and images, and shapes in the plane.

Each function returns a fresh `Dataset`, the same for the same arguments: four fifths to learn from, a tenth
to choose by and a tenth to judge by, with every class in each in the same shares. `seed` draws the examples
of a synthetic set, and the splits of any. Inputs are standardised, and targets of a regression too, by the
mean and deviation of the training split alone; pixels, from 0 to 1, are only centred, for many never vary.
"""

from collections.abc import Callable
from inspect import signature
from typing import Any

import numpy as np

from landscape.problems.data.splits import Dataset, Split, divided

__all__ = ["DATASETS", "SYNTHETIC", "Dataset", "Split"]

FEWEST, MOST = 50, 100_000
"""How many examples of a synthetic set may be drawn."""


def digits(seed: int = 0) -> Dataset:
    """Handwritten digits: 1,797 images of 8 x 8 pixels in ten classes (Alpaydin & Kaynak 1998).

    A small network reaches 97 % in seconds, so that one sees a real landscape at once.

    >>> data = digits()
    >>> data.train.x.shape, data.validation.x.shape, data.test.x.shape, data.classes
    ((1437, 8, 8, 1), (180, 8, 8, 1), (180, 8, 8, 1), 10)
    """
    images, labels = _loaded("digits")
    return divided("digits", images.reshape(-1, 8, 8, 1) / 16, labels, seed, scaled=False)


def breast_cancer(seed: int = 0) -> Dataset:
    """569 tumours by 30 measurements of cell nuclei, malignant or benign (Street et al. 1993).

    Nearly linear: a network without hidden layers does almost as well, and a larger one soon overfits.
    """
    return divided("breast_cancer", *_loaded("breast_cancer"), seed)


def wine(seed: int = 0) -> Dataset:
    """178 wines of three growers by 13 chemical measurements (Aeberhard et al. 1992).

    Few examples in many directions: any network parts them within a hundred steps.
    """
    return divided("wine", *_loaded("wine"), seed)


def iris(seed: int = 0) -> Dataset:
    """150 irises of three species by four lengths (Fisher 1936).

    One species stands apart; the border between the other two is where networks differ.
    """
    return divided("iris", *_loaded("iris"), seed)


def diabetes(seed: int = 0) -> Dataset:
    """A regression: how a disease progressed in 442 patients, from ten measurements (Efron et al. 2004).

    Noisy: half of the variance stays unexplained, and a network soon overfits: stop early.
    """
    return divided("diabetes", *_loaded("diabetes"), seed)


def moons(samples: int = 400, noise: float = 0.15, seed: int = 0) -> Dataset:
    """Two half circles of radius 1 that reach into each other: no straight line parts them.

    `noise` is the standard deviation of both coordinates; from 0.3 on the moons overlap.
    """
    points, labels = _made("moons", samples, noise, seed, noise=noise)
    return divided("moons", points, labels, seed)


def circles(samples: int = 400, noise: float = 0.08, seed: int = 0) -> Dataset:
    """A circle of radius 0.5 within one of radius 1: the boundary must close around it.

    `noise` is the standard deviation of both coordinates.
    """
    points, labels = _made("circles", samples, noise, seed, noise=noise, factor=0.5)
    return divided("circles", points, labels, seed)


def blobs(samples: int = 400, noise: float = 1.0, seed: int = 0) -> Dataset:
    """Three round clouds, 3 from the middle: straight lines part them, so almost any network learns them.

    `noise` is the standard deviation of a cloud.
    """
    angles = np.radians([90, 210, 330])
    centers = 3 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    points, labels = _made("blobs", samples, noise, seed, centers=centers, cluster_std=noise)
    return divided("blobs", points, labels, seed)


def xor(samples: int = 400, noise: float = 0.2, seed: int = 0) -> Dataset:
    """Four clouds at the corners of a square, opposite ones alike: no single layer solves it (Minsky &
    Papert 1969).

    `noise` is the standard deviation of a cloud, where the square's side is 2.
    """
    draw = _generator(samples, noise, seed)
    corners = draw.integers(0, 2, (samples, 2))
    points = 2.0 * corners - 1 + noise * draw.normal(size=(samples, 2))
    return divided("xor", points, corners[:, 0] ^ corners[:, 1], seed)


def spirals(samples: int = 400, noise: float = 0.1, seed: int = 0) -> Dataset:
    """Two spirals wound into each other, one and a half turns each (after Lang & Witbrock 1988).

    Eight hidden units do not follow them, two layers of 64 do. The examples lie evenly over a disc of
    radius 3; `noise` is the standard deviation of both coordinates.
    """
    draw = _generator(samples, noise, seed)
    labels = np.arange(samples) % 2
    turned = np.sqrt(draw.uniform(0.02, 1.0, samples))
    angle = 3 * np.pi * turned + np.pi * labels
    points = 3 * turned[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return divided("spirals", points + noise * draw.normal(size=(samples, 2)), labels, seed)


def sine(samples: int = 200, noise: float = 0.1, seed: int = 0) -> Dataset:
    """A regression of one variable: y = sin(pi x) on [-2, 2], two whole waves.

    `noise` is the standard deviation of y, before y is standardised.
    """
    return _curve("sine", lambda x: np.sin(np.pi * x), samples, noise, seed)


def step(samples: int = 200, noise: float = 0.1, seed: int = 0) -> Dataset:
    """A regression of one variable: y = sign(x) on [-2, 2], a jump that smooth activations round off.

    `noise` is the standard deviation of y, before y is standardised.
    """
    return _curve("step", np.sign, samples, noise, seed)


def bumps(samples: int = 200, noise: float = 0.1, seed: int = 0) -> Dataset:
    """A regression of one variable: y = exp(-x^2) cos(3 pi x) on [-2, 2], quick waves, learnt late.

    `noise` is the standard deviation of y, before y is standardised.
    """
    return _curve("bumps", lambda x: np.exp(-(x**2)) * np.cos(3 * np.pi * x), samples, noise, seed)


def _loaded(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and answers of one of scikit-learn's tables, imported late: it takes a second."""
    from sklearn import datasets

    return getattr(datasets, f"load_{name}")(return_X_y=True)


def _made(kind: str, samples: int, spread: float, seed: int, **options: Any) -> tuple[np.ndarray, np.ndarray]:
    """Points and labels of one of scikit-learn's generators."""
    from sklearn import datasets

    _generator(samples, spread, seed)
    return getattr(datasets, f"make_{kind}")(samples, random_state=seed, **options)


def _curve(name: str, function: Callable, samples: int, noise: float, seed: int) -> Dataset:
    """Values of a function on [-2, 2], with noise."""
    draw = _generator(samples, noise, seed)
    x = draw.uniform(-2, 2, samples)
    return divided(name, x[:, None], function(x) + noise * draw.normal(size=samples), seed)


def _generator(samples: int, noise: float, seed: int) -> np.random.Generator:
    """The random numbers of a synthetic set, once its arguments have been checked."""
    if not FEWEST <= samples <= MOST:
        raise ValueError(f"samples must lie between {FEWEST} and {MOST:,}; given {samples}")
    if not 0 <= noise < np.inf:
        raise ValueError(f"noise must be a standard deviation, 0 or more; given {noise}")
    return np.random.default_rng(seed)


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

SYNTHETIC = tuple(name for name, function in DATASETS.items() if "samples" in signature(function).parameters)
"""Those that are drawn: they take `samples` and `noise`."""
