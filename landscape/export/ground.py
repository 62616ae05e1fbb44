"""The ground of a picture in SVG: the surface's colours as a small image, contour lines over it."""

import base64
import math
import struct
import zlib
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, UInt8

from landscape.geometry.grids.grid import Grid
from landscape.geometry.grids.isolines import isolines
from landscape.geometry.projected_path import Frame
from landscape.look.palette import Theme
from landscape.look.scale import LossScale
from landscape.look.strokes import ISOLINES, PLANE, SOLID, Stroke

HOLE = 255  # the index of a pixel without a loss; 0 to 254 are shades
FAR = 1e5  # px beyond which a point is as good as there


@dataclass(frozen=True)
class Plane:
    """A rectangle of parameters laid on `width` x `height` px, the second coordinate upward."""

    frame: Frame
    width: int
    height: int

    def place(self, points: Float[np.ndarray, "*rows 2"]) -> Float[np.ndarray, "*rows 2"]:
        """Return points in px.

        >>> Plane(((-1.0, 1.0), (0.0, 4.0)), 200, 100).place(np.array([0.0, 3.0])).tolist()
        [100.0, 25.0]
        """
        low, high = np.array(self.frame).T
        share = (points - low) / (high - low)
        return np.clip(np.abs([0, 1] - share) * [self.width, self.height], -FAR, FAR)


def line(points: Float[np.ndarray, "rows 2"]) -> str:
    """Return points in px as an SVG path to a tenth of a px, without those less than half a px from the last.

    >>> line(np.array([[0.0, 1.0], [0.3, 1.0], [0.6, 1.0], [2.5, 3.25]]))
    'M0 1 0.6 1 2.5 3.2'
    """
    kept: list[tuple[float, float]] = []
    for x, y in points.tolist():
        if not kept or math.hypot(x - kept[-1][0], y - kept[-1][1]) >= 0.5:
            kept.append((x, y))
    return "M" + " ".join(f"{round(number, 1) + 0.0:g}" for point in kept for number in point)


def ground(grid: Grid, scale: LossScale, plane: Plane, theme: Theme) -> str:
    """Return the surface's colours over the whole plane; what has no loss is hatched."""
    whole = f"width='{plane.width}' height='{plane.height}'"
    t = _enlarged(np.asarray(scale.t(grid.loss)), plane)
    shades = scale.painted(np.linspace(0, 1, HOLE), PLANE)
    holes = np.isnan(t)
    indices = np.where(holes, HOLE, np.nan_to_num(t) * (HOLE - 1) + 0.5).astype(np.uint8)
    image = base64.b64encode(_png(indices, theme.rgb(shades))).decode()
    picture = f"<image {whole} preserveAspectRatio='none' href='data:image/png;base64,{image}'/>"
    if not holes.any():
        return picture
    hatch = (
        "<pattern id='hatch' width='8' height='8' patternUnits='userSpaceOnUse' "
        f"patternTransform='rotate(45)'><path d='M0 0V8' stroke='{theme.hatch}' stroke-width='3'/></pattern>"
    )
    return f"{hatch}<rect {whole} fill='{theme.hole}'/><rect {whole} fill='url(#hatch)'/>{picture}"


def contours(grid: Grid, scale: LossScale, plane: Plane, theme: Theme) -> str:
    """Return the contour lines, one path for each kind."""
    t = np.asarray(scale.t(grid.loss))
    drawn: dict[str, str] = dict.fromkeys(ISOLINES, "")
    for level in scale.levels:
        for points in isolines(grid.a, grid.b, t, level.t):
            drawn[level.kind] += line(plane.place(points))
    paths = (f"<path d='{d}' {_look(ISOLINES[kind])}/>" for kind, d in drawn.items() if d)
    return f"<g stroke='{theme.isoline}'>{''.join(paths)}</g>"


def _look(stroke: Stroke) -> str:
    dash = "" if stroke.dash == SOLID else f" stroke-dasharray='{stroke.dash}'"
    return f"stroke-width='{stroke.width}' stroke-opacity='{stroke.opacity}'{dash}"


def _enlarged(t: Float[np.ndarray, "na nb"], plane: Plane) -> Float[np.ndarray, "rows columns"]:
    """Interpolate between the four points around the middle of each px; NaN where one of them is NaN."""
    (i, right), (j, up) = (
        _between(size, count) for size, count in zip(t.shape, (plane.width, plane.height), strict=True)
    )
    below = t[np.ix_(i, j)] * (1 - right)[:, None] + t[np.ix_(i + 1, j)] * right[:, None]
    above = t[np.ix_(i, j + 1)] * (1 - right)[:, None] + t[np.ix_(i + 1, j + 1)] * right[:, None]
    return (below * (1 - up) + above * up).T[::-1]


def _between(size: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """For `count` px along an axis of `size` points: the point before each, and the share of the next."""
    at = (np.arange(count) + 0.5) / count * (size - 1)
    before = np.minimum(at.astype(int), size - 2)
    return before, at - before


def _png(indices: UInt8[np.ndarray, "rows columns"], colours: UInt8[np.ndarray, "count 3"]) -> bytes:
    """Encode indices into colours as PNG; the index after the last colour is transparent."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows, columns = indices.shape
    header = struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)  # eight bits, a palette, not interlaced
    # Each row says first how it is written: 2, as what changed from the row above.
    changes = np.diff(indices, axis=0, prepend=np.zeros((1, columns), np.uint8))
    filtered = np.pad(changes, ((0, 0), (1, 0)), constant_values=2)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"PLTE", colours.tobytes() + bytes(3)),
            chunk(b"tRNS", bytes([255] * len(colours) + [0])),
            chunk(b"IDAT", zlib.compress(filtered.tobytes(), 9)),
            chunk(b"IEND", b""),
        ]
    )
