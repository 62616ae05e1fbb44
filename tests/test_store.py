"""What is saved is loaded bit by bit; what was not saved by us is refused with a reason."""

import contextlib
import io
import json
import pickle
import zipfile
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import landscape as ls
from landscape.store import StoreError, load, save
from landscape.types import Status

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


def through_file(thing):
    """Saved into memory and loaded back."""
    file = io.BytesIO()
    save(file, thing)
    file.seek(0)
    return load(file)


def same(a, b):
    """Equal in type, structure and every bit, NaN payloads included."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (np.ndarray, np.generic)):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, float):
        return a.hex() == b.hex()
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if hasattr(a, "__dataclass_fields__"):
        return all(same(getattr(a, name), getattr(b, name)) for name in a.__dataclass_fields__)
    return a == b


def archive(members):
    """An uncompressed NPZ file made by hand."""
    file = io.BytesIO()
    np.savez(file, **members)
    file.seek(0)
    return file


def described(header, **arrays):
    """A file with this description."""
    return archive({"landscape": np.frombuffer(json.dumps(header).encode(), np.uint8), **arrays})


@pytest.fixture(scope="module")
def path():
    return ls.run(ls.Adam(0.05), ls.SURFACES["rosenbrock"], np.array([-1.5, 2.0]), steps=20)


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


@given(st.data())
@settings(max_examples=150)
def test_a_damaged_file_is_refused(data):
    """Cut anywhere, or with any byte changed: the same result or a StoreError, never anything else."""
    file = io.BytesIO()
    tree = {"a": np.arange(6.0).reshape(2, 3), "b": [None, 2.5, (True, "x")]}
    save(file, tree)
    content = bytearray(file.getvalue())
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content = content[:at]
    else:
        content[at] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(StoreError):
        assert same(load(io.BytesIO(bytes(content))), tree)


def test_a_newer_file_says_so():
    with pytest.raises(StoreError, match=r"from a newer Landscape \(version 2 .* reads 1\)"):
        load(described({"format": "landscape", "version": 2, "content": {"new": 1}}))


@pytest.mark.parametrize("content", [b"", b"not a zip at all", b"\x93NUMPY", b"PK\x03\x04"])
def test_a_file_that_is_no_archive_is_refused(content):
    with pytest.raises(StoreError, match="not a result of Landscape"):
        load(io.BytesIO(content))


def test_foreign_archives_are_refused():
    """Another program's NPZ, and a description of another format."""
    with pytest.raises(StoreError, match="no description"):
        load(archive({"x": np.arange(3)}))
    with pytest.raises(StoreError, match="another format"):
        load(described({"format": "theirs", "version": 1}))
    file = io.BytesIO()
    np.savez_compressed(file, landscape=np.zeros(100_000, np.uint8))
    with pytest.raises(StoreError, match="compressed"):
        load(file)


@pytest.mark.parametrize(
    "content",
    [
        {"class": "Popen", "fields": {"args": "ls"}},
        {"class": "Trajectory", "fields": {}},
        {"class": "Grid", "fields": {"a": 1, "b": 2, "loss": "x"}},
        {"class": "Grid", "fields": {"a": {"array": 0}, "b": {"array": 0}, "loss": {"array": 0}, "evil": 1}},
        {"class": "Grid"},
        {"class": ["Grid"], "fields": {}},
        {"status": "__class__"},
        {"float": "1e5 or so"},
        {"array": 7},
        {"array": "../0"},
        {"array": 0, "dtype": "object"},
        {"list": 3},
        {"dict": {"a": 1}},
        {"dict": [[["unhashable"], 1]]},
        {"import": "os"},
        {"list": [], "tuple": []},
        [1, 2],
        1.5,
    ],
)
def test_a_description_of_anything_else_is_refused(content):
    """Only the listed classes are ever made, from the fields they have."""
    with pytest.raises(StoreError, match="the file "):
        load(described({"format": "landscape", "version": 1, "content": content}, **{"0": np.zeros(2)}))


def test_a_pickle_is_never_run(tmp_path):
    """An array of objects whose pickle would write a file: refused, and nothing is written."""
    victim = tmp_path / "written"

    class Trap:
        def __reduce__(self):
            return (Path.touch, (victim,))

    header = {"format": "landscape", "version": 1, "content": {"array": 0}}
    text = np.frombuffer(json.dumps(header).encode(), np.uint8)
    file = io.BytesIO()
    np.savez(file, landscape=text, **{"0": np.array([Trap()], dtype=object)})
    with pytest.raises(StoreError, match="damaged"):
        load(file)
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        made.writestr("landscape.npy", pickle.dumps(Trap()))
    with pytest.raises(StoreError, match="damaged"):
        load(raw)
    assert not victim.exists()


def test_a_file_that_names_one_array_many_times_holds_it_once():
    """A small file cannot fill the memory by naming a large array again and again."""
    content = {"list": [{"array": 0}] * 1_000}
    back = load(described({"format": "landscape", "version": 1, "content": content}, **{"0": np.zeros(9)}))
    assert all(array is back[0] for array in back)


def test_a_deep_description_is_refused():
    """Deeper than Python's own stack."""
    text = '{"list": [' * 50_000 + "]}" * 50_000
    header = f'{{"format": "landscape", "version": 1, "content": {text}}}'
    with pytest.raises(StoreError, match="damaged"):
        load(archive({"landscape": np.frombuffer(header.encode(), np.uint8)}))
