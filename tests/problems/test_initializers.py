"""Every initializer draws weights of its stated width, for dense layers and for kernels."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscape.problems.networks.initializers import INITIALIZERS

DENSE, KERNEL = (300, 200), (3, 3, 30, 40)
VARIANCES = {
    "zeros": (0.0, 0.0),
    "constant": (0.0, 0.0),
    "small_normal": (1e-4, 1e-4),
    "large_normal": (1.0, 1.0),
    "lecun_normal": (1 / 300, 1 / 270),
    "xavier_uniform": (2 / 500, 2 / (270 + 360)),
    "xavier_normal": (2 / 500, 2 / (270 + 360)),
    "he_uniform": (2 / 300, 2 / 270),
    "he_normal": (2 / 300, 2 / 270),
    "orthogonal": (1 / 300, 1 / 270),
}


def draw(name, shape, seed=0):
    return np.asarray(INITIALIZERS[name](jax.random.key(seed), shape, jnp.float32), np.float64)


def test_registry_holds_exactly_the_published_names():
    """A name that vanishes or is misspelt would break links and lessons."""
    assert list(INITIALIZERS) == list(VARIANCES)


@pytest.mark.parametrize("name", VARIANCES)
def test_mean_and_variance_are_those_of_the_paper(name):
    """With sampling error: a variance off by a factor of 1.1, or a fan forgotten, fails."""
    for shape, variance in zip((DENSE, KERNEL), VARIANCES[name], strict=True):
        weight = draw(name, shape)
        assert weight.shape == shape
        centre = 0.1 if name == "constant" else 0.0
        error = np.sqrt(variance / weight.size)
        assert abs(weight.mean() - centre) <= 5 * error + 1e-8
        assert weight.var() == pytest.approx(variance, rel=5 * np.sqrt(2 / weight.size), abs=1e-12)


@pytest.mark.parametrize("name", VARIANCES)
def test_draws_repeat_by_key_and_keep_the_precision_asked_for(name):
    """The same key gives the same weights bit for bit; another key others, unless nothing is random."""
    fixed = name in ("zeros", "constant")
    np.testing.assert_array_equal(draw(name, (8, 5)), draw(name, (8, 5)))
    assert (draw(name, (8, 5)) == draw(name, (8, 5), seed=1)).all() == fixed
    with jax.enable_x64(True):
        assert INITIALIZERS[name](jax.random.key(0), (8, 5), jnp.float64).dtype == np.float64


def test_uniform_weights_fill_their_interval_and_normal_ones_are_not_cut():
    """U(-b, b) has b = sqrt(3 variance); a normal reaches past the two deviations of a truncated one."""
    for name, variance in (("xavier_uniform", 2 / 500), ("he_uniform", 2 / 300)):
        assert np.abs(draw(name, DENSE)).max() == pytest.approx(np.sqrt(3 * variance), rel=1e-3)
    for name, variance in (("lecun_normal", 1 / 300), ("he_normal", 2 / 300), ("xavier_normal", 2 / 500)):
        assert np.abs(draw(name, DENSE)).max() > 3.5 * np.sqrt(variance)


@pytest.mark.parametrize("shape", [(50, 30), (30, 50), (40, 40), (3, 3, 4, 20), (3, 3, 2, 30)])
def test_orthogonal_weights_are_orthogonal(shape):
    """W^T W = I, or W W^T = I where there are more units than inputs, kernels as matrices."""
    weight = draw("orthogonal", shape).reshape(-1, shape[-1])
    gram = weight.T @ weight if len(weight) >= shape[-1] else weight @ weight.T
    np.testing.assert_allclose(gram, np.eye(len(gram)), atol=1e-5)


def test_orthogonal_weights_favour_no_rotation():
    """The first entry of LAPACK's own Q is never positive; of evenly drawn rotations half of them are."""
    first = [draw("orthogonal", (4, 4), seed)[0, 0] > 0 for seed in range(40)]
    assert 10 < sum(first) < 30


@pytest.mark.parametrize(("name", "factor"), [("he_normal", 1.0), ("he_uniform", 1.0), ("lecun_normal", 0.5)])
def test_he_weights_keep_the_second_moment_through_relu_layers(name, factor):
    """The reason for the 2 in He's formula: layer by layer the signal neither grows nor dies."""
    h = np.random.default_rng(0).normal(size=(200, 512))
    moments = []
    for layer in range(8):
        z = h @ draw(name, (512, 512), layer)
        moments.append(np.mean(z**2))
        h = np.maximum(z, 0)
    assert (moments[-1] / moments[0]) ** (1 / 7) == pytest.approx(factor, rel=0.05)
