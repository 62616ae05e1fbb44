"""Results on disk: NPZ files that hold arrays and a description of how they belong together, and no code.

A file is an uncompressed NPZ archive: the arrays under the names 0, 1, ..., and under `landscape` a JSON
text that says which format this is, in which version, and how the arrays make up the result. Reading it
runs nothing: pickles are refused, and only the classes listed in `CLASSES` are ever made.
"""

import functools
import io
import json
import os
import typing
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np

from landscape.core.containers import fields_of, parts_of, restore
from landscape.core.files import open_plain, plain
from landscape.core.types import Status
from landscape.descent.rules.registry import RULES, WRAPPERS
from landscape.descent.schedules.registry import SCHEDULES
from landscape.descent.training.fit import Fit, History
from landscape.descent.trajectory import Sweep, Trajectory
from landscape.descent.tune import Tuned
from landscape.geometry.barrier import Barrier
from landscape.geometry.curvature.eigenpairs import Eigenpairs
from landscape.geometry.curvature.spectrum import Density, Estimate
from landscape.geometry.grids.grid import Grid
from landscape.geometry.grids.non_finite import Hole
from landscape.geometry.planes.plane import Plane
from landscape.geometry.trusting.fidelity import Fidelity
from landscape.geometry.trusting.range_check import Range
from landscape.geometry.trusting.resampling import Repeats
from landscape.geometry.trusting.trust import Trust
from landscape.problems.networks.network import Network

VERSION = 1
HEADER = "landscape"
KINDS = (Trajectory, Sweep, Grid, Plane, Fit, History, Network, Barrier, Density, Eigenpairs, Estimate)
KINDS += (Trust, Fidelity, Range, Hole, Repeats, Tuned)
KINDS += (*RULES, *WRAPPERS.values(), *SCHEDULES.values())
CLASSES: dict[str, type] = {kind.__name__: kind for kind in KINDS}
PLAIN = "biufcSU"  # kinds of arrays that NumPy's own format holds
WIDENED = {"bfloat16": ml_dtypes.bfloat16}  # kept as integers of the same bits


class StoreError(ValueError):
    """A file that holds no result this version can read; the message says why."""


