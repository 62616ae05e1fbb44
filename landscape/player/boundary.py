"""How classifiers of two-dimensional data divide the plane as they learn, as one message to the browser.

Probabilities are quantised to 255 steps and one class is left out, for they add up to 1: forty frames of
48 x 48 places are some 90 kB for two classes. A message beyond the budget keeps fewer frames, the first and
the last among them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from landscape.core.types import Status
from landscape.player.message import numbers, read, write

VERSION = 1
KIND = "boundary"
BUDGET = 1_500_000  # bytes of probabilities in one message
FRAMES, POINTS, CLASSES, PANELS = 40, 48, 5, 8
STEPS, HOLE = 254, 255  # a probability's steps, and the sign of a place without one
MARGIN = 0.12  # free space around the data, as a share of their extent

Interval = tuple[float, float]
Examples = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False)
class Panel:
    """One classifier as it learns.

    Args:
        id: what it keeps from one training to the next; names its arrays.
        slot: colour, dash and marker, from 1.
        name: what it is called.
        probability: (frames, nx, ny, classes), the probability of each class at each place of the picture; a
            place that has one that is not finite is drawn as a hole.
        train_accuracy: (frames,), the share of training data that is right, from 0 to 1.
        validation_accuracy: (frames,), the same of validation data.
        last: the last live frame; the picture stays there.
        status: moving, converged or diverged.
    """

    id: str
    slot: int
    name: str
    probability: np.ndarray
    train_accuracy: np.ndarray
    validation_accuracy: np.ndarray
    last: int
    status: Status = Status.MOVING


def window(*points: Float[np.ndarray, "_ 2"]) -> tuple[Interval, Interval]:
    """The picture's part of the plane: around all the data, with a margin.

    >>> window(np.array([[0.0, 0.0], [1.0, 2.0]]))
    ((-0.12, 1.12), (-0.24, 2.24))
    """
    every = np.concatenate(points).astype(np.float64)
    low, high = every.min(axis=0), every.max(axis=0)
    margin = MARGIN * np.where(high > low, high - low, 1.0)
    (x0, y0), (x1, y1) = (low - margin).tolist(), (high + margin).tolist()
    return (x0, x1), (y0, y1)


def places(x: Interval, y: Interval, points: int = POINTS) -> Float[np.ndarray, "places 2"]:
    """Where a classifier is asked: `points` by `points` places; the answers reshaped to (points, points, -1)
    are one frame of a panel.

    >>> places((0.0, 1.0), (0.0, 2.0), points=2).tolist()
    [[0.0, 0.0], [0.0, 2.0], [1.0, 0.0], [1.0, 2.0]]
    """
    across, up = (np.linspace(*interval, points) for interval in (x, y))
    return np.stack(np.meshgrid(across, up, indexing="ij"), axis=-1).reshape(-1, 2)


def frames_within(panels: int, classes: int, points: int = POINTS) -> int:
    """How many frames fit a message, at most 40: what a page need not compute beyond.

    >>> frames_within(panels=3, classes=2), frames_within(panels=8, classes=5)
    (40, 20)
    """
    return min(FRAMES, BUDGET // (panels * points * points * (classes - 1)))


def pack(
    *,
    panels: Sequence[Panel],
    x: Interval,
    y: Interval,
    train: Examples,
    validation: Examples,
    classes: Sequence[str],
    steps_at: Sequence[int] | np.ndarray,
    text: Mapping[str, str],
    title: str,
    language: str = "en",
    heading: str = "",
) -> bytes:
    """Pack classifiers' pictures and their data into the bytes that the boundary stage plays.

    Args:
        panels: one to eight classifiers, all with the same frames.
        x: the picture's first coordinate, from its first to its last place.
        y: its second coordinate.
        train: (n, 2) points and (n,) labels, drawn filled.
        validation: the same, drawn hollow.
        classes: two to five names; label k belongs to name k.
        steps_at: (frames,), the step of each frame.
        text: every word the stage shows, translated.
        title: the data's name, for readers of the screen and for files.
        language: the language tag of the words.
        heading: what is written above the panels.

    Returns:
        The message. Equal content gives equal bytes, and `revision` in the header names the content.

    Raises:
        ValueError: too many panels or classes, two panels of one id, labels without a class, steps that do
            not increase, or arrays whose shapes do not belong together.
    """
    frames = len(steps_at)
    _check(panels, classes, steps_at)
    kept = _kept(frames, panels)
    arrays: dict[str, np.ndarray] = {}
    for name, (points, labels) in (("train", train), ("validation", validation)):
        if np.shape(points) != (len(labels), 2):
            raise ValueError(f"{name} points have shape {np.shape(points)}, not {(len(labels), 2)}")
        if len(labels) and not 0 <= int(np.min(labels)) <= int(np.max(labels)) < len(classes):
            raise ValueError(f"{name} labels must be from 0 to {len(classes) - 1}")
        arrays[f"{name}:points"] = np.asarray(points, "<f4")
        arrays[f"{name}:labels"] = np.asarray(labels, "<f4")
    for panel in panels:
        arrays[f"train_accuracy:{panel.id}"] = np.asarray(panel.train_accuracy, "<f4")[kept]
        arrays[f"validation_accuracy:{panel.id}"] = np.asarray(panel.validation_accuracy, "<f4")[kept]
    for panel in panels:  # bytes last, so that the browser reads every float in place
        arrays[f"probability:{panel.id}"] = _quantised(panel.probability[kept])

    found, offset = {}, 0
    for name, array in arrays.items():
        found[name] = [offset, array.size]
        offset += array.nbytes
    nx, ny = panels[0].probability.shape[1:3]
    header = {
        "version": VERSION,
        "kind": KIND,
        "language": language,
        "text": dict(text),
        "title": title,
        "heading": heading,
        "steps": len(kept) - 1,
        "steps_at": [int(steps_at[k]) for k in kept],
        "picture": {"nx": nx, "ny": ny, "x": numbers(x), "y": numbers(y)},
        "classes": list(classes),
        "panels": [_entry(panel, kept) for panel in panels],
        "arrays": found,
    }
    return write(header, b"".join(array.tobytes() for array in arrays.values()))


def unpack(message: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Read a message back, the inverse of `pack` but for the quantisation and the frames left out.

    Returns:
        The header, and each array by name in its own shape, as float32; `probability:<id>` with all classes.

    Raises:
        ValueError: the bytes are not a message of this kind and version.
    """
    header, blob = read(message, VERSION)
    if header.get("kind") != KIND:
        raise ValueError("not a packed boundary")
    picture, classes = header["picture"], len(header["classes"])
    arrays = {}
    for name, (offset, size) in header["arrays"].items():
        if name.startswith("probability:"):
            coded = np.frombuffer(blob, np.uint8, size, offset)
            arrays[name] = _probability(coded.reshape(-1, picture["nx"], picture["ny"], classes - 1))
        else:
            array = np.frombuffer(blob, "<f4", size, offset)
            arrays[name] = array.reshape(-1, 2) if name.endswith(":points") else array
    return header, arrays


