"""Eigenvalues of spectra of every kind and size: right, bounded by their errors, or said not to be."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.flatten_util import ravel_pytree

from landscape.descent.tracing.constant_loss import ConstantLoss
from landscape.geometry.curvature.eigenpairs import NotConverged, hessian_eigenpairs, hessian_eigenvalues
from landscape.geometry.curvature.sharpness import filter_sharpness, sharpness
from landscape.geometry.curvature.spectrum import hessian_trace, spectral_density
from tests.geometry.quadratics import Quadratic, dense_hessian, network, quadratic

N = 60
SPECTRA = {
    "degenerate": np.r_[np.full(5, 3.0), np.linspace(-1, 1, N - 5)],
    "clustered": 1 + 1e-4 * np.arange(N),
    "outliers": np.r_[1000.0, 100.0, np.linspace(-0.01, 1, N - 2)],
    "graded": np.geomspace(1e-8, 1, N),
    "zero": np.zeros(N),
    "identity": np.ones(N),
    "even": np.linspace(-1, 1, N),
    "low rank": np.r_[5.0, 3.0, -2.0, np.zeros(N - 3)],
}
ENDS = {"largest": np.negative, "smallest": np.positive, "magnitude": lambda values: -np.abs(values)}
SCALES = (1e-30, 1.0, 1e35)


def matrix(name, scale=1.0):
    """A symmetric matrix in single precision with about this spectrum, and its own in double precision."""
    made = np.asarray(quadratic(SPECTRA[name], 3).hessian, float)
    made = (scale * (made + made.T) / 2).astype(np.float32)
    return Quadratic(jnp.asarray(made)), np.linalg.eigvalsh(made.astype(float))


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("name", SPECTRA)
def test_eigenvalues_of_any_size_lie_within_their_errors(name, scale):
    """Both ends and the largest in size, four and all of them, against NumPy in double precision."""
    loss, true = matrix(name, scale)
    top = np.abs(true).max()
    for which, order in ENDS.items():
        for k in (4, N) if which == "largest" else (4,):
            found = hessian_eigenpairs(loss, np.zeros(N, np.float32), k, which=which)
            wanted = true[np.argsort(order(true))][:k]
            off = np.abs(found.values - wanted)
            if which == "magnitude":  # of two of one size either may come first
                off = np.abs(np.abs(found.values) - np.abs(wanted))
            assert np.all(off <= found.errors)
            assert np.all(found.errors <= 3e-5 * top)
            assert found.converged
            assert found.converged_pairs.all()


@pytest.mark.slow
@pytest.mark.parametrize("scale", [1e-38, 1e-20, 1e-18, 1e18, 2e30, 5e36])
def test_sums_of_squares_stay_in_range(scale):
    """A diagonal Hessian of 1 to 60 times the scale, whose squares single precision does not hold."""
    diagonal = jnp.asarray(np.arange(1, 61) * scale, jnp.float32)

    def loss(w):
        return 0.5 * (diagonal * w * w).sum()

    pairs = hessian_eigenpairs(loss, np.zeros(60, np.float32), k=2)
    np.testing.assert_allclose(pairs.values / scale, [60, 59], rtol=1e-5)
    assert pairs.converged
    trace = hessian_trace(loss, np.zeros(60, np.float32), samples=60)
    np.testing.assert_allclose(trace.value / scale, 1830, rtol=1e-2 if scale == 1e-38 else 1e-5)
    density = spectral_density(loss, np.zeros(60, np.float32), samples=2, iterations=30)
    assert np.sum(density.weights * density.nodes) / 2 / scale == pytest.approx(30.5, rel=0.3)


@pytest.mark.parametrize("outlier", [1e2, 1e3, 1e5])
@pytest.mark.parametrize("which", ["largest", "smallest"])
def test_an_eigenvalue_in_the_bulk_beside_an_outlier_is_right_or_said_not_to_be(outlier, which):
    """A share of the outlier is many times the smallest eigenvalues: each converges against itself."""
    random = np.random.default_rng(0)
    spectrum = np.r_[outlier, outlier / 10, random.uniform(-0.01, 1, 298)]
    normal = random.normal(size=300)
    normal /= np.linalg.norm(normal)
    turn = np.eye(300) - 2 * np.outer(normal, normal)
    made = ((turn * spectrum) @ turn).astype(np.float32)
    true = np.linalg.eigvalsh((made.astype(float) + made.T.astype(float)) / 2)
    wanted = true[:3] if which == "smallest" else true[::-1][:3]
    pairs = hessian_eigenpairs(Quadratic(jnp.asarray(made)), np.zeros(300, np.float32), 3, which=which)
    right = np.abs(pairs.values - wanted) <= 3e-3 * np.abs(wanted)
    assert np.all(right | ~pairs.converged_pairs)
    assert right[0], "and not only said"


def test_each_pair_tells_of_itself():
    """Out of a crowd the outlier has converged long before the others, of which alone the warning speaks."""
    loss = quadratic(np.r_[50.0, np.linspace(-1, 1, 199)])
    pairs = hessian_eigenpairs(loss, np.zeros(200), 3, iterations=12)
    assert pairs.converged_pairs.tolist() == [True, False, False]
    assert not pairs.converged
    with pytest.warns(NotConverged, match=f"off by {pairs.errors[1:].max():.3g}"):
        hessian_eigenvalues(loss, np.zeros(200), 3, iterations=12)


@pytest.mark.parametrize("seed", range(3))
def test_a_network_s_errors_bound_what_single_precision_loses(seed):
    """All 48 eigenvalues in single precision, against the dense Hessian in double precision."""
    loss, params = network(seed)
    found = hessian_eigenpairs(loss, params, 48)
    with jax.enable_x64(True):
        wide = jax.tree.map(lambda leaf: np.asarray(leaf, np.float64), (loss, params))
        true = np.linalg.eigvalsh(np.asarray(dense_hessian(*wide)))[::-1]
    assert np.all(np.abs(found.values - true) <= found.errors)


def test_whole_numbers_have_no_curvature():
    """A counter and a mask beside the weights: used by the loss, not moved, zero in an eigenvector."""
    params = {"w": np.ones(4, np.float32), "mask": np.array([True, False, True, True]), "step": 7}

    def loss(p):
        return jnp.sum(jnp.where(p["mask"], jnp.arange(1.0, 5.0), 0) * p["w"] ** 2) * p["step"] / 2

    pairs = hessian_eigenpairs(loss, params, 2)
    np.testing.assert_allclose(pairs.values, [28, 21], rtol=1e-5)
    assert not pairs.vectors["mask"].any()
    assert not pairs.vectors["step"].any()
    np.testing.assert_allclose(np.abs(pairs.vectors["w"]), [[0, 0, 0, 1], [0, 0, 1, 0]], atol=1e-5)
    assert hessian_trace(loss, params, samples=8).value == pytest.approx(56, rel=1e-5)


def test_a_derivative_written_by_hand_is_taken_backwards():
    """`jax.custom_vjp` within the other's backward pass has no derivative forwards."""

    @jax.custom_vjp
    def twice(x):
        return 2 * x

    twice.defvjp(lambda x: (2 * x, None), lambda _, g: (2 * g,))

    @jax.custom_vjp
    def square(x):
        return x**2

    square.defvjp(lambda x: (x**2, x), lambda x, g: (twice(x) * g,))
    found = hessian_eigenvalues(lambda x: jnp.sum(jnp.arange(1.0, 4.0) * square(x)), np.ones(3), 3)
    np.testing.assert_allclose(found, [6, 4, 2], rtol=1e-5)


