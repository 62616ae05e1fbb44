"""The palette is the one of the visual language, and every figure is framed by it."""

import pytest

from landscape.figures import THEMES
from landscape.figures.theme import axis, figure, frame
from landscape.look.palette import LIGHT, theme_of


@pytest.mark.parametrize("name", THEMES)
def test_a_slot_is_known_without_its_colour(name):
    """No two slots share a colour or a marker, and dash and marker are those of the other theme."""
    slots, others = THEMES[name].slots, LIGHT.slots
    assert len({slot.line for slot in slots}) == len({slot.marker for slot in slots}) == 8
    assert [(slot.dash, slot.marker) for slot in slots] == [(slot.dash, slot.marker) for slot in others]


def test_slots_repeat_after_eight():
    assert LIGHT.slot(9) == LIGHT.slot(1)


def test_terrain_stops_are_dark_in_the_valley():
    """Deep is dark in both themes: the sum of the channels rises with the loss."""
    for theme in THEMES.values():
        light = [sum(int(stop[k : k + 2], 16) for k in (1, 3, 5)) for stop in theme.stops]
        assert len(light) == 7
        assert light == sorted(light)


def test_a_theme_is_found_by_name_or_given():
    assert theme_of("dark") is THEMES["dark"]
    assert theme_of(LIGHT) is LIGHT
    with pytest.raises(ValueError, match="one of light, dark; given 'sepia'"):
        theme_of("sepia")


def test_the_frame_leaves_the_page_s_background_and_the_person_s_zoom():
    layout = frame(LIGHT, 300, xaxis=axis(LIGHT, title="t"))
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert layout["uirevision"] == "kept"
    assert layout["height"] == 300
    assert "width" not in layout
    assert layout["xaxis"]["title"]["text"] == "t"


def test_what_lies_higher_is_drawn_later_and_the_legend_keeps_its_order():
    """Levels become the order of drawing; only what lies beneath a map keeps its own."""
    fig = figure(
        [{"type": "scatter", "name": n, "zorder": z} for n, z in (("a", 5), ("b", 1), ("c", -1))], {}
    )
    assert [(trace.name, trace.zorder) for trace in fig.data] == [("c", -1), ("b", None), ("a", None)]
    assert [trace.name for trace in sorted(fig.data, key=lambda trace: trace.legendrank)] == ["a", "b", "c"]
