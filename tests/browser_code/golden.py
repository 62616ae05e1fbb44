"""What the library says, written for the browser's twins of it: scale, contour lines, numbers, messages."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from landscape.geometry.grids.isolines import isolines
from landscape.i18n.numbers import number as localized
from landscape.look.numbers import number
from landscape.look.palette import THEMES
from landscape.look.scale import LossScale, loss_scale
from landscape.look.strokes import PLANE, TERRAIN
from landscape.player import boundary, curve, unpack
from tests.player import scenes

SHADES = np.linspace(0, 1, 41)


def write(folder: Path) -> None:
    """Write every golden file into a folder."""
    for name, content in (("scales", scales()), ("isolines", lines()), ("numbers", written())):
        (folder / f"{name}.json").write_text(json.dumps(content, allow_nan=False), encoding="utf-8")
    messages = {
        "plane": (scenes.plane(), unpack),
        "accuracy": (scenes.plane(metric="accuracy", language="ko"), unpack),
        "boundary": (scenes.boundaries(), boundary.unpack),
        "curve": (scenes.parabola(), curve.unpack),
    }
    for name, (message, read) in messages.items():
        header, arrays = read(message)
        (folder / f"{name}.bin").write_bytes(message)
        content = {"header": header, "arrays": {key: plain(array) for key, array in arrays.items()}}
        (folder / f"{name}.json").write_text(json.dumps(content, allow_nan=False), encoding="utf-8")


def plain(array: np.ndarray) -> list[float | None]:
    """A flat list of numbers as JSON has them: null for one that is not finite."""
    return [float(value) if np.isfinite(value) else None for value in np.ravel(array)]


def scales() -> list[dict[str, Any]]:
    """Scales of every kind, with heights, losses and shades as the library sees them."""
    x, y = np.meshgrid(np.linspace(-2, 2, 31), np.linspace(-1, 3, 31), indexing="ij")
    rosenbrock, bowl = (1 - x) ** 2 + 100 * (y - x**2) ** 2, x**2 + 3 * y**2
    grids = {
        "log": loss_scale(rosenbrock),
        "negative": loss_scale(rosenbrock - 700, saddles=[-600.0]),
        "linear": loss_scale(x),
        "holes": loss_scale(np.where(x > 1, np.nan, bowl)),
        "constant": loss_scale(np.full((3, 3), 2.5)),
        "accuracy": loss_scale(1 / (1 + bowl), metric="accuracy"),
    }
    return [{"name": name} | _scale(scale) for name, scale in grids.items()]


def _scale(scale: LossScale) -> dict[str, Any]:
    spread = scale.range or 1.0
    losses = scale.low + scale.sign * spread * np.array([0.0, 1e-4, 0.01, 0.3, 0.9, 1.0, 1.5])
    return {
        "surface": {
            "scale": {
                key: getattr(scale, key) for key in ("kind", "low", "range", "scale", "open_top", "metric")
            },
            "levels": [asdict(level) for level in scale.levels],
        },
        "losses": plain(losses),
        "t": plain(np.asarray(scale.t(losses))),
        "shades": plain(SHADES),
        "values": plain(np.asarray(scale.value(SHADES))),
        "painted": {str(share): plain(scale.painted(SHADES, share)) for share in (PLANE, TERRAIN)},
        "colours": {name: theme.rgb(SHADES).tolist() for name, theme in THEMES.items()},
    }


def lines() -> list[dict[str, Any]]:
    """Contour lines of rough ground, of saddles where four corners alternate, and around holes."""
    chance = np.random.default_rng(3)
    rough = chance.normal(size=(12, 9))
    board = np.indices((6, 7)).sum(axis=0) % 2 - 0.5 + 0.1 * chance.random((6, 7))
    holed = np.where(chance.random((12, 9)) < 0.1, np.nan, rough)
    found = []
    for name, values in (("rough", rough), ("board", board), ("holed", holed)):
        a, b = (np.arange(n, dtype=float) for n in values.shape)
        for level in (-0.4, 0.0, 0.55):
            drawn = [line.tolist() for line in isolines(a, b, values, level)]
            shape = {"nx": len(a), "ny": len(b), "values": plain(values)}
            found.append({"name": f"{name} at {level}", "level": level, "lines": drawn, **shape})
    return found


def written() -> list[dict[str, Any]]:
    """Numbers of every size, to some digits; to two digits the tables of both languages write the same."""
    sizes = np.random.default_rng(5).uniform(-8, 9, 300)
    signs = np.where(np.arange(300) % 3, 1, -1)
    values = [*(signs * 10**sizes).tolist(), *np.round(10 ** sizes[:60]).tolist()]
    values += [0.0, 40000.0, 999.96, 999999.0, 999999.5, 1e6, 1e-3, 9.9996e-4, 20.0]
    found = [{"x": x, "digits": k, "text": number(x, k)} for x in values for k in (1, 2, 3, 5)]
    return found + [
        {"x": x, "digits": 2, "text": localized(x, tag, 2)} for x in values for tag in ("en", "ko")
    ]
