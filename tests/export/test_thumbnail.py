"""A thumbnail shows what was computed: the ground's colours, every path to its end, and where one left."""

import base64
import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from landscape.export.ground import Plane, ground
from landscape.export.thumbnail import thumbnail
from landscape.geometry.grids.grid import Grid
from landscape.look.palette import THEMES
from landscape.look.scale import loss_scale
from landscape.presets.races import PRESETS
from landscape.scenario import Scenario

pytestmark = pytest.mark.slow

SVG = "{http://www.w3.org/2000/svg}"
FRAME = ((0.0, 1.0), (0.0, 1.0))


def bowl(*runners: tuple[str, float], start=(1.0, 1.0)) -> Scenario:
    """A race on the bowl: a rule and a rate for each slot."""
    entries = [
        {"id": f"r{slot}", "rule": rule, "fields": {"learning_rate": rate}, "slot": slot}
        for slot, (rule, rate) in enumerate(runners, start=1)
    ]
    return Scenario(problem={"name": "bowl"}, start=start, steps=30, runners=entries)


def pixels(svg: str) -> np.ndarray:
    """(rows, columns, 4): the ground's image, decoded by another program than the one that made it."""
    data = re.search(r"base64,([^']+)'", svg)
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data[1]))).convert("RGBA"))


def paths(svg: str, colour: str) -> list[np.ndarray]:
    """The lines of a colour, (points, 2) each."""
    found = ET.fromstring(svg).iter(f"{SVG}path")
    drawn = [path.get("d")[1:] for path in found if path.get("stroke") == colour]
    return [np.array(d.split(), float).reshape(-1, 2) for d in drawn]


def count(svg: str, tag: str) -> int:
    return len(list(ET.fromstring(svg).iter(SVG + tag)))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_drawn(name, theme):
    """The picture is well-formed, of the size asked for, without words; every runner's colour is in it."""
    svg = thumbnail(PRESETS[name], theme, 320, 200)
    root = ET.fromstring(svg)
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("320", "200", "0 0 480 300")
    assert not "".join(root.itertext()).strip()
    assert len(svg) < 100_000
    assert "nan" not in re.sub(r"base64,[^']+", "", svg)
    for runner in PRESETS[name].runners:
        [line] = paths(svg, THEMES[theme].slot(runner.slot).line)[:1]
        assert np.all(np.isfinite(line))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_ground_has_the_colours_of_the_relief(theme):
    """Along a slope each column has its shade, drawn towards its band, and the least loss is on the left."""
    a = np.linspace(0, 1, 11)
    loss = np.repeat(a[:, None], 11, axis=1)
    scale = loss_scale(loss)
    image = pixels(ground(Grid(a, a, loss), scale, Plane(FRAME, 200, 100), theme))
    assert image.shape == (100, 200, 4)
    assert np.all(image[..., 3] == 255)
    assert np.all(image == image[:1])
    middle = (np.arange(200) + 0.5) / 200
    t = np.round(scale.t(middle) * 254) / 254  # as finely as 255 shades tell
    expected = theme.rgb(scale.painted(t, 0.65)).astype(int)
    assert np.mean(np.abs(image[0, :, :3] - expected).max(axis=1) <= 1) > 0.97  # but for a rounded tie
    assert image[0, 0, :3].sum() < image[0, -1, :3].sum()


def test_the_second_coordinate_points_up():
    """The lowest loss, at the least y, is at the picture's bottom."""
    a = np.linspace(0, 1, 11)
    grid = Grid(a, a, np.repeat(a[None, :], 11, axis=0))
    image = pixels(ground(grid, loss_scale(grid.loss), Plane(FRAME, 50, 50), THEMES["light"]))
    assert image[-1, 0, :3].sum() < image[0, 0, :3].sum()


def test_a_hole_is_a_hole():
    """Where there is no loss the image is clear and the hatching shows; elsewhere it is opaque."""
    a = np.linspace(0, 1, 11)
    loss = np.repeat(a[:, None], 11, axis=1)
    loss[:6] = np.nan
    svg = ground(Grid(a, a, loss), loss_scale(loss), Plane(FRAME, 100, 100), THEMES["light"])
    alpha = pixels(svg)[..., 3]
    assert np.all(alpha[:, :60] == 0)
    assert np.all(alpha[:, 60:] == 255)
    assert svg.count("url(#hatch)") == 1
    whole = thumbnail(bowl(("sgd", 0.1)))
    assert "hatch" not in whole


def test_a_path_runs_from_the_start_to_its_end():
    """In px: x to the right, y up, over the surface's domain."""
    scenario = bowl(("sgd", 0.1))
    surface = scenario.surface()
    path = scenario.paths()["r1"]
    [line] = paths(thumbnail(scenario, paths={"r1": path}), THEMES["light"].slot(1).line)
    low, high = np.array(surface.domain).T
    for point, params in ((line[0], path.params[0]), (line[-1], path.params[-1])):
        share = (params - low) / (high - low)
        np.testing.assert_allclose(point, [480 * share[0], 300 * (1 - share[1])], atol=0.6)


def test_a_path_that_left_ends_at_the_edge_with_a_disc():
    """The line stops on the frame, and a disc stands where a marker would."""
    svg = thumbnail(bowl(("sgd", 0.1), ("sgd", 9.0)))
    _, gone = (paths(svg, THEMES["light"].slot(slot).line) for slot in (1, 2))
    x, y = gone[0][-1]
    assert min(x, 480 - x, y, 300 - y) == pytest.approx(0, abs=0.1)
    assert count(svg, "circle") == 1
    assert count(thumbnail(bowl(("sgd", 0.1))), "circle") == 0


def test_dash_and_colour_are_those_of_the_slot():
    """Slot 1 is solid, slot 2 long dashes, in the colours of either theme."""
    scenario = bowl(("sgd", 0.1), ("sgd", 0.2))
    for theme in THEMES.values():
        lines = {p.get("stroke"): p for p in ET.fromstring(thumbnail(scenario, theme)).iter(f"{SVG}path")}
        assert lines[theme.slot(1).line].get("stroke-dasharray") is None
        assert lines[theme.slot(2).line].get("stroke-dasharray") == "14px,4px"


def test_a_curve_is_refused():
    curve = Scenario(problem={"name": "parabola"}, start=(1.0,), steps=10)
    with pytest.raises(ValueError, match="two parameters; this one has 1"):
        thumbnail(curve)


def test_pictures_need_neither_the_app_nor_plotly():
    program = "import sys, landscape.export.thumbnail as t; print({'plotly', 'streamlit'} & set(sys.modules))"
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "set()"
