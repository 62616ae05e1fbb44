"""Every data set is divided as it says: nothing shared, nothing lost, nothing looked at too early."""

import numpy as np
import pytest
from sklearn import datasets as sklearn

from landscape.problems.data.datasets import DATASETS, SYNTHETIC
from landscape.problems.data.splits import SPLITS, divided

TABLES = {  # examples, shape of one, classes
    "digits": (1797, (8, 8, 1), 10),
    "breast_cancer": (569, (30,), 2),
    "wine": (178, (13,), 3),
    "iris": (150, (4,), 3),
    "diabetes": (442, (10,), 0),
}
names = pytest.mark.parametrize("name", DATASETS)


def whole(data):
    """All examples of the three splits."""
    parts = [data.split(split) for split in SPLITS]
    return np.concatenate([part.x for part in parts]), np.concatenate([part.y for part in parts])


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_published_one(name):
    """As many examples, measurements and classes as its paper says."""
    data = DATASETS[name]()
    assert (len(whole(data)[1]), data.shape, data.classes) == TABLES[name]
    assert name not in SYNTHETIC


@names
def test_splits_have_the_stated_sizes_types_and_scale(name):
    """Four fifths, a tenth, a tenth; the training split has mean 0, and deviation 1 unless it is images."""
    data = DATASETS[name]()
    examples = len(whole(data)[1])
    held = round(examples / 10)
    assert [len(data.split(s).y) for s in SPLITS] == [examples - 2 * held, held, held]
    assert (data.name, data.outputs) == (name, data.classes or 1)
    for split in (data.train, data.validation, data.test):
        assert split.x.dtype == np.float32
        assert split.y.dtype == (np.int32 if data.classes else np.float32)
        assert split.x.shape == (len(split.y), *data.shape)
        assert np.isfinite(split.x).all()
    assert np.abs(data.train.x.mean(axis=0)).max() < 1e-5
    if len(data.shape) == 1:
        np.testing.assert_allclose(data.train.x.std(axis=0), 1, atol=1e-4)
    if data.classes:
        assert set(np.unique(data.train.y)) == set(range(data.classes))
    else:
        assert abs(data.train.y.mean()) < 1e-5
        assert data.train.y.std() == pytest.approx(1, abs=1e-4)


@names
def test_the_seed_decides_everything(name):
    """The same seed gives the same bits; another one another division."""
    first, again, other = DATASETS[name](seed=3), DATASETS[name](seed=3), DATASETS[name](seed=4)
    for split in SPLITS:
        for a, b in zip(first.split(split), again.split(split), strict=True):
            np.testing.assert_array_equal(a, b)
    assert not np.array_equal(first.test.x, other.test.x)


def test_no_example_is_shared_or_lost_and_only_the_training_split_is_measured():
    """Examples that carry their own number: each appears once, scaled by what the training split shows."""
    number = np.arange(200.0)
    data = divided("numbers", number[:, None], 3 * number + 1, seed=0)
    scale = np.sort(np.diff(np.sort(whole(data)[0][:, 0])))
    np.testing.assert_allclose(
        scale, scale[0], rtol=1e-3
    )  # two hundred numbers, evenly spaced: all are there
    of = {s: np.rint(data.split(s).x[:, 0] / scale[0]) for s in SPLITS}
    lowest = min(values.min() for values in of.values())
    rows = {s: (values - lowest).astype(int) for s, values in of.items()}
    assert sorted(np.concatenate(list(rows.values()))) == list(range(200))
    train = number[rows["train"]]
    for split in SPLITS:
        wanted = (number[rows[split]] - train.mean()) / train.std()
        np.testing.assert_allclose(data.split(split).x[:, 0], wanted, atol=1e-5)
        np.testing.assert_allclose(data.split(split).y, wanted, atol=1e-5)


def test_every_class_has_its_share_of_every_split():
    """Nine tenths of one class: the rare one is in each split, to within one example."""
    labels = (np.arange(300) % 10 == 0).astype(int)
    data = divided("rare", np.random.default_rng(0).normal(size=(300, 2)), labels, seed=0)
    for split in SPLITS:
        y = data.split(split).y
        assert abs(y.sum() - 0.1 * len(y)) <= 1


