"""Every activation is the function its paper defines, with the slopes that training meets."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from landscape.problems.networks.activations import ACTIVATIONS, Activation
from tests.problems.by_hand import DEFINITIONS

GRID = np.concatenate([np.linspace(-30, 30, 601), [-1e4, -1e-6, 1e-6, 1e4]])

names = pytest.mark.parametrize("name", ACTIVATIONS)


def slopes(function: Activation, z: np.ndarray) -> np.ndarray:
    return np.asarray(jax.vmap(jax.grad(function))(jnp.asarray(z, jnp.float32)))


@pytest.mark.parametrize("name", DEFINITIONS)
def test_values_are_those_of_the_definition(name):
    """Against NumPy and SciPy in double precision, far into both tails."""
    found = ACTIVATIONS[name](jnp.asarray(GRID, jnp.float32))
    np.testing.assert_allclose(found, DEFINITIONS[name](GRID), rtol=1e-6, atol=1e-6)


@names
def test_slopes_are_those_of_the_function(name):
    """Central differences in double precision agree with the gradient, off the kink at zero."""
    z, function = GRID[np.abs(GRID) > 1e-3], ACTIVATIONS[name]
    with jax.enable_x64(True):
        rise = function(jnp.asarray(z + 1e-5)) - function(jnp.asarray(z - 1e-5))
        wanted = np.asarray(rise) / 2e-5
    np.testing.assert_allclose(slopes(function, z), wanted, rtol=1e-5, atol=1e-5)


@names
def test_slopes_stay_finite_and_nan_stays_nan(name):
    """No branch that is not taken may leak an overflow, and none may hide that a run went wrong."""
    assert np.isfinite(slopes(ACTIVATIONS[name], np.array([-1e30, -100, 0, 100, 1e30]))).all()
    assert np.isnan(ACTIVATIONS[name](jnp.float32(jnp.nan)))


def test_kinks_have_their_stated_slope_at_zero():
    """A dead unit's input is exactly zero: ReLU must not pass half of the gradient there."""
    zero = np.zeros(1)
    assert slopes(ACTIVATIONS["relu"], zero) == 0
    assert slopes(ACTIVATIONS["elu"], zero) == 1
    assert slopes(ACTIVATIONS["sigmoid"], GRID).max() == slopes(ACTIVATIONS["sigmoid"], zero) == 0.25


def test_selu_keeps_mean_zero_and_variance_one():
    """Its two constants are the solution of just that (Klambauer et al. 2017), here by quadrature."""
    z = np.linspace(-12, 12, 200_001)
    with jax.enable_x64(True):
        values = np.asarray(ACTIVATIONS["selu"](jnp.asarray(z)))
    for power, moment in ((1, 0.0), (2, 1.0)):
        assert np.trapezoid(values**power * stats.norm.pdf(z), z) == pytest.approx(moment, abs=1e-7)


def test_gelu_is_exact():
    """The tanh formula is off by up to 5e-4, which a plane's fine differences would show."""
    z = jnp.linspace(-3, 3, 61)
    off = np.abs(ACTIVATIONS["gelu"](z) - jax.nn.gelu(z, approximate=True))
    assert off.max() > 1e-4
