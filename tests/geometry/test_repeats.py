"""Other random directions: how much the picture would differ, and that they are drawn by its own rule."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from tests.geometry.pictures import Bowl, picture


def random_picture(loss, key=0, n=(20, 10), **options):
    weights = np.random.default_rng(1).normal(size=n).astype(np.float32)
    where = ls.random_plane(weights, jax.random.key(key), normalization="none")
    return where, picture(loss, where, **options).repeats


def test_an_isotropic_bowl_looks_the_same_along_every_direction():
    """d' H d = |d|^2 scatters by sqrt(2 / n), here a tenth."""
    _, found = random_picture(lambda w: jnp.sum(w**2), repeats=6)
    assert found.verdict == "steady"
    assert found.rise_spread == pytest.approx(0.1, rel=0.5)
    assert found.curvature_spread == pytest.approx(found.rise_spread, rel=0.1)


def test_a_loss_that_bends_in_one_direction_depends_on_the_draw():
    """(v'd)^2 is a chi-square of one degree of freedom: its spread is sqrt 2."""
    _, found = random_picture(lambda w: 50 * w[0, 0] ** 2, repeats=12)
    assert found.verdict in ("varies", "depends")
    assert found.rise_spread > 0.6


@pytest.mark.slow
def test_the_cuts_are_the_loss_along_straight_lines():
    """The picture's own axes first; each as long as the picture; curvature as the dense Hessian has it."""

    def loss(w):
        return jnp.sum(jnp.cos(w) + w**3)

    where, found = random_picture(loss, repeats=2, n=(4, 3))
    assert found.cuts.shape == (6, 41)
    assert found.own == 2
    assert (found.t[0], found.t[-1]) == (-1.0, 1.0)
    hessian = np.asarray(jax.hessian(lambda x: loss(x.reshape(4, 3)))(where.center.ravel()), float)
    for i, direction in enumerate(where.directions):
        line = [float(loss(where.center + np.float32(t) * direction)) for t in found.t]
        np.testing.assert_allclose(found.cuts[i], line, rtol=1e-4)
        expected = direction.ravel() @ hessian @ direction.ravel()
        assert found.curvature[i] == pytest.approx(expected, rel=1e-4)
        assert found.rise[i] == pytest.approx((line[0] + line[-1]) / 2 - line[20], rel=1e-3)


def test_the_other_draws_are_others_even_with_the_picture_s_own_key():
    """The same key must not draw the same plane again, which would look steadier than it is."""
    _, found = random_picture(lambda w: jnp.sum(jnp.cos(3 * w)), key=7, repeats=3, n=(4, 3))
    assert len({round(float(value), 3) for value in found.rise}) == len(found.rise)


def test_the_draws_follow_the_picture_s_own_normalization():
    """Filter-normalised directions leave biases alone and are as long as the filters."""
    weights = {"w": np.ones((6, 4), np.float32), "b": np.ones(4, np.float32)}
    where = ls.random_plane(weights, jax.random.key(0), filter_axis=-1)

    def loss(p):
        return jnp.sum(p["w"] ** 2) + 1e3 * jnp.sum((p["b"] - 1) ** 2)

    found = picture(loss, where).repeats
    np.testing.assert_allclose(found.curvature, 2 * 24, rtol=1e-5)


def test_only_random_planes_are_drawn_again():
    """A second draw would not change any other plane."""
    assert picture(Bowl()).repeats is None
    assert random_picture(lambda w: jnp.sum(w**2), repeats=0)[1] is None


def test_a_loss_with_its_own_backward_rule_has_a_curvature():
    """Such a loss knows no forward derivative; the gradient's derivative is enough."""

    @jax.custom_vjp
    def squares(w):
        return jnp.sum(w**2)

    squares.defvjp(lambda w: (squares(w), w), lambda w, slope: (2 * slope * w,))
    where, found = random_picture(squares, repeats=1, n=(4, 3))
    own = [2 * np.sum(direction.astype(float) ** 2) for direction in where.directions]
    np.testing.assert_allclose(found.curvature[:2], own, rtol=1e-5)


def test_a_loss_computed_elsewhere_has_cuts_and_no_curvature():
    """A callback, as to another framework, cannot be differentiated: NaN, and the rest of the report."""

    def outside(w):
        return jax.pure_callback(
            lambda w: np.float32(np.sum(w**2)),
            jax.ShapeDtypeStruct((), np.float32),
            w,
            vmap_method="sequential",
        )

    _, found = random_picture(outside, repeats=1, n=(4, 3))
    assert np.isnan(found.curvature).all()
    assert found.curvature_spread == np.inf
    assert np.isfinite(found.rise).all()
