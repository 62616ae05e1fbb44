"""Eigenvalues, trace and density of a Hessian against the dense one, and against spectra that are known."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jax.flatten_util import ravel_pytree

import landscape as ls
from landscape.geometry.curvature.eigenpairs import (
    NotConverged,
    hessian_eigenpairs,
    hessian_eigenvalues,
    hessian_eigenvectors,
)
from landscape.geometry.curvature.spectrum import hessian_trace, spectral_density
from landscape.geometry.grids.batched_losses import Cancelled
from tests.compiling import compilations
from tests.geometry.quadratics import Quadratic, dense_hessian, network, quadratic


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_network_s_ends_equal_the_dense_hessian_s(seed):
    """Both ends to 1e-5 in double precision, vectors included, against NumPy's eigh."""
    with jax.enable_x64(True):
        loss, params = network(seed)
        values, axes = np.linalg.eigh(np.asarray(dense_hessian(loss, params)))
        top = hessian_eigenpairs(loss, params, 5)
        np.testing.assert_allclose(top.values, values[::-1][:5], rtol=1e-5)
        bottom = hessian_eigenvalues(loss, params, 3, which="smallest")
        np.testing.assert_allclose(bottom, values[:3], rtol=1e-5)
        rows = np.array(jax.vmap(lambda v: ravel_pytree(v)[0])(top.vectors))
    overlap = np.abs(rows @ axes[:, ::-1][:, :5])
    np.testing.assert_allclose(overlap, np.eye(5), atol=1e-5)
    assert values[0] < 0 < values[-1], "a network at a random point curves both ways"


def test_single_precision_reaches_as_far_as_it_can():
    """Within 1e-5 of the largest eigenvalue, of a dense Hessian computed in double precision."""
    with jax.enable_x64(True):
        values = np.linalg.eigvalsh(np.asarray(dense_hessian(*network())))
    found = hessian_eigenvalues(*network(), 5)
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, values[::-1][:5], atol=1e-5 * values[-1])


def test_vectors_come_as_trees_of_rows_shaped_like_the_parameters():
    """Each row is a direction: unit length over all leaves, orthogonal to the others."""
    loss, params = network()
    values, vectors = hessian_eigenvectors(loss, params, 2)
    assert jax.tree.structure(vectors) == jax.tree.structure(params)
    assert all(type(leaf) is np.ndarray for leaf in jax.tree.leaves(vectors))
    assert vectors["in"]["weight"].shape == (2, 4, 6)
    flat = np.concatenate([leaf.reshape(2, -1) for leaf in jax.tree.leaves(vectors)], axis=1)
    np.testing.assert_allclose(flat @ flat.T, np.eye(2), atol=1e-6)
    assert values[0] > values[1]


@pytest.mark.slow
@given(
    st.lists(st.floats(-100, 100, width=32), min_size=1, max_size=12),
    st.integers(1, 12),
    st.sampled_from(["largest", "smallest"]),
)
@settings(max_examples=40)
def test_any_small_spectrum_is_found(spectrum, k, which):
    """With zeros, repeated and negative eigenvalues, and with fewer parameters than asked for."""
    size = 12
    spectrum = [*spectrum, *spectrum[:1] * (size - len(spectrum))]  # one shape, one program for each k
    found = hessian_eigenpairs(quadratic(spectrum), np.zeros(size), k, which=which)
    true = np.sort(spectrum)[:k] if which == "smallest" else np.sort(spectrum)[::-1][:k]
    np.testing.assert_allclose(found.values, true, atol=1e-5 * max(np.max(np.abs(spectrum)), 1e-30))
    assert found.converged
    assert found.products <= size


@pytest.mark.parametrize("n", [1, 2, 3])
def test_tiny_losses_have_as_many_eigenvalues_as_parameters(n):
    spectrum = [3.0, -1.0, 0.5][:n]
    np.testing.assert_allclose(
        hessian_eigenvalues(quadratic(spectrum), np.zeros(n)), sorted(spectrum, reverse=True), atol=1e-6
    )


def test_a_repeated_eigenvalue_is_found_as_often_as_it_is_there():
    """Five equal ones above a crowd: one start vector would see one of them."""
    loss = quadratic(np.concatenate([np.full(5, 3.0), np.linspace(-1, 1, 195)]))
    np.testing.assert_allclose(hessian_eigenvalues(loss, np.zeros(200)), 3.0, atol=1e-5)


