"""The Krylov space: its basis stays orthonormal, and what it says about H is what H does."""

import jax
import numpy as np
import pytest

from landscape.geometry.lanczos import begin, extend, ritz, shrink, vectors
from tests.compiling import compilations
from tests.geometry.quadratics import quadratic

SPECTRUM = np.concatenate([[50.0, 20.0, -8.0], np.linspace(-1, 1, 77)])
LOSS = quadratic(SPECTRUM)
POINT = np.zeros(80, np.float32)


def grown(width=2, capacity=40, products=40):
    start = np.linalg.qr(np.random.default_rng(1).normal(size=(80, width)))[0].T.astype(np.float32)
    return extend(LOSS, POINT, begin(start, capacity), products, jax.random.key(0))


@pytest.mark.parametrize("width", [1, 2, 5])
def test_the_basis_stays_orthonormal(width):
    """Long after the outer eigenvalues converged, where Lanczos without reorthogonalisation copies them."""
    basis = np.asarray(grown(width, 60, 60).basis, float)
    np.testing.assert_allclose(basis @ basis.T, np.eye(60 + width), atol=1e-6)


def test_projected_is_what_the_hessian_does_to_the_basis():
    """H Q = Q projected, which every residual estimate rests on."""
    space = grown()
    basis, projected = np.asarray(space.basis, float), np.asarray(space.projected, float)
    images = basis[:40] @ np.asarray(LOSS.hessian, float)
    np.testing.assert_allclose(projected[:, :40].T @ basis, images, atol=50 * 1e-6)


def test_the_residuals_are_the_true_ones():
    """The estimate needs no product with H, and says how far each Ritz pair is from an eigenpair."""
    space = grown(products=20)
    values, coordinates, residuals = ritz(space)
    found = np.asarray(vectors(space, coordinates), float)
    true = np.linalg.norm(found @ np.asarray(LOSS.hessian, float) - values[:, None] * found, axis=1)
    np.testing.assert_allclose(residuals, true, atol=50 * 1e-6)
    assert true.max() > 0.1


def test_a_shrunk_space_still_knows_what_the_hessian_does():
    """A restart keeps the kept eigenpairs with their residuals, and growing goes on from there."""
    space = grown()
    values, coordinates, residuals = ritz(space)
    kept = np.argsort(-values)[:12]
    small = shrink(space, values[kept], coordinates[:, kept])
    again, _, left = ritz(small)
    np.testing.assert_allclose(again, np.sort(values[kept]), atol=1e-4)
    np.testing.assert_allclose(np.sort(left), np.sort(residuals[kept]), atol=1e-4)
    space = extend(LOSS, POINT, small, 28, jax.random.key(1))
    basis, projected = np.asarray(space.basis, float), np.asarray(space.projected, float)
    images = basis[:40] @ np.asarray(LOSS.hessian, float)
    np.testing.assert_allclose(projected[:, :40].T @ basis, images, atol=50 * 2e-6)


def test_a_complete_space_opens_another_one():
    """From one start vector H = 1 shows one direction; a random one continues, uncoupled."""
    start = np.eye(1, 6, dtype=np.float32)
    space = extend(quadratic(np.ones(6)), np.zeros(6), begin(start, 6), 6, jax.random.key(0))
    values, _, residuals = ritz(space)
    np.testing.assert_allclose(values, 1.0, atol=1e-6)
    np.testing.assert_allclose(residuals, 0.0, atol=1e-6)
    basis = np.asarray(space.basis, float)
    np.testing.assert_allclose(basis @ basis.T, np.diag([1.0] * 6 + [0.0]), atol=1e-6)


def test_more_products_do_not_recompile():
    grown(products=3)
    assert compilations(lambda: grown(products=7)) == 0
