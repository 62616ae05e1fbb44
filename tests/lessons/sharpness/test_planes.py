"""Slices of a rescaled network, and what is known of any slice."""

import jax
import numpy as np
import pytest

from landscape.core.tree import size
from landscape.geometry.planes.constructors import pca_plane, random_plane
from landscape.lessons.settings import read
from landscape.lessons.sharpness.planes import POINTS, Settings, answer, measure
from landscape.study.sharpness.edge_of_stability import descend
from landscape.study.sharpness.weight_rescaling import change, rescale, solved


@pytest.mark.row("S1-02")
def test_the_middle_of_a_slice_is_the_network():
    """The centre cell holds the loss of the weights themselves."""
    loss, params = solved()
    for grids in measure(read(Settings, {})).slices.values():
        for grid in grids:
            middle = grid.loss[POINTS // 2, POINTS // 2]
            assert abs(float(middle) - float(loss(params))) < 1e-6


@pytest.mark.row("S1-02")
def test_directions_have_the_length_of_the_weights():
    """Unit by unit, within 1e-5."""
    _, params = solved()
    for direction in random_plane(params, jax.random.key(0), filter_axis=-1).directions:
        for drawn, weight in zip(direction, params, strict=True):
            lengths = [np.linalg.norm(np.asarray(w, float), axis=0) for w in (drawn, weight)]
            np.testing.assert_allclose(*lengths, rtol=1e-5)


@pytest.mark.row("S1-02")
@pytest.mark.parametrize("draw", range(3))
def test_only_the_raw_slice_changes(draw):
    """First layer times 10, last divided by it: more than tenfold raw, not at all when normalised."""
    found = measure(read(Settings, {"factor": 10.0, "draw": draw}))
    assert change(*found.slices["raw"]) > 10
    assert change(*found.slices["filter"]) - 1 < 1e-4
    assert found.loss[1] == pytest.approx(found.loss[0], rel=1e-5)


@pytest.fixture(scope="module")
def path():
    """The way of a small tanh network on a noisy wave, 2,000 steps of gradient descent."""
    return descend(0.1, steps=2_000, records=20).params


def captured(plane, path):
    """The share of the squared way from the path's points to its end that lies in a plane."""
    _, off = plane.project(path)
    away = [np.asarray(leaf, float) - np.asarray(leaf[-1], float) for leaf in jax.tree.leaves(path)]
    return 1 - float((off**2).sum() / sum((leaf**2).sum() for leaf in away))


@pytest.mark.row("S1-02")
@pytest.mark.parametrize("seed", range(3))
def test_a_random_plane_shows_hardly_anything_of_the_path(path, seed):
    """Less than 3 % of the squared displacement from the end, of a network of 1,153 parameters."""
    end = jax.tree.map(lambda leaf: leaf[-1], path)
    assert size(end) == 1153
    assert 0 <= captured(random_plane(end, jax.random.key(seed), filter_axis=-1), path) < 0.03


@pytest.mark.row("S1-02")
def test_the_plane_of_the_path_shows_nearly_all_of_it(path):
    """More than 95 %, both of its variance and of the squared displacement from the end."""
    plane = pca_plane(path)
    assert plane.explained.sum() > 0.95
    assert captured(plane, path) > 0.95


def test_a_rescaled_network_is_as_sharp_as_one_likes():
    """The largest eigenvalue grows by the square of c, nearly, though no output changes (Dinh 2017)."""
    before, after = measure(read(Settings, {"factor": 10.0})).sharpness
    assert after > 10 * before


def test_no_output_changes():
    """The rescaled network is the same function, at any point."""
    loss, params = solved()
    x = np.random.default_rng(0).normal(size=(50, 2)).astype(np.float32)
    same = [type(loss)(x, np.zeros(50, np.float32))(one) for one in (params, rescale(params, 0.1))]
    assert float(same[0]) == pytest.approx(float(same[1]), rel=1e-5)


def test_the_normalised_slice_stays():
    """The answer is what was measured."""
    assert answer() == 1
