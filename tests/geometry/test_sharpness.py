"""Sharpness against boxes whose maximum is known."""

import itertools
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscape.geometry.curvature.sharpness import filter_sharpness, sharpness
from landscape.geometry.grids.batched_losses import Cancelled
from tests.compiling import compilations
from tests.geometry.quadratics import network, quadratic


@pytest.mark.parametrize("seed", range(5))
def test_a_convex_quadratic_s_sharpness_is_at_its_highest_corner(seed):
    """All 256 corners of the box in eight dimensions, against the ascent."""
    loss = quadratic(np.geomspace(0.1, 30, 8), seed)
    point = np.random.default_rng(seed).normal(size=8).astype(np.float32)
    eps = 0.05
    hessian = np.asarray(loss.hessian, float)
    corners = point + eps * (np.abs(point) + 1) * np.array(list(itertools.product((-1, 1), repeat=8)))
    at = 0.5 * np.einsum("ci,ij,cj->c", corners, hessian, corners)
    centre = 0.5 * point @ hessian @ point
    assert sharpness(loss, point, eps=eps) == pytest.approx(
        100 * (at.max() - centre) / (1 + centre), rel=1e-4
    )


def test_a_maximum_inside_the_box_is_found_to_its_last_digits():
    """Halving the stride lets the ascent come to rest where no corner is highest."""
    peak = jnp.array([0.02, -0.03])
    found = sharpness(lambda x: 1 - 50 * jnp.sum((x - peak) ** 2), np.zeros(2), eps=0.1)
    centre = 1 - 50 * (0.02**2 + 0.03**2)
    assert found == pytest.approx(100 * (1 - centre) / (1 + centre), rel=1e-4)


def test_a_minimum_has_no_slope_to_start_from_and_is_left_by_the_random_starts():
    """At the bottom the gradient is 0: without a random start nothing would rise."""
    loss = quadratic([4.0, 1.0])
    assert sharpness(loss, np.zeros(2), eps=0.1, starts=0) == 0
    assert sharpness(loss, np.zeros(2), eps=0.1) > 2


@pytest.mark.slow
def test_no_random_point_of_the_box_lies_higher():
    """On a network, 2,000 random corners stay below what the ascent found."""
    loss, params = network()
    found = sharpness(loss, params, eps=0.01)
    rng = np.random.default_rng(0)

    def corners(p):
        return p + 0.01 * (np.abs(p) + 1) * rng.choice((-1.0, 1.0), (2_000, *p.shape))

    points = jax.tree.map(corners, jax.tree.map(np.asarray, params))
    centre = float(loss(params))
    best = 100 * (float(jax.vmap(loss)(points).max()) - centre) / (1 + centre)
    assert 0 < best < found


def test_a_flat_loss_is_not_sharp():
    assert sharpness(lambda x: 0.0 * x[0] + 2.0, np.zeros(2)) == 0


def test_a_loss_that_overflows_in_the_box_is_infinitely_sharp():
    assert sharpness(lambda x: jnp.exp(1e3 * x[0]), np.zeros(1), eps=1.0) == np.inf


def test_new_numbers_do_not_recompile():
    loss, params = network()
    sharpness(loss, params)
    other, key = network(3), jax.random.key(4)
    assert compilations(lambda: sharpness(*other, eps=0.3, starts=2, steps=9, key=key)) == 0


def test_the_door_says_what_is_allowed():
    loss = quadratic([1.0, 2.0])
    with pytest.raises(ValueError, match="eps must be"):
        sharpness(loss, np.zeros(2), eps=0.0)
    with pytest.raises(ValueError, match="steps must be"):
        sharpness(loss, np.zeros(2), steps=0)
    with pytest.raises(ValueError, match="above -1; it is -3"):
        sharpness(lambda x: x[0] ** 2 - 3.0, np.zeros(1))


def layers(*scales):
    """A ReLU network without biases, its layers rescaled, and its squared error on fixed data."""
    draw = np.random.default_rng(3).normal
    x, y = draw(size=(40, 5)).astype(np.float32), draw(size=(40, 2)).astype(np.float32)
    shapes = [(5, 8), (8, 8), (8, 2)]
    weights = [c * draw(size=s).astype(np.float32) / s[0] ** 0.5 for s, c in zip(shapes, scales, strict=True)]

    def loss(params):
        h = x
        for weight in params[:-1]:
            h = jax.nn.relu(h @ weight)
        return jnp.mean((h @ params[-1] - y) ** 2)

    return loss, weights


def test_rescaling_a_relu_network_changes_the_raw_rise_and_not_the_filter_normalised_one():
    """Layer one times ten and layer two over ten is the same function (Li et al. 2018, section 4)."""
    plain, weights = layers(1.0, 1.0, 1.0)
    _, scaled = layers(10.0, 0.1, 1.0)
    assert float(plain(weights)) == pytest.approx(float(plain(scaled)), rel=1e-4)
    normal = [
        filter_sharpness(plain, w, samples=16, radius=0.5, filter_axis=-1).value for w in (weights, scaled)
    ]
    raw = [
        filter_sharpness(plain, w, samples=16, radius=0.5, normalization="none").value
        for w in (weights, scaled)
    ]
    assert normal[0] == pytest.approx(normal[1], rel=1e-3)
    assert raw[1] > 5 * raw[0]


def test_the_rise_lies_within_its_error_of_the_expected_one():
    """On f = |w|^2 / 2 with curvature along every filter, d' H d / 2 = r^2 |w|^2 / 2 for every direction;
    with a curvature that differs within a filter, its mean follows from E d_i^2 = |w|^2 / rows."""
    curvature = jnp.arange(1.0, 7.0).reshape(3, 2)
    weights = np.random.default_rng(0).normal(size=(3, 2)).astype(np.float32)

    def loss(w):
        return jnp.sum(curvature * (w - weights) ** 2) / 2

    estimate = filter_sharpness(loss, weights, radius=0.2, samples=400, filter_axis=-1)
    filters = np.sum(weights**2, axis=0) / 3
    expected = 0.2**2 / 2 * float(np.sum(np.asarray(curvature) * filters))
    assert 0 < estimate.error < 0.05 * expected
    assert abs(estimate.value - expected) < 3 * estimate.error


def test_what_has_no_filter_is_refused():
    with pytest.raises(ValueError, match="the direction is zero everywhere"):
        filter_sharpness(lambda w: jnp.sum(w**2), np.ones(3), filter_axis=-1)
    with pytest.raises(ValueError, match="radius must be"):
        filter_sharpness(lambda w: jnp.sum(w**2), np.ones((3, 2)), radius=-1.0, filter_axis=-1)


def test_long_searches_can_be_cancelled():
    loss, params = network()
    heard = []
    sharpness(loss, params, starts=2, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 3), (2, 3), (3, 3)]
    for work in (sharpness, partial(filter_sharpness, filter_axis=-1)):
        with pytest.raises(Cancelled):
            work(loss, params, progress=lambda done, total: False)
