"""Files that are damaged, foreign, newer or hostile are refused with a reason, and nothing in them is run."""

import contextlib
import io
import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.storage.store import StoreError, load, save
from tests.sameness import same


def archive(members):
    """An uncompressed NPZ file made by hand."""
    file = io.BytesIO()
    np.savez(file, **members)
    file.seek(0)
    return file


def described(header, **arrays):
    """A file with this description."""
    return archive({"landscape": np.frombuffer(json.dumps(header).encode(), np.uint8), **arrays})


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
