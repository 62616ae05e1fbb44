"""The view of a notebook, in five lines, for models of other libraries, which stay as they were."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from flax import nnx

import landscape as ls
from tests.geometry import dense

pytestmark = pytest.mark.slow

KEY = jax.random.key(3)
X, Y = dense.X, dense.Y


class Classifier(nnx.Module):
    """A network as Flax users write it, with batch norm and dropout, whose state is not to be moved."""

    def __init__(self, rngs):
        self.first = nnx.Linear(5, 8, rngs=rngs)
        self.norm = nnx.BatchNorm(8, rngs=rngs)
        self.dropout = nnx.Dropout(0.2, rngs=rngs)
        self.last = nnx.Linear(8, 3, rngs=rngs)

    def __call__(self, x):
        return self.last(self.dropout(jax.nn.relu(self.norm(self.first(x)))))


def cross_entropy(logits):
    return optax.softmax_cross_entropy_with_integer_labels(logits, Y).mean()


def of_a_dict():
    return dense.weights(), dense.loss, -1


def of_flax():
    model = Classifier(nnx.Rngs(0))
    model.eval()
    graph, params, rest = nnx.split(model, nnx.Param, ...)
    return params, lambda p: cross_entropy(nnx.merge(graph, p, rest)(X)), -1


def of_equinox():
    model = eqx.nn.MLP(5, 3, width_size=8, depth=2, key=KEY)
    params, rest = eqx.partition(model, eqx.is_inexact_array)
    return params, lambda p: cross_entropy(jax.vmap(eqx.combine(p, rest))(X)), 0


def with_optax(params, loss, steps=20):
    """The rows of a path that another library's optimizer took."""
    optimizer = optax.adam(0.05)
    state, rows = optimizer.init(params), [params]
    for _ in range(steps):
        update, state = optimizer.update(jax.grad(loss)(rows[-1]), state)
        rows.append(optax.apply_updates(rows[-1], update))
    return jax.tree.map(lambda *leaves: jnp.stack(leaves), *rows)


@pytest.mark.parametrize("build", [of_a_dict, of_flax, of_equinox])
def test_the_view_of_a_notebook(build):
    """A random plane, a path, its plane, a picture and the path in it; nothing of the model has changed."""
    params, loss, filter_axis = build()
    before = [np.array(leaf) for leaf in jax.tree.leaves(params)]

    plane = ls.random_plane(params, KEY, filter_axis=filter_axis)
    path = ls.run(ls.Adam(0.05), loss, params, steps=20)
    along = ls.pca_plane(path)
    grid = ls.evaluate(loss, along, points=7, paths=[path])
    coordinates, off = along.project(path.params)

    around = ls.evaluate(loss, plane, points=7)
    assert around.loss[3, 3] == pytest.approx(float(loss(params)), rel=1e-5)
    corner = along.point(grid.a[0], grid.b[-1])
    assert jax.tree.structure(corner) == jax.tree.structure(params)
    assert grid.loss[0, -1] == pytest.approx(float(loss(corner)), rel=1e-4)
    assert coordinates.shape == (21, 2)
    assert off[-1] == pytest.approx(0, abs=1e-5)
    assert float(loss(along.center)) == pytest.approx(float(path.loss[-1]), rel=1e-4)
    for leaf, was in zip(jax.tree.leaves(params), before, strict=True):
        assert np.array_equal(leaf, was)


@pytest.mark.parametrize("build", [of_flax, of_equinox])
def test_each_filter_of_a_foreign_model_keeps_its_norm(build):
    """Flax counts output units along the last axis, Equinox along the first; biases and norms stay."""
    params, _, axis = build()
    plane = ls.random_plane(params, KEY, filter_axis=axis)
    moved = 0
    for weight, drawn in zip(jax.tree.leaves(params), jax.tree.leaves(plane.directions[0]), strict=True):
        if np.ndim(weight) < 2:
            assert not drawn.any()
            continue
        others = 0 if axis == -1 else 1
        np.testing.assert_allclose(
            np.linalg.norm(drawn, axis=others), np.linalg.norm(weight, axis=others), rtol=1e-5
        )
        moved += 1
    assert moved >= 2


@pytest.mark.parametrize("build", [of_a_dict, of_flax, of_equinox])
def test_the_path_of_another_optimizer(build):
    """Rows that Optax walked have their plane too; with this network's rule the path is the same."""
    params, loss, _ = build()
    params = jax.tree.map(jnp.asarray, params)
    rows = with_optax(params, loss)
    plane = ls.pca_plane(rows)
    assert plane.explained.sum() > 0.5
    path = ls.run(ls.Adam(0.05), loss, params, steps=20)
    np.testing.assert_allclose(
        plane.project(path.params)[0],
        plane.project(rows)[0],
        atol=2e-2 * np.abs(plane.project(rows)[0]).max(),
    )


@pytest.mark.parametrize(
    "model",
    [lambda: Classifier(nnx.Rngs(0)), lambda: eqx.nn.MLP(5, 3, width_size=8, depth=2, key=KEY)],
    ids=["flax", "equinox"],
)
def test_a_model_that_was_not_split_is_explained(model):
    """A whole model holds functions or random keys; the message says how to split it."""
    with pytest.raises(TypeError, match=r"eqx|equinox\.partition.*nnx\.split"):
        ls.random_plane(model(), KEY, filter_axis=-1)
