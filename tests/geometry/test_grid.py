"""The grid holds the loss at exactly the points it names, and never compiles twice for one kind of loss."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscape.core.types import hyper, pytree
from landscape.geometry.grids import grid as module
from landscape.geometry.grids.grid import Grid, evaluate
from tests.compiling import compilations

SQUARE = ((-1.0, 1.0), (-1.0, 1.0))


@pytree
class Valley:
    """f = x^2 + k y^2, with a frame that depends on a field."""

    k: float = hyper(3.0, 0.0, 10.0)

    def __call__(self, params):
        return params[0] ** 2 + self.k * params[1] ** 2

    @property
    def domain(self):
        return ((-2.0, 2.0), (-1.0, 1.0))


def test_each_cell_is_the_loss_at_its_own_coordinates():
    """Rows run along x and columns along y, also when their numbers differ."""
    grid = evaluate(Valley(), points=(5, 3))
    assert grid.loss.shape == (5, 3)
    assert grid.a.tolist() == [-2.0, -1.0, 0.0, 1.0, 2.0]
    assert grid.b.tolist() == [-1.0, 0.0, 1.0]
    np.testing.assert_allclose(grid.loss, grid.a[:, None] ** 2 + 3.0 * grid.b[None, :] ** 2, rtol=1e-6)


def test_arrays_are_on_the_host():
    """Pictures are made without the device."""
    grid = evaluate(Valley(), points=4)
    assert isinstance(grid, Grid)
    assert all(type(array) is np.ndarray for array in (grid.a, grid.b, grid.loss))


def test_a_given_domain_replaces_the_surface_s_own():
    grid = evaluate(Valley(), points=3, domain=((0, 1), (2, 4)))
    assert grid.a.tolist() == [0.0, 0.5, 1.0]
    assert grid.b.tolist() == [2.0, 3.0, 4.0]
    assert grid.loss[2, 0] == pytest.approx(1.0 + 3.0 * 4.0)


def test_a_new_field_or_domain_does_not_recompile():
    """The surface and the coordinates are arguments of one compiled program."""
    evaluate(Valley(1.0), points=7)

    def tries():
        for k in (2.0, 5, np.float64(7.5), jnp.float32(0.25)):
            grid = evaluate(Valley(k), points=7, domain=((-1 - float(k), 1), (0, 1)))
            assert grid.loss[0, 0] == pytest.approx((1 + float(k)) ** 2, rel=1e-6)

    assert compilations(tries) == 0


def test_closures_over_new_data_reuse_the_program():
    """A plain callable is traced; what it captures becomes an argument."""

    def loss_of(data):
        return lambda p: jnp.sum((data @ p) ** 2)

    sizes = []
    for seed in range(3):
        data = np.random.default_rng(seed).normal(size=(6, 2)).astype(np.float32)
        grid = evaluate(loss_of(jnp.asarray(data)), points=4, domain=SQUARE)
        corner = np.array([grid.a[-1], grid.b[0]])
        assert grid.loss[-1, 0] == pytest.approx(float(np.sum((data @ corner) ** 2)), rel=1e-4)
        sizes.append(module._program.cache_info().currsize)
    assert sizes[0] == sizes[1] == sizes[2]


def test_cells_without_a_loss_stay_as_they_are():
    """NaN and infinities are reported, never replaced."""
    grid = evaluate(lambda p: jnp.log(p[0]) + 0 * p[1], points=3, domain=SQUARE)
    assert np.all(np.isnan(grid.loss[0]))
    assert np.all(np.isneginf(grid.loss[1]))
    assert np.all(grid.loss[2] == 0.0)


def test_a_curve_is_a_grid_of_one_column():
    grid = evaluate(lambda p: p[0] ** 3, points=5, domain=((-2.0, 2.0),))
    assert grid.b.tolist() == [0.0]
    np.testing.assert_allclose(grid.loss, grid.a[:, None] ** 3)


def test_double_precision_is_honoured_where_enabled():
    """A difference that single precision cannot hold shows."""
    with jax.enable_x64(True):
        grid = evaluate(lambda p: 1.0 + 1e-12 * p[0] + 0 * p[1], points=3, domain=SQUARE)
    assert grid.loss.dtype == np.float64
    assert grid.loss[2, 0] > grid.loss[0, 0]


@pytest.mark.parametrize("points", [1, (80, 1), (0, 5), -3])
def test_too_few_points_are_refused(points):
    with pytest.raises(ValueError, match="points must be") as refusal:
        evaluate(Valley(), points=points)
    assert repr(points) in str(refusal.value)


@pytest.mark.parametrize(
    "domain",
    [((0, 0), (0, 1)), ((1, 0), (0, 1)), ((0, np.inf), (0, 1)), ((0, np.nan), (0, 1)), ((0, 1),) * 3],
)
def test_an_impossible_domain_is_refused(domain):
    with pytest.raises(ValueError, match="domain must be"):
        evaluate(Valley(), domain=domain)


def test_a_callable_needs_a_domain():
    with pytest.raises(ValueError, match="states no domain"):
        evaluate(lambda p: p[0])
