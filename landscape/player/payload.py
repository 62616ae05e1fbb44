"""The one message to the browser: a JSON header and a blob of float32.

    uint32 length of the header | header, UTF-8 JSON, space-padded | float32 values, all little-endian

Non-finite numbers live in the blob alone, because JSON has no word for them. The header names each array with
its offset and length in floats, and is padded so that the browser reads the blob in place.
"""

import hashlib
import json
import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float

from landscape.relief import LARGEST, Relief
from landscape.types import Status

VERSION = 1
Point = Sequence[float] | Float[np.ndarray, "..."]


@runtime_checkable
class GridLike(Protocol):
    """A surface sampled at a[i], b[j]: loss[i, j]."""

    @property
    def a(self) -> np.ndarray: ...
    @property
    def b(self) -> np.ndarray: ...
    @property
    def loss(self) -> np.ndarray: ...


@dataclass(frozen=True, eq=False)
class Runner:
    """One optimizer in the race, as the stage shows it.

    Args:
        id: what the runner keeps while its hyperparameters change; names its arrays.
        slot: colour, dash and marker, from 1.
        name: its name in the legend.
        short: its name beside the head.
        path: (steps + 1, 2), the parameters at each step.
        loss: (steps + 1,), the loss at each step.
        gradient: (steps + 1, 2), the gradient at each step.
        velocity: (steps + 1, 2), the rule's velocity; None for a rule without one.
        last: the last live step; the run stays there once it is no longer finite.
        status: moving, converged or diverged.
        arrived: the first step within tolerance of a known minimum, or None.
    """

    id: str
    slot: int
    name: str
    short: str
    path: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray
    velocity: np.ndarray | None = None
    last: int = 0
    status: Status = Status.MOVING
    arrived: int | None = None


def pack(
    *,
    grid: GridLike,
    title: str,
    relief: Relief,
    start: Point,
    runners: Sequence[Runner],
    text: Mapping[str, str],
    language: str = "en",
    minima: Iterable[Point] = (),
    saddles: Iterable[Point] = (),
    link: str | None = None,
    draggable: bool = True,
) -> bytes:
    """Pack a surface and the runs on it into the bytes the stage plays.

    Args:
        grid: the sampled surface; its axes bound the picture.
        title: the surface's name.
        relief: its scale and contour levels.
        start: (2,), where every run begins.
        runners: the optimizers, all with the same number of steps; may be empty.
        text: every word the stage shows, translated.
        language: the language tag of those words.
        minima: (x, y, f) of each known minimum.
        saddles: (x, y, f) of each known saddle.
        link: the scenario in URL-safe text, or None.
        draggable: whether the start may be moved.

    Returns:
        The message. Equal content gives equal bytes, and `revision` in the header names the content.

    Raises:
        ValueError: arrays whose shapes do not belong together, or two runners of one id.
    """
    steps = _steps(runners)
    arrays = {"grid": np.asarray(grid.loss)}
    if arrays["grid"].shape != (len(grid.a), len(grid.b)):
        raise ValueError(f"loss has shape {arrays['grid'].shape}, the axes {(len(grid.a), len(grid.b))}")
    for runner in runners:
        arrays |= {f"{kind}:{runner.id}": array for kind, array in _arrays(runner)}

    places, blob = _blob(arrays)
    x, y = (_numbers((axis[0], axis[-1])) for axis in (grid.a, grid.b))
    header = {
        "version": VERSION,
        "language": language,
        "text": dict(text),
        "steps": steps,
        "surface": {
            "title": title,
            "nx": len(grid.a),
            "ny": len(grid.b),
            "x": x,
            "y": y,
            "scale": {key: getattr(relief, key) for key in ("kind", "low", "range", "scale", "open_top")},
            "levels": [asdict(level) for level in relief.levels],
            "minima": [_numbers(point) for point in minima],
            "saddles": [_numbers(point) for point in saddles],
        },
        "start": _numbers(start),
        "draggable": draggable,
        "runners": [_entry(runner, (grid.a[0], grid.b[0]), (grid.a[-1], grid.b[-1])) for runner in runners],
        "arrays": places,
        "link": link,
    }
    revision = hashlib.sha256(_json(header) + blob).hexdigest()[:12]
    head = _json({**header, "revision": revision})
    head += b" " * (-len(head) % 4)
    return struct.pack("<I", len(head)) + head + blob


def unpack(payload: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Read a message back, the inverse of `pack`.

    Returns:
        The header, and each array by name in its own shape, as float32.

    Raises:
        ValueError: the bytes are not a message of this version.
    """
    try:
        blob = 4 + struct.unpack_from("<I", payload)[0]
        header = json.loads(payload[4:blob])
        version = header["version"]
        values = np.frombuffer(payload, dtype="<f4", offset=blob)
    except (struct.error, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise ValueError("not a packed scene") from error
    if version != VERSION:
        raise ValueError(f"packed scene of version {version}, this reads version {VERSION}")
    surface, rows = header["surface"], header["steps"] + 1
    shapes = {"grid": (surface["nx"], surface["ny"]), "loss": (rows,)}
    arrays = {
        name: values[offset : offset + length].reshape(shapes.get(name.partition(":")[0], (rows, 2)))
        for name, (offset, length) in header["arrays"].items()
    }
    return header, arrays


def _steps(runners: Sequence[Runner]) -> int:
    if len({runner.id for runner in runners}) != len(runners):
        raise ValueError("two runners share an id")
    lengths = {len(runner.loss) for runner in runners}
    if 0 in lengths:
        raise ValueError("a run holds at least its start")
    if len(lengths) > 1:
        raise ValueError(f"runs of different lengths: {sorted(lengths)}")
    return max(lengths, default=1) - 1


def _arrays(runner: Runner) -> list[tuple[str, np.ndarray]]:
    vectors = [("path", runner.path), ("gradient", runner.gradient), ("velocity", runner.velocity)]
    vectors = [(kind, np.asarray(array)) for kind, array in vectors if array is not None]
    for kind, array in vectors:
        if array.shape != (len(runner.loss), 2):
            raise ValueError(f"{kind} of {runner.id!r} has shape {array.shape}, not {(len(runner.loss), 2)}")
    return [*vectors, ("loss", np.asarray(runner.loss))]


def _blob(arrays: Mapping[str, np.ndarray]) -> tuple[dict[str, list[int]], bytes]:
    places, parts, offset = {}, [], 0
    for name, array in arrays.items():
        # Too large for float32 is still finite: it must not turn into the sign of a hole in the surface.
        finite = np.clip(array, -LARGEST, LARGEST)
        parts.append(np.where(np.isfinite(array), finite, array).astype("<f4").tobytes())
        places[name] = [offset, array.size]
        offset += array.size
    return places, b"".join(parts)


def _entry(runner: Runner, low: Point, high: Point) -> dict[str, Any]:
    path = np.asarray(runner.path)[: runner.last + 1]
    outside = ~np.all((path >= np.asarray(low)) & (path <= np.asarray(high)), axis=1)
    inside = np.flatnonzero(~outside)
    return {
        "id": runner.id,
        "slot": runner.slot,
        "name": runner.name,
        "short": runner.short,
        "status": runner.status.name.lower(),
        "end": runner.last,
        "arrived": runner.arrived,
        # The step at which the run left the picture for good.
        "left": int(inside[-1] + 1 if inside.size else 0) if outside[-1] else None,
        "velocity": runner.velocity is not None,
    }


def _numbers(values: Point) -> list[float | None]:
    return [float(v) if math.isfinite(v) else None for v in values]


def _json(header: Mapping[str, Any]) -> bytes:
    return json.dumps(header, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