def save(target: str | os.PathLike | io.IOBase, thing: Any) -> None:
    """Write a result, so that `load` gives back the same numbers, bit by bit.

    Args:
        target: a path, which is replaced only when everything is written, or an open binary file.
        thing: a result: a Trajectory, Grid, Plane, Fit, Sweep, Density, Eigenpairs, Estimate, Trust, Barrier
            or Tuned, a rule or a schedule; a tree of parameters; or dicts, lists and tuples of these. Trees
            of dicts, lists, tuples and None are kept; other containers of parameters (a Flax state, an
            Equinox module, a named tuple) become plain dicts of their parts, which `load` restores. Arrays
            come back on the host.

    Raises:
        TypeError: for something that is no number, text, array or container, such as a function.

    >>> import landscape as ls, tempfile, os
    >>> path = ls.run(ls.Adam(0.05), ls.SURFACES["bowl"], np.ones(2), steps=20)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ls.save(os.path.join(folder, "run.npz"), path)
    ...     again = ls.load(os.path.join(folder, "run.npz"))
    >>> bool(np.all(again.params == path.params)), again.status.name
    (True, 'MOVING')
    """
    arrays: list[np.ndarray] = []
    header = {"format": HEADER, "version": VERSION, "content": _pack(thing, arrays, "the result")}
    text = np.frombuffer(json.dumps(header).encode(), np.uint8)
    members = {HEADER: text} | {str(i): array for i, array in enumerate(arrays)}
    if not isinstance(target, (str, os.PathLike)):
        _write(target, members)
        return
    path = Path(target)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            _write(file, members)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _write(file: Any, members: Mapping[str, np.ndarray]) -> None:
    """An NPZ archive without the time of day: the same result is the same file."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in members.items():
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as member:
                np.lib.format.write_array(member, array, allow_pickle=False)


def load(source: str | os.PathLike | io.IOBase, *, like: Any = None) -> Any:
    """Read what `save` wrote.

    Args:
        source: a path, or an open binary file that can seek.
        like: parameters of a model, such as an Equinox module or a Flax state: every tree of parameters in
            the result that is laid out like them comes back in such containers, ready for the model's loss.

    Returns:
        The result, its arrays as NumPy arrays on the host.

    Raises:
        StoreError: for a file that is damaged, not a result of Landscape, or from a newer version.
        OSError: when it cannot be opened, or is a pipe or a device.
        ValueError: when nothing in it is laid out like `like`.
    """
    if isinstance(source, (str, os.PathLike)):
        with open_plain(source) as file:
            return load(file, like=like)
    if not plain(source):
        raise StoreError("the file is not a result of Landscape: it is a pipe or a device")
    thing = _read(source)
    return thing if like is None else restore(thing, like)


def _read(source: io.IOBase) -> Any:
    try:
        with zipfile.ZipFile(source) as archive:  # pyright: ignore[reportArgumentType, reportCallIssue]
            if any(member.compress_type != zipfile.ZIP_STORED for member in archive.infolist()):
                raise StoreError("the file is not a result of Landscape: it is compressed")
            header = _header(archive)
            read = functools.cache(lambda index: _member(archive, f"{index}.npy"))  # named twice, held once
            return _unpack(header["content"], read)
    except StoreError:
        raise
    except zipfile.BadZipFile as error:
        raise StoreError(f"the file is damaged, or not a result of Landscape: {error}") from error
    except Exception as error:  # zipfile and NumPy raise a dozen kinds, for bytes that nobody wrote
        raise StoreError(f"the file is damaged: {error}") from error


def _header(archive: zipfile.ZipFile) -> dict:
    """The description, checked for its format and version."""
    if f"{HEADER}.npy" not in archive.namelist():
        raise StoreError("the file is not a result of Landscape: it has no description of its content")
    header = json.loads(_member(archive, f"{HEADER}.npy").tobytes())
    if not isinstance(header, dict) or header.get("format") != HEADER:
        raise StoreError("the file is not a result of Landscape: its description is of another format")
    version = header.get("version")
    if not isinstance(version, int) or version < 1:
        raise StoreError(f"the file is damaged: its version is {version!r}")
    if version > VERSION:
        raise StoreError(
            f"the file is from a newer Landscape (version {version} of the format, this one reads {VERSION})"
        )
    return header


def _member(archive: zipfile.ZipFile, name: str) -> np.ndarray:
    """One array; reading the whole member checks its checksum."""
    return np.lib.format.read_array(io.BytesIO(archive.read(name)), allow_pickle=False)


def _pack(thing: Any, arrays: list[np.ndarray], where: str) -> Any:
    """JSON for one node of the result; its arrays are appended to the list."""
    if thing is None or type(thing) in (bool, int, str):
        return thing
    if type(thing) is float:
        return {"float": thing.hex()}
    if isinstance(thing, Status):
        return {"status": thing.name}
    if isinstance(thing, (np.ndarray, np.generic, jax.Array)):
        return _pack_array(thing, arrays, where)
    if type(thing) in (list, tuple):
        parts = [_pack(part, arrays, f"{where}[{i}]") for i, part in enumerate(thing)]
        return {type(thing).__name__: parts}
    if type(thing) is dict:
        for key in thing:
            if type(key) not in (str, int):
                raise TypeError(f"{where} has a key that is neither text nor a whole number: {key!r}")
        return {"dict": [[key, _pack(value, arrays, f"{where}[{key!r}]")] for key, value in thing.items()]}
    if CLASSES.get(type(thing).__name__) is type(thing):
        values = {name: getattr(thing, name) for name in fields_of(type(thing))}
        fields = {name: _pack(value, arrays, f"{where}.{name}") for name, value in values.items()}
        return {"class": type(thing).__name__, "fields": fields}
    return _pack(parts_of(thing, where), arrays, where)


def _pack_array(thing: Any, arrays: list[np.ndarray], where: str) -> dict:
    if isinstance(thing, jax.Array) and jnp.issubdtype(thing.dtype, jax.dtypes.prng_key):
        raise TypeError(f"{where} is a random key, which no file keeps: store jax.random.key_data of it")
    array = np.asarray(thing)
    node: dict[str, Any] = {"scalar" if isinstance(thing, np.generic) else "array": len(arrays)}
    if array.dtype.name in WIDENED:
        node["dtype"] = array.dtype.name
        array = array.view(np.uint16)
    elif array.dtype.kind not in PLAIN:
        raise TypeError(f"{where} is an array of {array.dtype}, which no file keeps")
    arrays.append(array)
    return node


def _unpack(node: Any, member: Callable[[int], np.ndarray]) -> Any:
    """The result that a node of JSON stands for."""
    if node is None or type(node) in (bool, int, str):
        return node
    if not isinstance(node, dict):
        raise StoreError(f"the file is damaged: it describes {node!r}")
    if "array" in node or "scalar" in node:
        array = member(node["array" if "array" in node else "scalar"])
        array = array.view(WIDENED[node["dtype"]]) if "dtype" in node else array
        return array[()] if "scalar" in node else array
    if "class" in node:
        return _unpack_class(node, member)
    ((kind, value),) = node.items()
    if kind == "float":
        return float.fromhex(value)
    if kind == "status":
        return Status[value]
    if kind in ("list", "tuple"):
        parts = [_unpack(part, member) for part in value]
        return parts if kind == "list" else tuple(parts)
    if kind == "dict":
        return {key: _unpack(part, member) for key, part in value}
    raise StoreError(f"the file is damaged: it describes a {kind!r}")


def _unpack_class(node: dict, member: Callable[[int], np.ndarray]) -> Any:
    if node["class"] not in CLASSES:
        raise StoreError(f"the file holds a {node['class']!r}; known are {', '.join(CLASSES)}")
    cls = CLASSES[node["class"]]
    values = {name: _unpack(part, member) for name, part in node["fields"].items()}
    if cls is Sweep and "cost" in values:  # an earlier file, by the names it has
        values["spent"], values["evaluations"] = values.pop("evaluations"), values.pop("cost")
    for name, declared in fields_of(cls).items():
        allowed: Any = typing.get_args(declared) or (declared,)
        if np.ndarray in allowed and not isinstance(values.get(name), allowed):
            raise StoreError(f"the file is damaged: {node['class']}.{name} is no array")
    return cls(**values)
