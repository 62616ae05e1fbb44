"""Each kind of plane is what NumPy makes of its definition, and the laws of random directions hold."""

import tracemalloc

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from sklearn.decomposition import PCA

import landscape as ls
from landscape.core.types import Status
from landscape.geometry import projection
from landscape.geometry.planes.directions import random_direction
from tests.geometry import dense
from tests.geometry.test_projection import flat, rows_like

KEY = jax.random.key(3)


def unit(vector):
    return vector / np.linalg.norm(vector)


# Random directions


@pytest.mark.parametrize("axis", [0, 1, 2, 3, -1])
def test_filter_normalization_is_that_of_li_et_al(axis):
    """Filter by filter d <- d / |d| * |w|, for kernels of any order of axes, recomputed by loops."""
    center = {"kernel": dense.RANDOM.normal(size=(3, 2, 4, 5)).astype(np.float32), "bias": np.ones(5)}
    raw = random_direction(ls.random_plane(center, KEY, filter_axis=axis).center, KEY, "none")
    drawn = random_direction(jax.tree.map(np.float32, center), KEY, "filter", axis)
    weights, numbers = (np.moveaxis(tree["kernel"].astype(np.float64), axis, 0) for tree in (center, raw))
    wanted = np.stack(
        [d / np.linalg.norm(d) * np.linalg.norm(w) for d, w in zip(numbers, weights, strict=True)]
    )
    np.testing.assert_allclose(np.moveaxis(drawn["kernel"], axis, 0), wanted, rtol=1e-5)
    assert not drawn["bias"].any()


def test_layer_normalization_gives_each_leaf_the_norm_of_its_weights():
    center = dense.weights()
    raw, drawn = (random_direction(center, KEY, how) for how in ("none", "layer"))
    for name in ("w1", "w2"):
        wanted = unit(raw[name].astype(np.float64)) * np.linalg.norm(center[name])
        np.testing.assert_allclose(drawn[name], wanted, rtol=1e-5)
    assert not drawn["b1"].any()
    assert not drawn["b2"].any()


def test_a_filter_of_zeros_stays_where_it_is():
    """Its norm is 0, so its direction is, and nothing becomes NaN."""
    center = dense.weights()
    center["w1"][:, 2] = 0.0
    plane = ls.random_plane(center, KEY, filter_axis=-1)
    for direction in plane.directions:
        assert not direction["w1"][:, 2].any()
        assert np.isfinite(flat(direction)).all()


def test_two_draws_differ_and_one_key_draws_the_same():
    plane, again = (ls.random_plane(dense.weights(), KEY, filter_axis=-1) for _ in range(2))
    assert np.array_equal(flat(plane.directions), flat(again.directions))
    assert abs(unit(flat(plane.directions[0])) @ unit(flat(plane.directions[1]))) < 0.6


def test_random_directions_are_nearly_orthogonal():
    """E|cos| = sqrt(2 / (pi n)), within four standard errors of 300 planes (Li et al. 2018)."""
    n = 500
    planes = (ls.random_plane(np.zeros(n), key, normalization="none") for key in jax.random.split(KEY, 300))
    cosines = [abs(unit(plane.directions[0]) @ unit(plane.directions[1])) for plane in planes]
    error = np.std(cosines) / np.sqrt(len(cosines))
    assert abs(np.mean(cosines) - np.sqrt(2 / (np.pi * n))) < 4 * error


@pytest.mark.slow
def test_curvature_along_gaussian_directions_is_the_trace():
    """E[d'Hd] = tr H, within four standard errors of 600 directions (Li et al. 2018)."""
    half = np.random.default_rng(0).normal(size=(40, 40))
    hessian = half @ half.T - 20 * np.eye(40)
    planes = (ls.random_plane(np.zeros(40), key, normalization="none") for key in jax.random.split(KEY, 300))
    values = [d @ hessian @ d for plane in planes for d in plane.directions]
    assert abs(np.mean(values) - np.trace(hessian)) < 4 * np.std(values) / np.sqrt(len(values))


def test_a_rescaled_relu_network_changes_only_the_raw_picture():
    """One layer times 10 and the next over 10 is the same function: raw directions show another picture,
    filter-normalised ones the same (Li et al. 2018)."""
    center = dense.weights()
    scales = {"w1": 10.0, "b1": 10.0, "w2": 0.1, "b2": 1.0}
    rescaled = {name: (scale * center[name]).astype(np.float32) for name, scale in scales.items()}
    assert float(dense.loss(rescaled)) == pytest.approx(float(dense.loss(center)), rel=1e-5)

    def picture(params, normalization):
        plane = ls.random_plane(params, KEY, filter_axis=-1, normalization=normalization)
        return ls.evaluate(dense.loss, plane, points=9).loss

    np.testing.assert_allclose(picture(rescaled, "filter"), picture(center, "filter"), rtol=1e-4)
    assert np.max(np.abs(picture(rescaled, "none") / picture(center, "none") - 1)) > 0.5


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "needs filter_axis"),
        ({"filter_axis": 2}, "no axis of a weight"),
        ({"normalization": "weights"}, "must be 'filter', 'layer' or 'none'"),
    ],
)
def test_directions_that_make_no_sense_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        ls.random_plane(dense.weights(), KEY, **options)


