"""What is saved is loaded bit by bit; what no file can keep is refused by name."""

import io
import json
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import landscape as ls
from landscape.core.types import Status
from landscape.descent.rules.registry import OPTIMIZERS, WRAPPERS
from landscape.descent.schedules.registry import SCHEDULES
from landscape.storage.store import load, save
from tests.sameness import same

DTYPES = ["float32", "float64", "float16", "int8", "int32", "uint64", "bool", "complex64", ">f4", "<U5"]
SCALARS = st.none() | st.booleans() | st.integers() | st.text() | st.floats()
ARRAYS = st.sampled_from(DTYPES).flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
)
TREES = st.recursive(
    SCALARS | ARRAYS | st.sampled_from(Status) | ARRAYS.filter(np.size).map(lambda a: a.reshape(-1)[0]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text() | st.integers(), inner, max_size=3)
    ),
    max_leaves=8,
)


def through_file(thing, **options):
    """Saved into memory and loaded back."""
    file = io.BytesIO()
    save(file, thing)
    file.seek(0)
    return load(file, **options)


@pytest.fixture(scope="module")
def path():
    return ls.run(ls.Adam(0.05), ls.SURFACES["rosenbrock"], np.array([-1.5, 2.0]), steps=20)


@pytest.mark.slow
@given(TREES)
@settings(max_examples=300)
def test_any_tree_comes_back_bit_by_bit(tree):
    """Dicts, lists, tuples, None, numbers, text and arrays of every kind and shape."""
    assert same(through_file(tree), tree)


@given(TREES, st.integers(0, 30), st.integers(-2, 30))
@settings(max_examples=50)
def test_a_trajectory_keeps_any_tree_of_parameters(tree, stride, last):
    """The static fields and the tree of parameters, whatever it is made of."""
    losses = np.array([1.5, np.nan, np.inf], np.float32)
    made = ls.Trajectory(tree, {}, None, losses, losses, np.arange(3), stride, last, Status.DIVERGED)
    assert same(through_file(made), made)


def test_results_of_the_library_come_back(path):
    """A run, a race, a grid and a sweep as they were, in a file on disk and by their public names."""
    surface = ls.SURFACES["rosenbrock"]
    grid = ls.evaluate(surface, points=5)
    sweep = ls.sweep(ls.SGD(np.array([1e-3, 1e-4])), surface, surface.start, steps=20, record="all")
    for thing in (path, {"adam": path, "again": path}, grid, sweep):
        assert same(through_file(thing), thing)


def test_a_sweep_of_an_earlier_file_comes_back_under_the_names_of_today():
    """There the totals were called `evaluations`, and what was spent so far `cost`."""
    bowl = ls.SURFACES["bowl"]
    sweep = ls.sweep(ls.SGD(np.array([0.1, 0.2])), bowl, bowl.start, steps=5)
    file = io.BytesIO()
    ls.save(file, sweep)
    file.seek(0)
    members = dict(np.load(file))
    header = json.loads(members["landscape"].tobytes())
    fields = header["content"]["fields"]
    fields["cost"], fields["evaluations"] = fields.pop("evaluations"), fields.pop("spent")
    earlier = io.BytesIO()
    np.savez(earlier, **members | {"landscape": np.frombuffer(json.dumps(header).encode(), np.uint8)})
    earlier.seek(0)
    assert same(ls.load(earlier), sweep)


def test_a_tuned_rule_comes_back_ready_to_run():
    """With the rates tried; every rule, wrapper and schedule is kept as what it is."""
    tuned = ls.tune(ls.SGD, ls.SURFACES["bowl"], np.ones(2), evaluations=20, points=3)
    again = through_file(tuned)
    assert same(again, tuned)
    assert ls.run(again.rule, ls.SURFACES["bowl"], np.ones(2), steps=20).loss[-1] == tuned.loss
    rules = [*(kind() for kind in OPTIMIZERS.values()), *(kind(ls.SGD()) for kind in WRAPPERS.values())]
    for thing in (*rules, *(kind() for kind in SCHEDULES.values())):
        assert through_file(thing) == thing


@pytest.mark.slow
def test_a_trained_network_and_its_planes_come_back_ready_to_use():
    """A fit with its history, its network and its statistics; every kind of plane; a grid with its plane."""
    data = ls.DATASETS["iris"]()
    net = ls.Network(hidden=(4,), normalization="batch", activation="tanh", dropout=0.1)
    fits = ls.train(
        {"adam": ls.Adam(0.02)},
        net,
        data,
        batch_size=None,
        epochs=3,
        key=jax.random.split(jax.random.key(0), 2),
    )
    first, second = fits["adam"]
    loss = net.loss(data.validation)
    planes = [
        ls.random_plane(first),
        ls.pca_plane(first),
        ls.hessian_plane(loss, first),
        ls.interpolation_plane(first, second),
        ls.random_plane(first).axis(1),
    ]
    grid = ls.evaluate(loss, planes[1], points=3)
    for thing in (fits, *planes, grid):
        assert same(through_file(thing), thing)
    again = through_file(fits)["adam"][0]
    assert again.network == net
    assert (again.best, again.complete, again.status) == (first.best, first.complete, first.status)
    assert same(ls.evaluate(loss, ls.pca_plane(again), points=3).loss, grid.loss)


