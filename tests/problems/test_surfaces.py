"""Every surface's stated facts hold: critical points, lowest value, gradient, precision, no recompiling."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscape.descent.rules.presets import presets
from landscape.descent.rules.registry import OPTIMIZERS
from landscape.descent.rules.rule import Wrapper
from landscape.descent.run import run
from landscape.problems.surfaces.curves import quartic_wells
from landscape.problems.surfaces.registry import SURFACES

surfaces = pytest.mark.parametrize("name", SURFACES)


def double(function):
    """Compile a function of points in double precision, one call for a whole batch of them."""

    def call(values):
        with jax.enable_x64(True):
            return np.asarray(jax.jit(jax.vmap(function))(jnp.asarray(np.asarray(values), dtype=jnp.float64)))

    return call


def inside(surface, count, seed=0):
    low, high = np.array(surface.domain).T
    return np.random.default_rng(seed).uniform(low, high, (count, surface.dimension))


def variants(name):
    """The surface as registered, and once with each of its fields moved."""
    surface = SURFACES[name]
    moved = [surface]
    for field in dataclasses.fields(surface):
        value, high = getattr(surface, field.name), field.metadata["high"]
        moved.append(dataclasses.replace(surface, **{field.name: value + 0.25 * (high - value)}))
    return moved


@surfaces
def test_every_surface_states_its_facts(name):
    surface = SURFACES[name]
    low, high = np.array(surface.domain).T
    assert surface.name == name
    assert surface.latex
    assert surface.citation.split()[-1].isdigit()
    assert surface.start.shape == low.shape == (surface.dimension,)
    assert np.all(low < surface.start)
    assert np.all(surface.start < high)
    assert 0 < surface.arrival_radius < np.min(high - low)
    assert surface.scales.tuned.keys() <= OPTIMIZERS.keys()
    for point in [*surface.minima, *surface.saddles]:
        assert np.all(low <= point)
        assert np.all(point <= high)


@pytest.mark.slow
@surfaces
def test_stated_minima_are_minima(name):
    """Gradient below 1e-6 and no negative curvature, for the default and for moved fields."""
    for surface in variants(name):
        if not surface.minima:
            continue
        gradients = double(jax.grad(surface))(surface.minima)
        np.testing.assert_allclose(gradients, 0.0, atol=1e-6)
        if surface.smooth:
            for hessian in double(jax.hessian(surface))(surface.minima):
                assert np.linalg.eigvalsh(hessian)[0] > -1e-6
        for point in surface.minima:
            circle = np.random.default_rng(1).normal(size=(64, surface.dimension))
            around = point + 1e-3 * circle / np.linalg.norm(circle, axis=1, keepdims=True)
            values = double(surface)(np.vstack([point, around]))
            assert np.all(values[1:] >= values[0] - 1e-12)


@surfaces
def test_stated_saddles_are_saddles(name):
    """Gradient below 1e-6 and curvature of both signs."""
    for surface in variants(name):
        if not surface.saddles:
            continue
        np.testing.assert_allclose(double(jax.grad(surface))(surface.saddles), 0.0, atol=1e-6)
        if name == "monkey_saddle":
            continue  # its Hessian vanishes at the saddle: see the next test
        for hessian in double(jax.hessian(surface))(surface.saddles):
            lowest, highest = np.linalg.eigvalsh(hessian)
            assert lowest < -1e-6
            assert highest > 1e-6


def test_monkey_saddle_has_three_ways_down_and_three_up():
    """A degenerate saddle has no curvature to show: count the sign changes around it instead."""
    surface = SURFACES["monkey_saddle"]
    np.testing.assert_allclose(double(jax.hessian(surface))(surface.saddles), 0.0, atol=1e-12)
    angles = np.linspace(0, 2 * np.pi, 360, endpoint=False) + 0.001
    signs = np.sign(double(surface)(0.1 * np.stack([np.cos(angles), np.sin(angles)], 1)))
    assert np.sum(signs != np.roll(signs, 1)) == 6


@surfaces
def test_global_value_is_the_lowest_of_the_domain(name):
    for surface in variants(name):
        axes = [np.linspace(low, high, 401) for low, high in surface.domain]
        grid = np.stack(np.meshgrid(*axes), -1).reshape(-1, surface.dimension)
        values = double(surface)(grid)
        assert np.isfinite(values).all()
        if surface.global_minimum is None:  # it falls away: lower still at twice the distance
            assert double(surface)(2 * grid).min() < values.min()
            assert not surface.minima
            continue
        assert values.min() >= surface.global_minimum - 1e-10
        if surface.minima:
            stated = double(surface)(surface.minima)
            np.testing.assert_allclose(stated[0], surface.global_minimum, rtol=1e-10, atol=1e-10)
            assert np.all(stated >= stated[0] - 1e-10)
        else:
            assert values.min() - surface.global_minimum < 1e-3


@pytest.mark.slow
@pytest.mark.row("S1-05")
@surfaces
def test_gradient_matches_central_differences(name):
    """Relative error below 1e-3 at random points; the steepest wall is left to its own test."""
    surface = SURFACES[name]
    here = inside(surface, 200)
    gradients = double(jax.grad(surface))(here)
    h = 1e-6
    steps = h * np.eye(surface.dimension)
    differences = np.stack([double(surface)(here + s) - double(surface)(here - s) for s in steps], -1) / (
        2 * h
    )
    scale = np.linalg.norm(gradients, axis=1, keepdims=True) + 1e-6
    assert np.max(np.abs(gradients - differences) / scale) < 1e-3


@pytest.mark.slow
@surfaces
def test_single_precision_stays_close_to_double(name):
    """The rounding of the inputs, times the slope, and of the result explain the whole difference."""
    surface = SURFACES[name]
    here = inside(surface, 200, seed=2).astype(np.float32)
    single = np.asarray(jax.jit(jax.vmap(surface))(jnp.asarray(here)))
    assert single.dtype == np.float32
    exact, slopes = double(surface)(here), double(jax.grad(surface))(here)
    largest = np.max(np.abs(exact))
    allowed = 1e-5 * np.linalg.norm(slopes, axis=1) * np.max(np.abs(here)) + 1e-6 * (1 + largest)
    assert np.all(np.abs(single - exact) <= allowed)


@surfaces
def test_gradient_is_finite_in_single_precision_where_it_vanishes(name):
    surface = SURFACES[name]
    gradient = jax.jit(jax.vmap(jax.grad(surface)))
    where = np.array([*surface.minima, *surface.saddles, surface.start], dtype=np.float32)
    assert np.isfinite(gradient(jnp.asarray(where))).all()


@surfaces
def test_fields_vary_without_recompiling(name):
    traces = []

    @jax.jit
    def loss(surface, params):
        traces.append(name)
        return surface(params)

    variant = variants(name)
    as_arrays = [jax.tree.map(jnp.float32, surface) for surface in variant]
    values = [float(loss(surface, jnp.asarray(surface.start, jnp.float32))) for surface in as_arrays]
    assert len(traces) == 1
    assert np.isfinite(values).all()


def test_fields_change_what_they_name():
    ravine = dataclasses.replace(SURFACES["ravine"], condition=50.0, angle=90.0)
    np.testing.assert_allclose(double(jax.hessian(ravine))(ravine.minima)[0], np.diag([50, 1]), atol=1e-12)
    turned = dataclasses.replace(ravine, angle=30.0)
    values, vectors = np.linalg.eigh(double(jax.hessian(turned))(turned.minima)[0])
    np.testing.assert_allclose(values, [1, 50])
    assert abs(vectors[1, 0] / vectors[0, 0]) == pytest.approx(np.tan(np.pi / 6))
    saddle = dataclasses.replace(SURFACES["saddle"], rise=1.0, descent=0.1, angle=0.0)
    np.testing.assert_allclose(double(saddle)([(2.0, 1e-3), (0.0, 2.0)]), [2 - 0.05e-6, -0.2])
    classic = SURFACES["saddle"]
    np.testing.assert_allclose(double(classic)([(2.0, 1.0)]), [3.0])


@pytest.mark.parametrize("name", ["tilted_well", "double_well"])
@pytest.mark.parametrize("tilt", [-0.5, -0.3, 0.0, 0.15, 0.384, 0.45])
def test_tilt_moves_the_wells(name, tilt):
    """One well vanishes beyond |tilt| = 0.3849; the deepest one is stated first."""
    surface = dataclasses.replace(SURFACES[name], tilt=tilt)
    assert len(surface.minima) == (2 if abs(tilt) < 0.3849 else 1)
    np.testing.assert_allclose(double(jax.grad(surface))(surface.minima), 0.0, atol=1e-10)
    values = double(surface)(surface.minima)
    assert values[0] == min(values) == pytest.approx(surface.global_minimum, abs=1e-12)
    assert np.sign(surface.minima[0][0]) == -np.sign(tilt) or tilt == 0


def test_tilted_well_is_the_curriculum_well():
    wells = quartic_wells(SURFACES["tilted_well"].tilt)
    assert wells.minima == pytest.approx([-1.0679, 0.9143], abs=1e-4)
    assert wells.hills == pytest.approx([0.1536], abs=1e-4)
    assert wells.lowest == pytest.approx(-0.4053, abs=1e-4)


def test_cliff_is_a_wall():
    """Across the wall the slope exceeds a hundred times the typical one, and descent is thrown."""
    surface = SURFACES["cliff"]
    line = np.stack([np.full(4001, 4.5), np.linspace(-3.0, -1.6, 4001)], 1)
    slopes = np.abs(double(jax.grad(surface))(line)[:, 1])
    assert slopes.max() > 100 * np.median(slopes)
    point, gradient = jnp.asarray(surface.start, jnp.float32), jax.jit(jax.grad(surface))
    jumps = []
    for _ in range(200):
        step = 0.1 * gradient(point)
        point, jumps = point - step, [*jumps, float(jnp.linalg.norm(step))]
    assert max(jumps) > 20 * np.median(jumps[:20])


def test_plateau_is_nearly_flat_far_out():
    surface = SURFACES["plateau"]
    far, near = double(jax.grad(surface))([surface.start, (-1.0, 0.0)])
    assert np.linalg.norm(far) < 0.05 * np.linalg.norm(near)


def test_noisy_bowl_asks_for_noise_and_others_do_not():
    assert SURFACES["noisy_bowl"].noise == 1.0
    assert all(surface.noise == 0.0 for name, surface in SURFACES.items() if name != "noisy_bowl")


@surfaces
def test_presets_fit_the_fields_and_their_controls(name):
    """Each preset names fields of its rule (of a wrapper also of the descent inside) within its controls."""
    for rule, values in presets(SURFACES[name]).items():
        kind = OPTIMIZERS[rule]
        kinds = (kind, OPTIMIZERS["sgd"]) if issubclass(kind, Wrapper) else (kind,)
        fields = {field.name: field.metadata for each in kinds for field in dataclasses.fields(each)}
        for key, value in values.items():
            assert fields[key]["low"] <= value <= fields[key]["high"], (rule, key)


@pytest.mark.parametrize("rule", ["sgd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam"])
def test_rosenbrock_falls_tenfold_at_its_presets(rule):
    """From (-1.5, 2), where f = 12.5, two thousand steps leave less than a tenth."""
    surface = SURFACES["rosenbrock"]
    path = run(
        OPTIMIZERS[rule](**presets(surface)[rule]), surface, np.array([-1.5, 2.0], np.float32), steps=2000
    )
    assert path.loss[0] == pytest.approx(12.5)
    assert path.loss[-1] < 1.25
