"""Coordinates in a plane and the distance off it are those of least squares, for any tree, block by block."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import landscape as ls
from landscape.geometry import projection
from tests.geometry import dense

N = 79  # numbers in the dense network


def flat(tree):
    return np.concatenate([np.ravel(leaf) for leaf in jax.tree.leaves(tree)])


def rows_like(tree, count, seed):
    random = np.random.default_rng(seed)
    return jax.tree.map(lambda p: random.normal(size=(count, *p.shape)).astype(np.float32), tree)


def skewed():
    """A plane whose directions are neither orthogonal nor of one length."""
    first, second = dense.weights(1), dense.weights(2)
    second = jax.tree.map(lambda a, b: 3 * a + 0.5 * b, first, second)
    return ls.Plane(dense.weights(0), (first, second))


@pytest.mark.parametrize("block", [64, 2**25])
def test_projection_is_least_squares(block, monkeypatch):
    """NumPy's own solver, on the whole matrix, finds the same, however few columns are read at a time."""
    monkeypatch.setattr(projection, "BLOCK_BYTES", block)
    plane, rows = skewed(), rows_like(dense.weights(), 11, seed=3)
    matrix = np.stack([flat(jax.tree.map(lambda leaf, i=i: leaf[i], rows)) for i in range(11)])
    away = matrix.astype(np.float64) - flat(plane.center)
    axes = np.stack([flat(d) for d in plane.directions]).astype(np.float64)
    wanted = np.linalg.lstsq(axes.T, away.T, rcond=None)[0].T
    coordinates, off = plane.project(rows)
    np.testing.assert_allclose(coordinates, wanted, rtol=1e-9)
    np.testing.assert_allclose(off, np.linalg.norm(away - wanted @ axes, axis=1), rtol=1e-9)


def test_a_long_direction_counts_once():
    """The coordinate is divided by the squared norm: at coordinate 2 of a direction of norm 10 it is 2."""
    line = ls.Plane(np.ones(4), (np.array([6.0, 8.0, 0.0, 0.0]),))
    coordinate, off = line.project(line.point(2.0))
    assert coordinate.tolist() == [2.0]
    assert off == 0.0


COORDINATES = st.floats(-100, 100, width=32)


@given(a=COORDINATES, b=COORDINATES, seed=st.integers(0, 5), power=st.integers(-3, 3))
def test_a_point_of_the_plane_projects_to_its_coordinates(a, b, seed, power):
    """project(point(a, b)) = (a, b), off by nothing but rounding, whatever the directions' lengths."""
    center = jax.tree.map(lambda p: p.astype(np.float64), dense.weights(seed))
    first, second = (jax.tree.map(lambda p: p * 10.0**power, dense.weights(seed + k)) for k in (10, 20))
    plane = ls.Plane(center, (first, second))
    coordinates, off = plane.project(plane.point(a, b))
    size = np.linalg.norm(flat(center)) + 100 * np.linalg.norm(flat(first))
    np.testing.assert_allclose(coordinates, [a, b], atol=1e-6 * max(1, 10.0**-power))
    assert off <= 1e-6 * size


@given(arrays(np.float32, (3, 6), elements=st.floats(-10, 10, width=32)))
def test_the_way_off_is_orthogonal_to_the_plane(rows):
    """Pythagoras: distance to the centre squared = within the plane squared + off it squared."""
    axes = np.linalg.qr(np.random.default_rng(0).normal(size=(6, 2)))[0].T
    plane = ls.Plane(np.zeros(6), tuple(axes))
    coordinates, off = plane.project(rows)
    whole = np.sum(rows.astype(np.float64) ** 2, axis=1)
    np.testing.assert_allclose(np.sum(coordinates**2, axis=1) + off**2, whole, rtol=1e-9, atol=1e-12)


def test_parameters_without_rows_give_one_point():
    plane = skewed()
    coordinates, off = plane.project(plane.point(0.5, -1.5))
    assert coordinates.shape == (2,)
    assert np.shape(off) == ()
    np.testing.assert_allclose(coordinates, [0.5, -1.5], atol=1e-5)


def test_arrays_on_the_device_are_rows_too():
    plane, rows = skewed(), rows_like(dense.weights(), 3, seed=3)
    there = jax.tree.map(jnp.asarray, rows)
    assert np.array_equal(plane.project(there)[0], plane.project(rows)[0])


@pytest.mark.parametrize(
    "given",
    [
        {"w1": np.zeros((5, 8))},
        dense.weights() | {"w1": np.zeros((5, 9))},
        [np.zeros(3)],
        jax.tree.map(lambda p: np.zeros((2, 2, *p.shape)), dense.weights()),
    ],
    ids=["missing", "shape", "list", "two axes"],
)
def test_another_network_is_refused(given):
    with pytest.raises(ValueError, match="the plane's centre"):
        skewed().project(given)