def test_digits_are_the_images_and_labels_of_scikit_learn():
    """Each centred image, moved back, is one of the originals with its own label; pixels keep one scale."""
    images, labels = sklearn.load_digits(return_X_y=True)
    label = {image.astype(np.int8).tobytes(): y for image, y in zip(images, labels, strict=True)}
    x, y = whole(DATASETS["digits"]())
    pixels = np.rint(16 * (x - x.min(axis=0))).reshape(-1, 64).astype(np.int8)
    assert [label[image.tobytes()] for image in pixels] == y.tolist()
    assert len({image.tobytes() for image in pixels}) == 1797
    np.testing.assert_allclose(
        (x.max(axis=0) - x.min(axis=0)).ravel(), np.ptp(images, axis=0) / 16, atol=1e-6
    )


def test_shapes_without_noise_are_the_shapes_they_claim():
    """XOR by its signs, the circles by their radii, the spirals by their turns, each label exactly."""
    x, y = whole(DATASETS["xor"](noise=0.0))
    np.testing.assert_array_equal(y, (x[:, 0] > 0) ^ (x[:, 1] > 0))
    x, y = whole(DATASETS["circles"](noise=0.0))
    radius = np.hypot(*x.T)
    np.testing.assert_allclose(radius[y == 0].mean() / radius[y == 1].mean(), 2, rtol=0.02)
    x, y = whole(DATASETS["spirals"](noise=0.0, samples=2000))
    arms = [x[y == label] for label in (0, 1)]
    np.testing.assert_allclose(*(np.sort(np.hypot(*arm.T))[::-1][:5].mean() for arm in arms), rtol=0.05)
    distance = np.linalg.norm(x[:, None] - x, axis=-1) + 10 * np.eye(len(x))
    assert np.mean(y[distance.argmin(axis=1)] == y) > 0.99
    straight = np.linalg.lstsq(np.c_[x, np.ones(len(x))], 2 * y - 1, rcond=None)[0]
    assert np.mean((np.c_[x, np.ones(len(x))] @ straight > 0) == y) < 0.7


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("sine", lambda x: np.sin(np.pi * x)),
        ("step", np.sign),
        ("bumps", lambda x: np.exp(-(x**2)) * np.cos(3 * np.pi * x)),
    ],
)
def test_curves_without_noise_are_their_functions(name, function):
    """Up to the scale of both axes: x is put back on [-2, 2], and y may differ by a factor and a shift."""
    x, y = whole(DATASETS[name](samples=20_000, noise=0.0))
    x = -2 + 4 * (x[:, 0] - x.min()) / np.ptp(x)
    assert np.corrcoef(y, function(x))[0, 1] > 0.999


def test_noise_is_a_standard_deviation():
    """The step's two levels are 2 apart: around each, the targets spread by the noise asked for."""
    for noise in (0.05, 0.3):
        data = DATASETS["step"](samples=5000, noise=noise)
        x, y = whole(data)
        low, high = y[x[:, 0] < -0.1], y[x[:, 0] > 0.1]
        gap = high.mean() - low.mean()
        assert 2 * low.std() / gap == pytest.approx(noise, rel=0.06)


@pytest.mark.parametrize("name", SYNTHETIC)
def test_nonsense_is_refused_at_the_door(name):
    """Too few examples leave a split empty; a negative noise has no meaning."""
    with pytest.raises(ValueError, match="samples must lie between 50 and 100,000; given 10"):
        DATASETS[name](samples=10)
    with pytest.raises(ValueError, match="noise must be a standard deviation"):
        DATASETS[name](noise=-0.1)
    assert len(whole(DATASETS[name](samples=50))[1]) == 50


def test_an_unknown_split_is_refused():
    """The message names the three there are."""
    with pytest.raises(ValueError, match="train, validation and test; given 'dev'"):
        DATASETS["xor"]().split("dev")
