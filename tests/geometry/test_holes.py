"""Cells without a finite loss: counted, placed, and explained by what double precision says."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from landscape.geometry.planes.plane import Plane
from landscape.geometry.trusting.trust import trust
from tests.geometry.pictures import picture


def holes(loss, center=0.0, span=4.0, dtype=np.float32, where=None):
    """The holes in a picture over two parameters, along axes that are neither orthogonal nor unit."""
    directions = (np.array([2.0, 0.0], dtype), np.array([1.0, 1.0], dtype))
    where = Plane(np.full(2, center, dtype), directions, kind="gradient") if where is None else where
    grid = ls.evaluate(loss, where, span=span, points=20)
    return grid, trust(grid, loss).holes


def test_a_picture_without_holes_has_none():
    assert holes(lambda p: p @ p)[1] == ()


def test_a_hole_says_how_many_cells_and_where_the_nearest_is():
    """Counted and measured in parameter space by brute force."""
    grid, (hole,) = holes(lambda p: jnp.sqrt(p[0] + 2))
    a, b = np.meshgrid(grid.a, grid.b, indexing="ij")
    bad = 2 * a + b < -2
    lengths = np.where(bad, np.hypot(2 * a + b, b), np.inf)
    i, j = np.unravel_index(np.argmin(lengths), lengths.shape)
    assert hole.count == bad.sum()
    assert hole.distance == pytest.approx(lengths[i, j])
    assert hole.nearest == pytest.approx((grid.a[i], grid.b[j]))


@pytest.mark.parametrize(
    ("loss", "shown", "why"),
    [
        (lambda p: jnp.sqrt(p[0] + 2), np.nan, "undefined"),
        (lambda p: jnp.log(p[0] + 2), np.nan, "undefined"),
        (lambda p: jnp.log(jnp.maximum(p[0] + 2, 0.0)), -np.inf, "minus_infinite"),
        (lambda p: 1 / jnp.maximum(p[0] + 2, 0.0), np.inf, "infinite"),
        (lambda p: jnp.exp(50 * p[0]), np.inf, "precision"),
        (lambda p: jnp.exp(50 * p[0]) - jnp.exp(49.9 * p[0]), np.nan, "precision"),
        (lambda p: -jnp.exp(50 * p[0]), -np.inf, "precision"),
        (lambda p: jnp.exp(5000 * p[0]), np.inf, "infinite"),
        (lambda p: jnp.exp(50 * p[0].astype(jnp.float32)), np.inf, "unknown"),
    ],
)
def test_a_hole_says_why(loss, shown, why):
    """Logarithms, roots, poles and numbers too large for single precision are told apart."""
    hole = holes(loss)[1][0]
    assert hole.why == why
    np.testing.assert_equal(hole.shown, shown)
    if why == "precision":
        point = np.array([2 * hole.nearest[0] + hole.nearest[1], hole.nearest[1]])
        with jax.enable_x64(True):
            assert hole.double == pytest.approx(float(loss(jnp.asarray(point, jnp.float64))), rel=1e-6)
        assert np.isfinite(hole.double)


def test_parameters_beyond_their_type_are_named():
    """Far enough out the parameters themselves overflow, before any loss is computed."""
    where = Plane(np.ones(2, np.float32), (np.array([1e30, 0], np.float32), np.array([0, 1], np.float32)))
    _, (hole,) = holes(lambda p: 0.0 * p[0] + p[1] ** 2, span=((-1e9, 1e9), (-1.0, 1.0)), where=where)
    assert hole.why == "parameters"
    assert hole.double is None


def test_each_kind_of_value_is_listed_nearest_first():
    """An infinity close by and a NaN further out."""
    _, found = holes(lambda p: jnp.where(p[0] > 5, jnp.nan, jnp.where(p[0] > 1, jnp.inf, p[0])))
    assert [np.isnan(hole.shown) for hole in found] == [False, True]
    assert found[0].distance < found[1].distance


def test_a_loss_in_double_precision_is_not_blamed_on_single():
    with jax.enable_x64(True):
        _, found = holes(lambda p: jnp.exp(5000 * p[0]), dtype=np.float64)
    assert [hole.why for hole in found] == ["infinite"]


def test_a_picture_that_is_mostly_holes_exaggerates():
    """Three quarters of a root's plane are undefined."""

    def loss(p):
        return jnp.sqrt(p[0] - 2) + jnp.sqrt(p[1] - 2)

    where = Plane(np.full(2, 3.0, np.float32), tuple(np.eye(2, dtype=np.float32)), kind="gradient")
    found = picture(loss, where, span=4.0).range
    assert (found.verdict, found.reason) == ("exaggerates", "holes")