@pytest.mark.slow
def test_restarts_reach_the_end_of_a_crowded_spectrum():
    """The end of an even spectrum of 600 needs more products than the basis holds."""
    spectrum = np.linspace(-2, 1, 600)
    pairs = hessian_eigenpairs(quadratic(spectrum), np.zeros(600), 3, which="smallest")
    np.testing.assert_allclose(pairs.values, spectrum[:3], atol=1e-5)
    assert pairs.converged
    assert pairs.products > 64


def test_what_has_not_converged_says_so_and_by_how_much():
    """Too few products: a warning, and an error estimate that the truth keeps."""
    spectrum = np.linspace(-2, 1, 600)
    loss = quadratic(spectrum)
    pairs = hessian_eigenpairs(loss, np.zeros(600), 2, iterations=12)
    assert not pairs.converged
    assert pairs.products == 12
    for value, error in zip(pairs.values, pairs.errors, strict=True):
        assert np.min(np.abs(spectrum - value)) <= error
    with pytest.warns(NotConverged, match="after 12 Hessian-vector products"):
        assert hessian_eigenvalues(loss, np.zeros(600), 2, iterations=12) == pytest.approx(pairs.values)


def test_new_numbers_do_not_recompile():
    """Data, parameters, the end asked for, the products allowed and the key are arguments."""
    loss, params = network(0)
    hessian_eigenvalues(loss, params, 2)
    other, flipped, key = network(1), -jnp.eye(4), jax.random.key(7)

    def tries():
        hessian_eigenvalues(*other, 2, which="smallest", key=key, iterations=40)
        hessian_eigenvalues(Quadratic(flipped), np.ones(4), 2)

    hessian_eigenvalues(Quadratic(jnp.eye(4)), np.ones(4), 2)
    assert compilations(tries) == 0


def test_a_closure_s_data_are_arguments_too():
    """A plain function over arrays, as in a notebook."""

    def loss_of(matrix):
        return lambda x: jnp.sum((matrix @ x) ** 2) / 2

    matrices = [jnp.asarray(np.random.default_rng(seed).normal(size=(6, 4))) for seed in range(2)]
    hessian_eigenvalues(loss_of(matrices[0]), np.zeros(4), 1)
    found = []
    assert compilations(lambda: found.append(hessian_eigenvalues(loss_of(matrices[1]), np.zeros(4), 1))) == 0
    np.testing.assert_allclose(found[0], np.linalg.norm(np.asarray(matrices[1]), 2) ** 2, rtol=1e-5)


def test_a_hessian_that_is_not_finite_has_no_eigenvalues():
    """NaN values with infinite errors; eigenvectors, the trace's mean and the density cannot exist."""

    def loss(x):
        return jnp.sum(jnp.abs(x) ** 1.5)

    pairs = hessian_eigenpairs(loss, np.zeros(3), 2)
    assert np.isnan(pairs.values).all()
    assert np.isinf(pairs.errors).all()
    assert not pairs.converged
    with pytest.raises(ValueError, match="no eigenvectors"):
        hessian_eigenvectors(loss, np.zeros(3))
    with pytest.raises(ValueError, match="no spectrum"):
        spectral_density(loss, np.zeros(3))
    assert not np.isfinite(hessian_trace(loss, np.zeros(3)).error)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"k": 0}, "k must be"),
        ({"which": "widest"}, "'largest' or 'smallest'"),
        ({"iterations": 1}, "at least k = 2"),
    ],
)
def test_the_door_says_what_is_allowed(arguments, message):
    with pytest.raises((ValueError, TypeError), match=message):
        hessian_eigenpairs(quadratic([1.0, 2.0]), np.zeros(2), **({"k": 2} | arguments))


def test_parameters_must_be_numbers():
    with pytest.raises(ValueError, match="finite"):
        hessian_eigenvalues(quadratic([1.0, 2.0]), np.array([0.0, np.nan]))
    with pytest.raises(ValueError, match="no number"):
        hessian_eigenvalues(lambda p: jnp.zeros(()), {})


@pytest.mark.slow
def test_the_trace_lies_within_its_error():
    """Hutchinson's mean against the dense trace, over networks: within three standard errors."""
    for seed in range(4):
        loss, params = network(seed)
        estimate = hessian_trace(loss, params, key=jax.random.key(seed), samples=200)
        true = float(np.trace(np.asarray(dense_hessian(loss, params))))
        assert 0 < estimate.error < abs(true)
        assert abs(estimate.value - true) < 3 * estimate.error


