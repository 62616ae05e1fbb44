"""A surface and the runs on it as one message to the browser, its numbers in float32.

The header names each array with its offset and length in floats. The surface is a formula's, or a plane of a
network's parameters; the runs are then projections, and say how far off that plane they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float

from landscape.core.types import Status
from landscape.look.scale import LARGEST, LossScale
from landscape.player.message import numbers, read, write

VERSION = 1
VECTORS, SCALARS = ("path", "gradient", "velocity"), ("loss", "off", "share", "beneath")
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
        path: (rows, 2), the parameters at each step, or their coordinates in a plane.
        loss: (rows,), the loss at each step, or the accuracy.
        gradient: (rows, 2), the gradient at each step; None where it is not in the plane.
        velocity: (rows, 2), the rule's velocity; None for a rule without one.
        last: the last live row; the run stays there once it is no longer finite.
        status: moving, converged or diverged.
        arrived: the first row within tolerance of a known minimum, or None.
        off: (rows,), the distance off the plane, in the parameters' units.
        share: (rows,), the share of the distance from the plane's centre that lies off the plane, from 0 to
            1; the line grows thinner with it.
        beneath: (rows,), the plane's own loss under each point.
    """

    id: str
    slot: int
    name: str
    short: str
    path: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray | None = None
    velocity: np.ndarray | None = None
    last: int = 0
    status: Status = Status.MOVING
    arrived: int | None = None
    off: np.ndarray | None = None
    share: np.ndarray | None = None
    beneath: np.ndarray | None = None


def pack(
    *,
    grid: GridLike,
    title: str,
    relief: LossScale,
    start: Point | None,
    runners: Sequence[Runner],
    text: Mapping[str, str],
    language: str = "en",
    minima: Iterable[Point] = (),
    saddles: Iterable[Point] = (),
    draggable: bool = True,
    heading: str = "",
    axes: tuple[str, str] | None = None,
    marks: Iterable[tuple[str, float, float]] = (),
    steps_at: Sequence[int] | np.ndarray | None = None,
) -> bytes:
    """Pack a surface and the runs on it into the bytes the stage plays.

    Args:
        grid: the sampled surface; its axes bound the picture.
        title: the surface's name.
        relief: its scale and contour levels; two stages given the same one can be compared by colour.
        start: (2,), where every run begins; None where there is no such point. Without a start and without
            runners nothing moves, and the stage has no controls for playing.
        runners: the optimizers, all with the same number of rows; may be empty.
        text: every word the stage shows, translated.
        language: the language tag of those words.
        minima: (x, y, f) of each known minimum.
        saddles: (x, y, f) of each known saddle.
        draggable: whether the start may be moved.
        heading: what the stage shows, written above it.
        axes: what the axes of a plane mean; with them comes a bar of colours.
        marks: (name, x, y) of each solution to be marked.
        steps_at: (rows,), the step of each row where not every step was kept. Runs may then be of different
            lengths: a shorter one stays at its last row.

    Returns:
        The message. Equal content gives equal bytes, and `revision` in the header names the content.

    Raises:
        ValueError: arrays whose shapes do not belong together, two runners of one id, or steps that do not
            increase.
    """
    rows = _rows(runners, steps_at)
    arrays = {"grid": np.asarray(grid.loss)}
    if arrays["grid"].shape != (len(grid.a), len(grid.b)):
        raise ValueError(f"loss has shape {arrays['grid'].shape}, the axes {(len(grid.a), len(grid.b))}")
    for runner in runners:
        arrays |= {f"{kind}:{runner.id}": _padded(array, rows) for kind, array in _arrays(runner)}

    places, blob = _blob(arrays)
    x, y = (numbers((axis[0], axis[-1])) for axis in (grid.a, grid.b))
    header: dict[str, Any] = {
        "version": VERSION,
        "language": language,
        "text": dict(text),
        "steps": rows - 1,
        "surface": {
            "title": title,
            "nx": len(grid.a),
            "ny": len(grid.b),
            "x": x,
            "y": y,
            "scale": {key: getattr(relief, key) for key in ("kind", "low", "range", "scale", "open_top")},
            "levels": [asdict(level) for level in relief.levels],
            "minima": [numbers(point) for point in minima],
            "saddles": [numbers(point) for point in saddles],
        },
        "start": None if start is None else numbers(start),
        "draggable": draggable,
        "runners": [_entry(runner, (grid.a[0], grid.b[0]), (grid.a[-1], grid.b[-1])) for runner in runners],
        "arrays": places,
    }
    # Only a scene that has them pays for these.
    if relief.metric != "loss":
        header["surface"]["scale"]["metric"] = relief.metric
    if axes is not None:
        header["surface"]["axes"] = list(axes)
    if marked := [[name, *numbers(place)] for name, *place in marks]:
        header["surface"]["marks"] = marked
    if steps_at is not None:
        header["steps_at"] = [int(step) for step in steps_at]
    if heading:
        header["heading"] = heading
    return write(header, blob)


def unpack(payload: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Read a message back, the inverse of `pack`.

    Returns:
        The header, and each array by name in its own shape, as float32.

    Raises:
        ValueError: the bytes are not a message of this version.
    """
    header, blob = read(payload, VERSION)
    if "surface" not in header:
        raise ValueError("not a packed scene")
    values = np.frombuffer(blob, dtype="<f4")
    surface, rows = header["surface"], header["steps"] + 1
    shapes = {"grid": (surface["nx"], surface["ny"])} | dict.fromkeys(SCALARS, (rows,))
    arrays = {
        name: values[offset : offset + length].reshape(shapes.get(name.partition(":")[0], (rows, 2)))
        for name, (offset, length) in header["arrays"].items()
    }
    return header, arrays


def _rows(runners: Sequence[Runner], steps_at: Sequence[int] | np.ndarray | None) -> int:
    if len({runner.id for runner in runners}) != len(runners):
        raise ValueError("two runners share an id")
    lengths = {len(runner.loss) for runner in runners}
    if 0 in lengths:
        raise ValueError("a run holds at least its start")
    if steps_at is None:
        if len(lengths) > 1:
            raise ValueError(f"runs of different lengths: {sorted(lengths)}")
        return max(lengths, default=1)
    if not len(steps_at) or not np.all(np.diff(steps_at) > 0):
        raise ValueError("steps_at must hold one step or more, each above the one before")
    if max(lengths, default=1) > len(steps_at):
        raise ValueError(f"a run of {max(lengths)} rows, but steps_at names {len(steps_at)}")
    return len(steps_at)


def _arrays(runner: Runner) -> list[tuple[str, np.ndarray]]:
    """The arrays that a runner has, by kind, each of its right shape."""
    rows = len(runner.loss)
    kinds = [*((kind, (rows, 2)) for kind in VECTORS), *((kind, (rows,)) for kind in SCALARS)]
    found = [
        (kind, np.asarray(array), shape)
        for kind, shape in kinds
        if (array := getattr(runner, kind)) is not None
    ]
    for kind, array, shape in found:
        if array.shape != shape:
            raise ValueError(f"{kind} of {runner.id!r} has shape {array.shape}, not {shape}")
    return [(kind, array) for kind, array, _ in found]


def _padded(array: np.ndarray, rows: int) -> np.ndarray:
    """The array up to so many rows, the last one repeated."""
    return array if len(array) == rows else array[np.minimum(np.arange(rows), len(array) - 1)]


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
