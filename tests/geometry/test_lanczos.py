"""The Krylov space: its basis stays orthonormal, and what it says about H is what H does."""

import numpy as np
import pytest

from landscape.geometry.curvature import lanczos
from landscape.geometry.curvature.lanczos import Krylov
from landscape.geometry.curvature.products import Hessian
from tests.compiling import compilations
from tests.geometry.quadratics import quadratic

SPECTRUM = np.concatenate([[50.0, 20.0, -8.0], np.linspace(-1, 1, 77)])
LOSS = quadratic(SPECTRUM)
POINT = np.zeros(80, np.float32)


def grown(width=2, capacity=40, products=40):
    random = np.random.default_rng(1)
    start = np.linalg.qr(random.normal(size=(80, width)))[0].T.astype(np.float32)
    return more(Krylov(Hessian(LOSS, POINT), start, capacity, random), products)


def more(space, products):
    for _ in range(products):
        space.grow()
    return space


@pytest.mark.parametrize("width", [1, 2, 5])
def test_the_basis_stays_orthonormal(width):
    """Long after the outer eigenvalues converged, where Lanczos without reorthogonalisation copies them."""
    basis = np.asarray(grown(width, 60, 60).basis, float)
    np.testing.assert_allclose(basis @ basis.T, np.eye(60 + width), atol=1e-6)


def test_projected_is_what_the_hessian_does_to_the_basis():
    """H Q = Q projected, which every residual estimate rests on."""
    space = grown()
    basis = np.asarray(space.basis, float)
    images = basis[:40] @ np.asarray(LOSS.hessian, float)
    np.testing.assert_allclose(space.projected[:, :40].T @ basis, images, atol=50 * 1e-6)


def test_the_residuals_are_the_true_ones():
    """The estimate needs no product with H, and says how far each Ritz pair is from an eigenpair."""
    space = grown(products=20)
    found = space.ritz()
    rows = np.asarray(space.vectors(found.coordinates), float)
    true = np.linalg.norm(rows @ np.asarray(LOSS.hessian, float) - found.values[:, None] * rows, axis=1)
    np.testing.assert_allclose(found.residuals, true, atol=50 * 1e-6)
    assert true.max() > 0.1


@pytest.mark.parametrize("columns", [2**16, 7])
def test_a_shrunk_space_still_knows_what_the_hessian_does(columns, monkeypatch):
    """A restart keeps the kept eigenpairs with their residuals, and growing goes on from there."""
    monkeypatch.setattr(lanczos, "COLUMNS", columns)
    lanczos._rotated.clear_cache()
    space = grown()
    before = space.ritz()
    kept = np.argsort(-before.values)[:12]
    space.shrink(kept)
    after = space.ritz()
    np.testing.assert_allclose(after.values, np.sort(before.values[kept]), atol=1e-4)
    np.testing.assert_allclose(np.sort(after.residuals), np.sort(before.residuals[kept]), atol=1e-4)
    more(space, 28)
    basis = np.asarray(space.basis, float)
    images = basis[:40] @ np.asarray(LOSS.hessian, float)
    np.testing.assert_allclose(space.projected[:, :40].T @ basis, images, atol=50 * 2e-6)


def test_a_complete_space_opens_another_one():
    """From one start vector H = 1 shows one direction; a random one continues, uncoupled."""
    start = np.eye(1, 6, dtype=np.float32)
    hessian = Hessian(quadratic(np.ones(6)), np.zeros(6))
    space = more(Krylov(hessian, start, 6, np.random.default_rng(0)), 6)
    found = space.ritz()
    np.testing.assert_allclose(found.values, 1.0, atol=1e-6)
    np.testing.assert_allclose(found.residuals, 0.0, atol=1e-6)
    basis = np.asarray(space.basis, float)
    np.testing.assert_allclose(basis @ basis.T, np.diag([1.0] * 6 + [0.0]), atol=1e-6)


def test_what_is_outside_of_what_was_multiplied():
    """Orthogonal to the basis, and with it the vector again; the vectors that wait count as outside."""
    space = grown(products=20)
    vector = np.random.default_rng(2).normal(size=80).astype(np.float32)
    basis, rest = np.asarray(space.basis, float), np.asarray(space.outside(vector), float)
    np.testing.assert_allclose(basis[:20] @ rest, 0, atol=1e-5)
    np.testing.assert_allclose(basis[20:22] @ rest, basis[20:22] @ vector, atol=1e-5)
    np.testing.assert_allclose(rest + (basis[:20] @ vector) @ basis[:20], vector, atol=1e-5)


def test_more_products_do_not_recompile():
    grown(products=3)
    assert compilations(lambda: grown(products=7)) == 0