def test_a_plane_that_would_move_nothing_is_refused():
    """Only biases, or only weights of zero: filter normalization has no length to give."""
    for center in (np.ones(4), {"w": np.zeros((3, 2))}):
        with pytest.raises(ValueError, match="zero everywhere"):
            ls.random_plane(center, KEY, filter_axis=-1)


@pytest.mark.parametrize(
    "bad", [{"w": "text"}, {"w": np.zeros(2, complex)}, {"w": jax.random.key(0)}, [jnp.sin]]
)
def test_parameters_that_are_no_numbers_are_refused(bad):
    with pytest.raises(TypeError, match="arrays of real numbers only"):
        ls.random_plane(bad, KEY, normalization="none")


@pytest.mark.parametrize(("bad", "message"), [({}, "no number"), ([np.array([1.0, np.nan])], "finite")])
def test_parameters_without_values_are_refused(bad, message):
    with pytest.raises(ValueError, match=message):
        ls.random_plane(bad, KEY, normalization="none")


def test_a_plane_keeps_its_own_copy():
    """What the caller does to the arrays afterwards changes no plane."""
    params = dense.weights()
    plane = ls.random_plane(params, KEY, filter_axis=-1)
    params["w1"] += 1.0
    assert np.array_equal(plane.center["w1"], dense.weights()["w1"])


# Principal directions of a path


@pytest.mark.parametrize("count", [6, 200], ids=["fewer rows than numbers", "more rows than numbers"])
@pytest.mark.parametrize("block", [512, 2**25])
def test_pca_is_sklearn_s(count, block, monkeypatch):
    """Directions, shares of the variance and coordinates, from either Gram matrix, block by block."""
    monkeypatch.setattr(projection, "BLOCK_BYTES", block)
    rows = rows_like(dense.weights(), count, seed=1)
    rows = jax.tree.map(lambda p: np.cumsum(p, axis=0), rows)  # a random walk has clear directions
    matrix = np.stack([flat(jax.tree.map(lambda leaf, i=i: leaf[i], rows)) for i in range(count)])
    wanted = PCA(n_components=2, svd_solver="full").fit(matrix.astype(np.float64))
    plane = ls.pca_plane(rows)
    axes = np.stack([flat(d) for d in plane.directions])
    signs = np.sign(np.sum(axes * wanted.components_, axis=1))
    np.testing.assert_allclose(axes, signs[:, None] * wanted.components_, atol=1e-5)
    np.testing.assert_allclose(plane.explained, wanted.explained_variance_ratio_, rtol=1e-5)
    np.testing.assert_allclose(axes.astype(np.float64) @ axes.T, np.eye(2), atol=1e-6)
    coordinates, off = plane.project(rows)
    np.testing.assert_allclose(coordinates, (matrix - matrix[-1]) @ axes.T, atol=1e-4)
    assert coordinates[-1] == pytest.approx([0, 0], abs=1e-6)
    assert off[-1] == pytest.approx(0, abs=1e-6)
    assert np.all(coordinates[0] >= 0)


def test_a_long_path_is_never_held_in_double_precision():
    """What is allocated on the way stays below half of the rows' copy in double precision."""
    rows = [np.random.default_rng(0).normal(size=(160, 50_000)).astype(np.float32)]
    tracemalloc.start()
    ls.pca_plane(rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < rows[0].nbytes


def test_a_path_ends_where_it_became_non_finite():
    """The rows it then stood still on belong to no path, and the centre is its last finite point."""
    rows = np.random.default_rng(0).normal(size=(8, 5)).astype(np.float32)
    rows[6:] = rows[5]
    losses = np.zeros(15)
    path = ls.Trajectory(rows, {}, {}, losses, losses, losses, 2, 9, Status.DIVERGED)  # steps 0, 2, .., 14
    plane, alone = ls.pca_plane(path), ls.pca_plane(rows[:6])
    assert np.array_equal(plane.center, rows[5])
    assert np.array_equal(plane.explained, alone.explained)


@pytest.mark.slow
def test_the_plane_of_a_fit_s_path_is_that_of_its_trajectory():
    data = ls.DATASETS["moons"](samples=60)
    fit = ls.train(ls.SGD(0.1), ls.Network(hidden=(4,)), data, batch_size=10, epochs=3)["sgd"]
    plane, wanted = ls.pca_plane(fit), ls.pca_plane(fit.path.params)
    assert np.array_equal(flat(plane.directions), flat(wanted.directions))
    drawn = ls.random_plane(fit, KEY)
    assert drawn.filter_axis == ls.Network.FILTER_AXIS
    assert np.array_equal(flat(drawn.center), flat(fit.params))
    assert np.array_equal(
        flat(drawn.directions), flat(ls.random_plane(fit.params, KEY, filter_axis=-1).directions)
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (np.arange(4.0)[:, None] * np.ones(3), "on one line"),
        (np.ones((4, 3)), "on one line"),
        (np.ones((1, 3)), "on one line"),
        ({"a": np.ones((4, 3)), "b": np.ones((5, 3))}, "same axis of rows"),
        (np.array([[1.0, np.inf]]), "finite"),
    ],
)
def test_a_path_without_a_plane_is_refused(rows, message):
    with pytest.raises(ValueError, match=message):
        ls.pca_plane(rows)