def test_a_loss_that_cannot_be_differentiated_twice_is_refused():
    """A callback has no derivative at all, and JAX says so."""

    def loss(x):
        return jax.pure_callback(lambda x: np.float32(0), jax.ShapeDtypeStruct((), jnp.float32), x)

    with pytest.raises(TypeError, match="no second derivative that JAX can compute"):
        hessian_eigenvalues(loss, np.ones(3))


def spread(estimates):
    return np.std([estimate.value for estimate in estimates], ddof=1)


@pytest.mark.slow
def test_deflation_leaves_a_quarter_of_the_scatter():
    """A decaying spectrum, 24 keys, 40 products each: beside Hutchinson's mean over as many sign vectors."""
    loss = quadratic(1 / np.arange(1, 201) ** 1.5)
    hessian = np.asarray(loss.hessian, float)
    estimates = [hessian_trace(loss, np.zeros(200), key=jax.random.key(s), samples=40) for s in range(24)]
    signs = np.random.default_rng(0).choice([-1.0, 1.0], (4_000, 200))
    plain = np.std(np.einsum("si,ij,sj->s", signs, hessian, signs)) / np.sqrt(40)
    assert spread(estimates) < plain / 4
    true = np.trace(hessian)
    mean = np.mean([estimate.value for estimate in estimates])
    assert abs(mean - true) < 4 * spread(estimates) / np.sqrt(24), "without bias"
    errors = [estimate.error for estimate in estimates]
    assert spread(estimates) == pytest.approx(np.sqrt(np.mean(np.square(errors))), rel=0.4)


