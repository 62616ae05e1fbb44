"""The one-dimensional stage: a curve, a ball that walks on it, and how every rate and every start would end.

uint32 length of the header | header, UTF-8 JSON, space-padded | float32 arrays | bytes, all little-endian
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float, UInt8

from landscape.player.message import read, write

VERSION = 1
KIND = "curve"
OUTCOMES = ("slow", "shallow", "deep", "cycles", "diverged")
"""The kinds of end, each with its colour; an outcome's code is its place here."""

Interval = tuple[float, float]


@dataclass(frozen=True)
class Control:
    """A number that is moved on the stage.

    Args:
        name: the setting it becomes.
        value: where it is.
        low, high: its bounds.
    """

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class CurveRun:
    """One run on the curve.

    Args:
        slot: its colour, from 1; 0 for the accent.
        name: written beside it where there are several.
        path: (steps + 1,), where it is after each step; not finite once it is lost.
        slopes: (steps + 1,), of the curve at each of them, where the stage tells it; else it is read off the
            drawn curve.
    """

    slot: int
    name: str
    path: np.ndarray
    slopes: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class Rates:
    """What the slider of learning rates shows: evenly spaced in the logarithm over its control's bounds.

    Args:
        outcomes: (n,), how the run at each rate ends.
        zones: rates from, to, and the words above that part of the track.
        marks: a rate and the words below it.
        paths: (m, steps + 1), the run at each of m rates, shown while the slider moves; or None.
    """

    outcomes: UInt8[np.ndarray, " n"]
    zones: Sequence[tuple[float, float, str]] = ()
    marks: Sequence[tuple[float, str]] = ()
    paths: Float[np.ndarray, "m frames"] | None = None


def pack(
    *,
    x: Interval,
    y: Interval,
    height: Float[np.ndarray, " points"],
    slope: Float[np.ndarray, " points"],
    balls: Sequence[CurveRun],
    text: Mapping[str, str],
    title: str,
    language: str = "en",
    places: Sequence[tuple[float, str]] = (),
    rate: Control | None = None,
    rates: Rates | None = None,
    start: Control | None = None,
    grid: UInt8[np.ndarray, "nx ny"] | None = None,
    outcomes: Mapping[str, str] | None = None,
    code: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Pack a curve and its runs into the bytes that the curve stage plays.

    Args:
        x, y: the window.
        height, slope: of the curve, at evenly spaced places from the window's left to its right.
        balls: the runs; the first one carries the slope, the step and the next point.
        text: every word the stage shows, translated.
        title: what is shown, for readers of the screen and for files.
        language: the language tag of the words.
        places: where on the curve a name is written, such as a minimum.
        rate: the learning rate, if it is moved on the stage.
        rates: how every rate ends.
        start: the start, if it is moved on the stage.
        grid: how every rate (first axis) ends from every start (second axis).
        outcomes: a name for each kind of end that the legend shows, by its name in `OUTCOMES`.
        code: the lines of the loop that runs, each with what it does at this step: `{step}`, `{x}`,
            `{slope}`, `{rate}`, `{move}` and `{next}` are replaced by the first ball's numbers. The line of
            `{slope}` alone is lit while the ball rests, the line of `{next}` while it moves.

    Returns:
        The message. Equal content gives equal bytes.

    Raises:
        ValueError: no ball, balls of different lengths, arrays that do not belong together, or an outcome
            that is unknown.
    """
    if not balls or len({len(ball.path) for ball in balls}) != 1:
        raise ValueError("one ball or more, all with the same number of steps")
    if len(height) != len(slope) or len(height) < 2:
        raise ValueError(f"height and slope belong together; given {len(height)} and {len(slope)} places")
    if (rates or grid is not None) and rate is None:
        raise ValueError("the outcomes of rates need the control of the rate")
    unknown = set(outcomes or ()) - set(OUTCOMES)
    if unknown:
        raise ValueError(f"an outcome is one of {', '.join(OUTCOMES)}; given {', '.join(sorted(unknown))}")
    arrays = {"height": height, "slope": slope}
    for k, ball in enumerate(balls):
        arrays |= {f"path:{k}": ball.path, f"move:{k}": _moves(ball.path)}
        if ball.slopes is not None:
            arrays[f"slope:{k}"] = ball.slopes
    codes = {}
    if rates:
        codes["strip"] = rates.outcomes
        if rates.paths is not None:
            arrays["paths"] = rates.paths
    if grid is not None:
        codes["grid"] = grid.T
    parts = [_single(array) for array in arrays.values()]
    parts += [np.ascontiguousarray(array, np.uint8) for array in codes.values()]
    found, offset = {}, 0
    for name, part in zip([*arrays, *codes], parts, strict=True):
        found[name] = [offset, part.size]
        offset += part.nbytes
    header = {
        "version": VERSION,
        "kind": KIND,
        "language": language,
        "text": dict(text),
        "title": title,
        "x": list(map(float, x)),
        "y": list(map(float, y)),
        "steps": len(balls[0].path) - 1,
        "balls": [{"slot": ball.slot, "name": ball.name, "end": _end(_single(ball.path))} for ball in balls],
        "places": [{"x": float(at), "name": name} for at, name in places],
        "rate": _control(rate),
        "start": _control(start),
        "zones": [{"low": a, "high": b, "name": name} for a, b, name in (rates.zones if rates else ())],
        "marks": [{"at": float(at), "name": name} for at, name in (rates.marks if rates else ())],
        "grid": None if grid is None else list(grid.shape),
        "outcomes": dict(outcomes or {}),
        "code": [{"line": line, "live": live} for line, live in code],
        "arrays": found,
    }
    return write(header, b"".join(part.tobytes() for part in parts))


def unpack(message: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Read a message back, the inverse of `pack`.

    Returns:
        The header, and each array by name; "grid" as (rates, starts), "paths" as (rates, frames).

    Raises:
        ValueError: the bytes are not a message of this kind and version.
    """
    header, blob = read(message, VERSION)
    if header.get("kind") != KIND:
        raise ValueError("not a packed curve")
    arrays = {}
    for name, (offset, size) in header["arrays"].items():
        dtype = np.uint8 if name in ("strip", "grid") else "<f4"
        arrays[name] = np.frombuffer(blob, dtype, size, offset)
    if "grid" in arrays:
        arrays["grid"] = arrays["grid"].reshape(header["grid"][::-1]).T
    if "paths" in arrays:
        arrays["paths"] = arrays["paths"].reshape(-1, header["steps"] + 1)
    return header, arrays


def _control(control: Control | None) -> dict[str, Any] | None:
    return None if control is None else dict(vars(control))


def _single(array: np.ndarray) -> np.ndarray:
    """The numbers that are sent; one that is too large for them is infinite."""
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(array, "<f4")


def _moves(path: np.ndarray) -> np.ndarray:
    """Every step that a run takes, before the rounding that would swallow a short one."""
    with np.errstate(all="ignore"):
        return np.diff(path)


def _end(path: np.ndarray) -> int:
    """The last step before the first that is not finite."""
    lost = np.flatnonzero(~np.isfinite(path))
    return int(max(0, lost[0] - 1)) if len(lost) else len(path) - 1