# The Hessian and the gradient


@pytest.mark.slow
def test_hessian_plane_lies_along_the_outermost_eigenvectors():
    """Of the dense Hessian, found by NumPy's eigh; the curvature along each axis is its eigenvalue."""
    center = dense.weights()
    vector, unravel = jax.flatten_util.ravel_pytree(center)
    hessian = np.asarray(jax.hessian(lambda v: dense.loss(unravel(v)))(vector), np.float64)
    values, vectors = np.linalg.eigh(hessian)
    plane = ls.hessian_plane(dense.loss, center, KEY)
    assert plane.kind == "hessian"
    np.testing.assert_allclose(plane.eigenvalues, values[::-1][:2], rtol=1e-5)
    for direction, wanted in zip(plane.directions, vectors.T[::-1], strict=False):
        assert abs(flat(direction) @ wanted) == pytest.approx(1, abs=1e-5)
    lowest = ls.hessian_plane(dense.loss, center, KEY, which="smallest")
    np.testing.assert_allclose(lowest.eigenvalues, values[:2], rtol=1e-4, atol=1e-6)


def test_gradient_plane_descends_along_its_first_axis_only():
    """The first axis is the gradient, the second orthogonal to it, both of length one."""
    center = dense.weights()
    slope = flat(jax.grad(dense.loss)(center)).astype(np.float64)
    plane = ls.gradient_plane(dense.loss, center, KEY)
    first, second = (flat(d).astype(np.float64) for d in plane.directions)
    np.testing.assert_allclose(first, unit(slope), atol=1e-6)
    assert np.linalg.norm(second) == pytest.approx(1, abs=1e-6)
    assert first @ second == pytest.approx(0, abs=1e-6)
    other = ls.gradient_plane(dense.loss, center, jax.random.key(4))
    assert abs(flat(other.directions[1]) @ second) < 0.5


def test_a_stationary_point_has_no_gradient_plane():
    with pytest.raises(ValueError, match="points nowhere"):
        ls.gradient_plane(lambda p: jnp.sum(p**2), np.zeros(3), KEY)


# Through solutions


def test_a_line_runs_from_one_solution_to_the_other():
    a, b = dense.weights(1), dense.weights(2)
    line = ls.interpolation_plane(a, b)
    assert line.dimension == 1
    for share in (0.0, 0.25, 1.0):
        wanted = (1 - share) * flat(a).astype(np.float64) + share * flat(b)
        np.testing.assert_allclose(flat(line.point(share)), wanted, atol=1e-5)
    np.testing.assert_allclose(line.marks, [[0], [1]], atol=1e-6)


def test_a_plane_through_three_solutions_keeps_angles_and_distances():
    """Each solution is the point at its mark, and lengths in coordinates are lengths over |b - a|."""
    solutions = [dense.weights(seed) for seed in (1, 2, 3)]
    plane = ls.interpolation_plane(*solutions)
    a, b, c = (flat(s).astype(np.float64) for s in solutions)
    for mark, solution in zip(plane.marks, (a, b, c), strict=True):
        np.testing.assert_allclose(flat(plane.point(*mark)), solution, atol=1e-5)
    away, unit_length = plane.marks - plane.marks[0], np.linalg.norm(b - a)
    np.testing.assert_allclose(np.linalg.norm(away[2]), np.linalg.norm(c - a) / unit_length, rtol=1e-5)
    np.testing.assert_allclose(away[1] @ away[2], (b - a) @ (c - a) / unit_length**2, rtol=1e-5)


@pytest.mark.parametrize("third", [None, np.full(3, 2.0)])
def test_solutions_that_span_nothing_are_refused(third):
    first = np.zeros(3)
    with pytest.raises(ValueError, match=r"there is no line|span no plane"):
        ls.interpolation_plane(first, first if third is None else np.ones(3), third)


def test_solutions_of_different_networks_are_refused():
    with pytest.raises(ValueError, match=r"built like|have the shapes"):
        ls.interpolation_plane(np.zeros(3), np.zeros(4))


def test_one_axis_of_a_plane_is_a_line_with_its_facts():
    plane = ls.interpolation_plane(*(dense.weights(seed) for seed in (1, 2, 3)))
    line = plane.axis(1)
    assert line.dimension == 1
    assert line.kind == "interpolation"
    assert np.array_equal(line.marks, plane.marks[:, [1]])
    assert np.array_equal(flat(line.point(0.5)), flat(plane.point(0.0, 0.5)))