def test_as_many_products_as_parameters_give_the_trace_itself():
    loss, params = network()
    heard = []
    found = hessian_trace(loss, params, samples=100, progress=lambda *now: heard.append(now))
    true = float(np.trace(np.asarray(dense_hessian(loss, params))))
    assert found.value == pytest.approx(true, rel=1e-5)
    assert 0 < found.error < 1e-4 * abs(true)
    assert heard[-1] == (48, 48)


def test_results_are_told_in_a_line():
    loss, params = network()
    pairs, density = hessian_eigenpairs(loss, params), spectral_density(loss, params, samples=2, iterations=9)
    assert repr(pairs).startswith("Eigenpairs([")
    assert "converged after" in repr(pairs)
    assert repr(density).startswith("Density(400 points from ")
    assert max(len(repr(pairs)), len(repr(density))) < 140
    assert "..." in repr(hessian_eigenpairs(loss, params, 30))


def test_eigenvectors_are_those_of_the_flat_hessian():
    """Trees of rows in the parameters' own order, by the largest in size."""
    loss, params = network()
    pairs = hessian_eigenpairs(loss, params, 3, which="magnitude")
    hessian = np.asarray(dense_hessian(loss, params), float)
    rows = np.array(jax.vmap(lambda row: ravel_pytree(row)[0])(pairs.vectors))
    np.testing.assert_allclose(rows @ hessian, pairs.values[:, None] * rows, atol=1e-3 * abs(pairs.values[0]))


@pytest.mark.slow
@pytest.mark.parametrize(
    "work",
    [
        hessian_eigenpairs,
        hessian_trace,
        spectral_density,
        sharpness,
        partial(filter_sharpness, filter_axis=-1),
    ],
)
def test_a_loss_that_its_parameters_do_not_reach_is_told_of(work):
    """An iterator used up, behind a jitted function too; a loss that is flat but reads them is not meant."""
    batches = iter([1.0, 2.0])

    @jax.jit
    def inner(w, scale):
        return jnp.sum(jnp.ones((2, 2)) * scale)

    def loss(w):
        return sum((jnp.sum(w**2) * batch for batch in batches), inner(w, 0.5))

    point = np.ones((2, 2), np.float32)
    work(loss, point)
    with pytest.warns(ConstantLoss, match="does not depend on its parameters"):
        work(loss, point)
    work(lambda w: 0.0 * jnp.sum(w), point)
