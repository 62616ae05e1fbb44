"""Colours follow the relief, and contour lines lie where the values are."""

import numpy as np
import pytest

from landscape.figures import THEMES
from landscape.figures.surfaces.shading import colour, colour_bar
from landscape.geometry.grids.isolines import isolines
from landscape.look.palette import LIGHT
from landscape.look.scale import loss_scale
from tests.figures.samples import bowl, holed


def test_colours_run_through_the_stops():
    for theme in THEMES.values():
        assert [colour(theme, k / 6) for k in range(7)] == list(theme.stops)
    assert colour(LIGHT, 1 / 12) == "#8ab8c8"  # midway between the first two


def test_shade_is_t_drawn_towards_its_band():
    """With no share it is t, with a full share the middle of the band, and holes stay holes."""
    grid = holed()
    scale = loss_scale(grid.loss)
    t = scale.t(grid.loss)
    np.testing.assert_array_equal(scale.painted(t, 0.0), t)
    flat = scale.painted(t, 1.0)
    assert set(flat[np.isfinite(flat)]) <= set(scale.centres)
    assert np.all(np.abs(flat - t)[np.isfinite(t)] <= np.diff(scale.edges).max() / 2 + 1e-12)
    np.testing.assert_array_equal(np.isnan(flat), np.isnan(grid.loss))


def test_the_colour_bar_ends_open_where_values_lie_above():
    spiked = bowl().loss
    spiked[0, 0] = 1e9
    bar = colour_bar(loss_scale(spiked), LIGHT, "f")
    assert bar["ticktext"][-1].startswith("≥ ")
    assert bar["tickvals"][-1] == 1.0
    whole = colour_bar(loss_scale(np.linspace(0, 1, 11)[:, None] * np.ones(2)), LIGHT, "f")
    assert len(whole["tickvals"]) == len(whole["ticktext"])


def test_a_circle_is_one_closed_line_of_the_right_radius():
    a = np.linspace(-2, 2, 81)
    [line] = isolines(a, a, np.hypot(a[:, None], a[None, :]), level=1.0)
    np.testing.assert_array_equal(line[0], line[-1])
    np.testing.assert_allclose(np.hypot(*line.T), 1.0, atol=1e-3)


def test_a_saddle_s_branches_do_not_cross():
    """x y = c above and below zero gives two branches each, in opposite quadrants."""
    a = np.linspace(-1, 1, 20)  # an even number: the saddle lies inside a cell
    for level in (1e-3, -1e-3):
        branches = isolines(a, a, np.outer(a, a), level)
        assert len(branches) == 2
        for branch in branches:
            assert np.all(branch[:, 0] * np.sign(branch[0, 0]) > 0)
            np.testing.assert_allclose(branch[:, 0] * branch[:, 1], level, atol=2e-3)


def test_lines_end_at_the_frame_and_at_holes():
    """An open line touches the frame; no point lies beside a cell without values."""
    a = np.linspace(-1, 1, 11)
    [line] = isolines(a, a, np.add.outer(a, np.zeros(11)), level=0.1)
    assert sorted(line[[0, -1], 1].tolist()) == [-1.0, 1.0]
    np.testing.assert_allclose(line[:, 0], 0.1, atol=1e-12)
    values = np.where(a[None, :] < 0, np.nan, np.add.outer(a, np.zeros(11)))
    [line] = isolines(a, a, values, level=0.1)
    assert line[:, 1].min() == pytest.approx(0.0, abs=1e-12)


def test_no_line_where_the_level_is_not_reached():
    a = np.linspace(-1, 1, 5)
    assert isolines(a, a, np.zeros((5, 5)), level=1.0) == []
