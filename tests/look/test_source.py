"""One table of the look: the browser's copy, the styles and the app's theme say what it says."""

import re
import tomllib
from pathlib import Path

import pytest

from landscape.look import write
from landscape.look.source import FONT, LOOK

ROOT = Path(__file__).resolve().parents[2]
LIGHT, DARK = (LOOK["themes"][name] for name in ("light", "dark"))
STYLES = sorted((ROOT / "landscape").rglob("*.css"))
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
MEANT = {
    "backgroundColor": "background",
    "secondaryBackgroundColor": "secondary",
    "textColor": "ink",
    "grayTextColor": "muted",
    "borderColor": "line",
    "dataframeBorderColor": "line",
    "dataframeHeaderBackgroundColor": "secondary",
    "dataframeHeaderTextColor": "muted",
    "codeBackgroundColor": "secondary",
    "codeTextColor": "ink",
    "primaryColor": "accent",
    "linkColor": "accent",
    "blueTextColor": "accent",
    "blueBackgroundColor": "tint",
    "greenTextColor": "success",
}
WARNED = ("red", "orange", "yellow")
VARIABLES = {
    "line": "line",
    "muted": "muted",
    "ink": "ink",
    "panel": "secondary",
    "accent": "accent",
    "tint": "tint",
    "good": "success",
    "bad": "warning",
    "verdict": "care",
}


def test_the_browser_s_copy_is_as_written():
    assert write.SCRIPT.read_text(encoding="utf-8") == write.script(), "run python -m landscape.look.write"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_app_s_theme_is_the_look(name):
    """Every colour that Streamlit is given, and none besides."""
    look = LOOK["themes"][name]
    wanted = {key: look[colour] for key, colour in MEANT.items()}
    wanted |= {f"{kind}TextColor": look["warning"] for kind in WARNED}
    wanted |= {f"{kind}BackgroundColor": look["warning_tint"] for kind in WARNED}
    wanted["chartCategoricalColors"] = [slot["line"] for slot in look["slots"]]
    assert CONFIG[name] == wanted


def test_every_style_is_set_in_the_look_s_type():
    """Streamlit brings Source Sans itself; elsewhere an installed Source Sans 3 does as well."""
    assert CONFIG["font"] == FONT.replace('"Source Sans 3", ', "")
    stage = (write.SCRIPT.parent / "stage.css").read_text(encoding="utf-8")
    assert FONT in stage


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_s_colours_are_the_look_s(path):
    """A colour is a pair of one meaning, light and dark; a variable's is the one of its name."""
    text = path.read_text(encoding="utf-8")
    pairs = re.findall(r"(?:--([\w-]+):\s*)?light-dark\((#\w+),\s*(#\w+)\)", text)
    meanings = [{name for name in LIGHT if (LIGHT[name], DARK[name]) == pair[1:]} for pair in pairs]
    assert all(meanings)
    for (variable, *_), meaning in zip(pairs, meanings, strict=True):
        assert not variable or VARIABLES[variable] in meaning
    assert not re.findall(r"#[0-9a-f]{3,8}\b", re.sub(r"light-dark\(.*?\)", "", text))


def test_the_icon_is_the_accent():
    icon = (ROOT / "landscape" / "ui" / "page" / "icon.svg").read_text(encoding="utf-8")
    assert set(re.findall(r"#\w+", icon)) == {LIGHT["accent"], "#fff"}


def _corners(path: str) -> list[tuple[float, float]]:
    """The corners of an SVG path of M, L, H, V and Z."""
    found, x, y = [], 0.0, 0.0
    for letter, numbers in re.findall(r"([MLHV])([\d. ]+)", path):
        values = [float(number) for number in numbers.split()]
        x = x if letter == "V" else values[0]
        y = y if letter == "H" else values[-1]
        found.append((x, y))
    return found


def _area(corners: list[tuple[float, float]]) -> float:
    turned = [*corners[1:], corners[0]]
    return abs(sum(a * d - b * c for (a, b), (c, d) in zip(corners, turned, strict=True))) / 2


@pytest.mark.parametrize("name", [name for name, marker in LOOK["markers"].items() if marker["corners"]])
def test_a_marker_s_path_and_corners_are_one_shape(name):
    """As many corners, and as large an area around a circle of 5.5 px, to a third."""
    drawn, traced = _corners(LOOK["markers"][name]["path"]), LOOK["markers"][name]["corners"]
    assert len(drawn) == len(traced)
    assert _area(drawn) == pytest.approx(5.5**2 * _area(traced), rel=1 / 3)
