"""Where a picture has its points: the centre and the ends of a line are always among them."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import landscape as ls
from landscape.geometry.planes.span import frame

A, B, C = np.array([1.0, 0.0, 2.0]), np.array([-1.0, 0.5, 0.0]), np.array([3.0, 1.0, 1.0])
PATH = np.random.default_rng(0).normal(size=(30, 3))


def loss(p):
    return jnp.sum(p**2)


@pytest.mark.slow
@given(st.integers(4, 120), st.integers(4, 120))
def test_the_ends_of_a_line_and_marks_on_its_axes_are_points(na, nb):
    """Exactly 0 and 1, evenly spaced, with every mark inside and some room around the ends."""
    [line] = frame(ls.interpolation_plane(A, B), (na, nb))
    a, b = frame(plane := ls.interpolation_plane(A, B, C), (na, nb))
    for points in (line, a, b):
        assert 0.0 in points
        np.testing.assert_allclose(np.diff(points), np.diff(points)[0], rtol=1e-9)
    assert (len(line), len(a), len(b)) == (na, na, nb)
    assert 1.0 in line
    assert 1.0 in a
    assert plane.marks[2, 1] in b
    assert line[0] <= -0.149
    assert line[-1] >= 1.149
    assert a[0] < plane.marks[:, 0].min()
    assert a[-1] > plane.marks[:, 0].max()


@pytest.mark.slow
@given(st.integers(3, 120))
def test_the_centre_is_a_point_of_every_plane(count):
    """Of a random one and of a path's, which it still holds with its margin."""
    for plane in (ls.random_plane(A, 0, normalization="none"), pca := ls.pca_plane(PATH)):
        for axis in frame(plane, (count, count), paths=[PATH] if plane is pca else ()):
            assert 0.0 in axis
            assert len(axis) == count
    coordinates = pca.project(PATH)[0]
    for axis, low, high in zip(
        frame(pca, (count, count), paths=PATH), *(coordinates.min(0), coordinates.max(0)), strict=True
    ):
        room = 0.149 * (high - low)
        assert axis[0] <= low - room
        assert axis[-1] >= high + room


def test_a_plane_without_paths_reaches_from_minus_one_to_one():
    axis, _ = frame(ls.random_plane(A, 0, normalization="none"), (51, 51))
    np.testing.assert_allclose(axis, np.linspace(-1, 1, 51), atol=1e-12)


def test_a_span_that_is_asked_for_is_taken_as_it_is():
    a, b = frame(ls.pca_plane(PATH), (4, 7), ((0.1, 0.4), (-0.2, 0.4)))
    np.testing.assert_allclose(a, [0.1, 0.2, 0.3, 0.4])
    assert b[2] == 0.0  # and not 3e-17, as even spacing gives


def test_the_default_grid_of_a_line_holds_the_losses_of_its_ends():
    grid = ls.evaluate(loss, ls.interpolation_plane(A, B))
    for at, end in ((0.0, A), (1.0, B)):
        assert grid.loss[list(grid.a).index(at), 0] == pytest.approx(float(loss(end)), rel=1e-6)


# Barriers


def test_a_barrier_is_the_most_above_the_straight_line_between_the_ends():
    """Of a tilted double well, against NumPy on a fine grid; 0 where the loss sags."""

    def tilted(w):
        return (w[0] ** 2 - 1) ** 2 + 0.3 * w[0]

    found = ls.barrier(tilted, np.array([-1.0, 0.0]), np.array([1.0, 0.0]), points=201)
    x = np.linspace(-1, 1, 201)
    values = (x**2 - 1) ** 2 + 0.3 * x
    assert found.height == pytest.approx(np.max(values - 0.3 * x), abs=1e-6)
    assert found.at == 0.5
    assert found.t[[0, -1]].tolist() == [0.0, 1.0]
    assert ls.barrier(loss, A, B).height == 0.0
    assert np.isnan(
        ls.barrier(lambda w: jnp.log(w[0]) + 0 * w[1], np.array([-1.0, 0]), np.array([1.0, 0])).height
    )


def test_bare_grids_and_repeats_are_cut_without_a_name():
    line = ls.evaluate(loss, ls.interpolation_plane(A, B), points=9)
    assert len(ls.figures.cuts(line).data) == 1
    assert len(ls.figures.cuts([line, line]).data) > 1
    plane = ls.random_plane(A, 0, normalization="none")
    repeats = ls.trust(ls.evaluate(loss, plane, points=5), loss, repeats=1).repeats
    assert len(ls.figures.cuts(repeats).data) > 1
    with pytest.raises(ValueError, match="one of a plane"):
        ls.figures.cuts(ls.evaluate(loss, plane, points=5))
    with pytest.raises((TypeError, ValueError)):
        ls.figures.cuts(7)
