"""Sharpness against boxes whose maximum is known."""

import itertools

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscape.geometry.sharpness import sharpness
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
    other = network(3)
    assert compilations(lambda: sharpness(*other, eps=0.3, starts=2, steps=9, key=jax.random.key(4))) == 0


def test_the_door_says_what_is_allowed():
    loss = quadratic([1.0, 2.0])
    with pytest.raises(ValueError, match="eps must be"):
        sharpness(loss, np.zeros(2), eps=0.0)
    with pytest.raises(ValueError, match="steps must be"):
        sharpness(loss, np.zeros(2), steps=0)
    with pytest.raises(ValueError, match="above -1; it is -3"):
        sharpness(lambda x: x[0] ** 2 - 3.0, np.zeros(1))
