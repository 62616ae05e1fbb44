"""The parts of a hidden layer against other people's code, and batch norm's gradient against its theorem."""

import flax.linen as linen
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from landscape.problems.networks.layers import EPS, affine, batch_norm, drop, layer_norm

pytestmark = pytest.mark.slow

IMAGES, TABLE = (12, 6, 5, 3), (40, 7)


def arrays(shape, seed=0):
    """Values of a shape, and the gamma and beta of their last axis."""
    draw = np.random.default_rng(seed)
    z = jnp.asarray(1.5 + 2 * draw.normal(size=shape), jnp.float32)
    gamma, beta = jnp.asarray(draw.normal(size=(2, shape[-1])), jnp.float32)
    return z, {"gamma": gamma, "beta": beta}


def layer_of(weight_shape, seed=0):
    draw = np.random.default_rng(seed)
    weight, bias = draw.normal(size=weight_shape), draw.normal(size=weight_shape[-1])
    return {"weight": jnp.asarray(weight, jnp.float32), "bias": jnp.asarray(bias, jnp.float32)}


@pytest.mark.parametrize("size", [(8, 8), (7, 5), (4, 3), (1, 1), (2, 1)])
def test_convolution_is_xlas_convolution(size):
    """Patches times the kernel as a matrix, at even and odd sizes: SAME padding, stride 2."""
    x, _ = arrays((6, *size, 3))
    layer = layer_of((3, 3, 3, 4))
    wanted = lax.conv_general_dilated(
        x, layer["weight"], (2, 2), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC")
    )
    np.testing.assert_allclose(affine(layer, x), wanted + layer["bias"], rtol=1e-5, atol=1e-5)


def test_dense_layers_flatten_images():
    """Pixels are listed row by row, channels last, as NumPy lists them."""
    x, _ = arrays(IMAGES)
    layer = layer_of((6 * 5 * 3, 4))
    wanted = np.asarray(x, np.float64).reshape(12, -1) @ np.asarray(layer["weight"], np.float64)
    np.testing.assert_allclose(affine(layer, x), wanted + layer["bias"], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("shape", [TABLE, IMAGES])
def test_batch_norm_is_flax_batch_norm(shape):
    """Values and running statistics over three batches, then the evaluation by what was gathered."""
    z, layer = arrays(shape)
    module = linen.BatchNorm(momentum=0.9, epsilon=EPS)
    state = module.init(jax.random.key(0), z, use_running_average=False)["batch_stats"]
    variables = {"params": {"scale": layer["gamma"], "bias": layer["beta"]}, "batch_stats": state}
    running = {"mean": jnp.zeros(shape[-1]), "variance": jnp.ones(shape[-1])}
    for seed in range(3):
        z, _ = arrays(shape, seed)
        wanted, changed = module.apply(variables, z, use_running_average=False, mutable=["batch_stats"])
        variables |= changed
        found, running = batch_norm(layer, z, running, learning=True)
        np.testing.assert_allclose(found, wanted, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(running["mean"], variables["batch_stats"]["mean"], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(running["variance"], variables["batch_stats"]["var"], rtol=1e-5)
    found, after = batch_norm(layer, z, running, learning=False)
    wanted = module.apply(variables, z, use_running_average=True)
    np.testing.assert_allclose(found, wanted, rtol=1e-4, atol=1e-5)
    assert after is running


@pytest.mark.parametrize("shape", [TABLE, IMAGES])
def test_batch_norm_without_running_statistics_uses_the_batch(shape):
    """Each unit comes out with mean beta and deviation |gamma|, whatever went in."""
    z, layer = arrays(shape)
    found, running = batch_norm(layer, z, None, learning=False)
    rows = np.asarray(found, np.float64).reshape(-1, shape[-1])
    np.testing.assert_allclose(rows.mean(axis=0), layer["beta"], atol=1e-5)
    np.testing.assert_allclose(rows.std(axis=0), np.abs(layer["gamma"]), rtol=1e-4)
    assert running is None


def test_batch_norm_shrinks_the_gradient_as_in_the_theorem():
    """|dL/dz|^2 = gamma^2 / sigma^2 (|g|^2 - <1, g>^2 / m - <g, z_hat>^2 / m), g the gradient behind it.

    Santurkar et al. 2018, theorem 4.1: exact without epsilon, for each unit, whatever the loss.
    """
    with jax.enable_x64(True):
        z, layer = (jax.tree.map(lambda a: a.astype(jnp.float64), part) for part in arrays(TABLE))
        mix = jnp.asarray(np.random.default_rng(3).normal(size=TABLE))

        def behind(y):
            return jnp.sum(jnp.tanh(y * mix) ** 2) + jnp.sum(y @ y.T)

        def through(z):
            return behind(batch_norm(layer, z, None, learning=True, eps=0.0)[0])

        before = np.asarray(jax.grad(through)(z))
        y = batch_norm(layer, z, None, learning=True, eps=0.0)[0]
        g, gamma, m = np.asarray(jax.grad(behind)(y)), np.asarray(layer["gamma"]), len(z)
    z = np.asarray(z)
    hat, deviation = (z - z.mean(axis=0)) / z.std(axis=0), z.std(axis=0)
    kept = (g**2).sum(axis=0) - g.sum(axis=0) ** 2 / m - (g * hat).sum(axis=0) ** 2 / m
    np.testing.assert_allclose((before**2).sum(axis=0), gamma**2 / deviation**2 * kept, rtol=1e-9)


def test_layer_norm_is_flax_layer_norm():
    """For a table; of images it is group norm with one group, statistics over pixels and filters."""
    for shape, module in (
        (TABLE, linen.LayerNorm(epsilon=EPS)),
        (IMAGES, linen.GroupNorm(num_groups=1, epsilon=EPS)),
    ):
        z, layer = arrays(shape)
        wanted = module.apply({"params": {"scale": layer["gamma"], "bias": layer["beta"]}}, z)
        np.testing.assert_allclose(layer_norm(layer, z), wanted, rtol=1e-4, atol=1e-5)


def test_dropout_keeps_the_mean_and_drops_its_share():
    """A unit is either gone or grown by 1 / (1 - p), each by its own chance."""
    h = jnp.full((500, 200), 3.0)
    for share in (0.2, 0.5, 0.9):
        found = np.asarray(drop(jax.random.key(1), share, h))
        np.testing.assert_allclose(found[found != 0], 3 / (1 - share), rtol=1e-6)
        assert np.mean(found == 0) == pytest.approx(share, abs=0.01)
        assert found.mean() == pytest.approx(3, rel=0.05)
        by_example, by_unit = np.mean(found == 0, axis=1), np.mean(found == 0, axis=0)
        assert by_example.std() < 2 * np.sqrt(share * (1 - share) / 200)
        assert by_unit.std() < 2 * np.sqrt(share * (1 - share) / 500)