def _check(panels: Sequence[Panel], classes: Sequence[str], steps_at: Sequence[int] | np.ndarray) -> None:
    if not 1 <= len(panels) <= PANELS:
        raise ValueError(f"one to {PANELS} panels are drawn; given {len(panels)}")
    if not 2 <= len(classes) <= CLASSES:
        raise ValueError(f"two to {CLASSES} classes are drawn; given {len(classes)}")
    if len({panel.id for panel in panels}) != len(panels):
        raise ValueError("two panels share an id")
    if not len(steps_at) or not np.all(np.diff(steps_at) > 0):
        raise ValueError("steps_at must hold one step or more, each above the one before")
    frames, places = len(steps_at), panels[0].probability.shape[1:3]
    for panel in panels:
        wanted = (frames, *places, len(classes))
        if panel.probability.shape != wanted or min(places) < 2:
            raise ValueError(f"probability of {panel.id!r} has shape {panel.probability.shape}, not {wanted}")
        for accuracy in (panel.train_accuracy, panel.validation_accuracy):
            if np.shape(accuracy) != (frames,):
                raise ValueError(f"accuracy of {panel.id!r} has shape {np.shape(accuracy)}, not {(frames,)}")


def _kept(frames: int, panels: Sequence[Panel]) -> np.ndarray:
    """Which frames fit the budget, evenly taken, the first and the last among them."""
    each = math.prod(panels[0].probability.shape[1:3]) * (panels[0].probability.shape[3] - 1)
    room = max(2, BUDGET // (len(panels) * each))
    return np.unique(np.linspace(0, frames - 1, min(frames, room)).round().astype(int))


def _quantised(probability: np.ndarray) -> np.ndarray:
    """(frames, nx, ny, classes - 1) bytes: every class but the first, 255 where a place has no number."""
    finite = np.isfinite(probability).all(axis=-1, keepdims=True)
    share = np.clip(np.where(finite, probability[..., 1:], 0), 0, 1)
    return np.where(finite, np.rint(STEPS * share), HOLE).astype(np.uint8)


def _probability(coded: np.ndarray) -> np.ndarray:
    share = np.where(coded == HOLE, np.nan, coded / np.float32(STEPS)).astype(np.float32)
    return np.concatenate([np.clip(1 - share.sum(axis=-1, keepdims=True), 0, 1), share], axis=-1)


def _entry(panel: Panel, kept: np.ndarray) -> dict[str, Any]:
    return {
        "id": panel.id,
        "slot": panel.slot,
        "name": panel.name,
        "status": panel.status.name.lower(),
        # The last live frame among those that are kept.
        "end": int(np.searchsorted(kept, panel.last, side="right") - 1),
    }