def test_a_path_on_disk_is_written_as_named_and_replaced_whole(tmp_path, path):
    """No suffix is added, nothing is left beside it, and a failed save leaves the old file."""
    target = tmp_path / "run"
    save(target, path)
    save(str(target), {"steps": 3})
    with pytest.raises(TypeError):
        save(target, {"f": print})
    assert [p.name for p in tmp_path.iterdir()] == ["run"]
    assert load(str(target)) == {"steps": 3}


def test_arrays_of_the_device_come_back_on_the_host():
    """JAX arrays as NumPy arrays, those in a type NumPy lacks too."""
    back = through_file({"a": jnp.arange(3.0), "b": jnp.array([1.5, -2.0], jnp.bfloat16)})
    assert type(back["a"]) is np.ndarray
    assert back["a"].tolist() == [0.0, 1.0, 2.0]
    assert back["b"].dtype == jnp.bfloat16
    assert back["b"].tolist() == [1.5, -2.0]


def test_foreign_containers_become_plain_dicts():
    """A Flax state, an Equinox module and a named tuple, with the real packages."""
    import equinox as eqx
    from flax import nnx

    class Point(NamedTuple):
        x: np.ndarray
        y: list

    linear = eqx.nn.Linear(2, 3, key=jax.random.key(0))
    state = nnx.state(nnx.Linear(2, 3, rngs=nnx.Rngs(0)))
    back = through_file([Point(np.ones(2), [1]), linear, state])
    assert same(back[0], {"x": np.ones(2), "y": [1]})
    assert same(back[1], {"weight": np.asarray(linear.weight), "bias": np.asarray(linear.bias)})
    leaves = [np.asarray(leaf) for leaf in jax.tree.leaves(state)]
    assert type(back[2]) is dict
    assert same(jax.tree.leaves(back[2]), leaves)


def test_foreign_containers_come_back_as_they_were_beside_one_like_them():
    """In a plane, its grid, a path and spectra, at any depth; rows keep their axis in front."""
    import equinox as eqx
    from flax import nnx

    models = {
        "equinox": eqx.filter(eqx.nn.MLP(3, 2, 4, 1, key=jax.random.key(0)), eqx.is_inexact_array),
        "flax": nnx.state(nnx.Linear(2, 3, rngs=nnx.Rngs(0)), nnx.Param),
        "a named tuple": Pair(np.ones((2, 3), np.float32), [np.ones(2, np.float32)]),
    }
    for model in models.values():
        plane = ls.random_plane(model, normalization="none")
        path = ls.Trajectory.of([model, plane.point(1.0, 0.5), plane.point(0.2, 2.0)])
        made = {"plane": [plane], "path": path, "pca": ls.pca_plane(path, like=model)}
        back = through_file(made, like=model)
        for tree in (back["plane"][0].center, back["path"].params, back["pca"].directions[1]):
            assert jax.tree.structure(tree) == jax.tree.structure(model)
        assert same(jax.tree.leaves(back["path"].params), jax.tree.leaves(path.params))
        assert back["plane"][0].moved == plane.moved
        assert back["plane"][0].project(path)[0].shape == (3, 2)
    with pytest.raises(ValueError, match="laid out like"):
        through_file({"w": np.ones(2)}, like=models["equinox"])


class Pair(NamedTuple):
    """A container of parameters that no file knows."""

    first: np.ndarray
    second: list


@pytest.mark.slow
def test_spectra_and_reports_come_back_as_what_they_were():
    """Alone, in lists and in dicts, ready for the figures."""

    def loss(w):
        return jnp.sum(jnp.arange(1.0, 7.0) * w**2) + w[0] ** 4

    plane = ls.random_plane(np.ones(6), 0, normalization="none")
    grid = ls.evaluate(lambda w: jnp.log(loss(w) - 20), plane, points=5)
    things = {
        "trust": ls.trust(grid, loss, [np.ones((3, 6))], repeats=1),
        "pairs": [ls.hessian_eigenpairs(loss, np.ones(6), k=2)],
        "density": (ls.spectral_density(loss, np.ones(6), samples=1, iterations=4),),
        "trace": ls.hessian_trace(loss, np.ones(6), samples=2),
        "barrier": ls.barrier(loss, np.ones(6), -np.ones(6), points=5),
    }
    back = through_file(things)
    assert things["trust"].holes
    assert same(back, things)
    ls.figures.spectrum(back["density"][0], eigenvalues=back["pairs"][0].values)
    ls.figures.shadows(back["trust"])
    ls.figures.cuts(back["trust"].repeats)


@pytest.mark.parametrize(
    ("thing", "where"),
    [
        ({"layers": [{"activation": jnp.tanh}]}, r"\['layers'\]\[0\]\['activation'\]"),
        ({"key": jax.random.key(0)}, "random key"),
        (np.array([object()]), "array of object"),
        ({(1, 2): 3}, "neither text nor a whole number"),
        (b"bytes", "bytes"),
    ],
)
def test_what_no_file_keeps_is_named(thing, where):
    """The message says which part of the result cannot be stored."""
    with pytest.raises(TypeError, match=where):
        through_file(thing)


def test_a_missing_file_is_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "nowhere.npz")