@pytest.mark.slow
def test_the_standard_error_is_the_spread_of_repeated_estimates():
    """Forty estimates of 16 draws scatter as each of them says."""
    loss, params = network()
    estimates = [hessian_trace(loss, params, key=jax.random.key(seed), samples=16) for seed in range(40)]
    spread = np.std([e.value for e in estimates], ddof=1)
    assert spread == pytest.approx(np.mean([e.error for e in estimates]), rel=0.35)


def test_gaussian_directions_see_the_trace():
    """E[d' H d] = tr H for Gaussian d (Li et al. 2018, section 5): within three standard errors."""
    loss, params = network()
    hessian = np.asarray(dense_hessian(loss, params), float)
    draws = np.random.default_rng(0).normal(size=(4_000, len(hessian)))
    forms = np.einsum("si,ij,sj->s", draws, hessian, draws)
    estimate = hessian_trace(loss, params, samples=200)
    error = np.hypot(forms.std() / np.sqrt(len(forms)), estimate.error)
    assert abs(forms.mean() - estimate.value) < 3 * error


def test_the_density_s_moments_are_the_spectrum_s():
    """The integral is 1 and the first three moments are tr(H^p)/n, within the scatter over start vectors."""
    loss, params = network()
    true = np.linalg.eigvalsh(np.asarray(dense_hessian(loss, params), float))
    found = spectral_density(loss, params, samples=40, iterations=20)
    assert np.trapezoid(found.density, found.values) == pytest.approx(1, abs=1e-3)
    for power in (1, 2, 3):
        rows = np.sum(found.weights * found.nodes**power, axis=1)
        error = rows.std(ddof=1) / np.sqrt(len(rows))
        assert abs(rows.mean() - np.mean(true**power)) < 3 * error
    mean = np.trapezoid(found.density * found.values, found.values)
    assert mean == pytest.approx(np.mean(np.sum(found.weights * found.nodes, axis=1)), rel=1e-3)


@pytest.mark.slow
def test_the_density_of_a_known_spectrum():
    """A tenth of the eigenvalues at -2, the rest at 1: two kernels of that weight."""
    loss = quadratic(np.concatenate([np.full(20, -2.0), np.full(180, 1.0)]))
    found = spectral_density(loss, np.zeros(200), samples=40, width=0.1, points=801)
    left = np.trapezoid(np.where(found.values < -0.5, found.density, 0), found.values)
    assert left == pytest.approx(0.1, abs=3 * np.sqrt(2 * 0.1 * 0.9 / 200 / 40))
    assert found.width == 0.1
    assert found.density.max() == pytest.approx((1 - left) / (0.1 * np.sqrt(2 * np.pi)), rel=1e-3)


def test_a_flat_loss_has_a_spectrum_too():
    """All eigenvalues 0: one kernel there, no division by an empty range."""
    found = spectral_density(lambda x: 0.0 * x[0], np.zeros(3))
    assert np.isfinite(found.density).all()
    assert found.values[np.argmax(found.density)] == pytest.approx(0, abs=found.width)


def test_long_work_reports_and_can_be_cancelled():
    """Progress counts up to the total, and a False gives up at once."""
    loss, params = network()
    for work in (
        lambda tell: hessian_eigenpairs(loss, params, 2, tolerance=1e-30, iterations=40, progress=tell),
        lambda tell: hessian_trace(loss, params, samples=5, progress=tell),
        lambda tell: spectral_density(loss, params, samples=3, progress=tell),
    ):
        heard = []
        work(lambda done, total, heard=heard: heard.append((done, total)))
        assert heard == sorted(heard)
        assert heard[-1][0] == heard[-1][1] == heard[0][1]
        heard.clear()

        def stop(done, total, heard=heard):
            heard.append(done)
            return False

        with pytest.raises(Cancelled):
            work(stop)
        assert len(heard) == 1


@pytest.mark.slow
def test_a_fit_stands_for_its_solution():
    """What training leaves behind goes in as it is."""
    data = ls.DATASETS["iris"]()
    net = ls.Network(hidden=(4,))
    fit = ls.train(ls.Adam(0.01), net, data, batch_size=None, epochs=1)["adam"]
    loss = net.loss(data.train)
    assert hessian_trace(loss, fit, samples=2) == hessian_trace(loss, fit.params, samples=2)
