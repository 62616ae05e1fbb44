"""Pictures of a surface show its true values, its holes, and the paths as they went."""

import numpy as np
import pytest

from landscape.figures import THEMES, Run, contour, terrain
from landscape.figures.surfaces.routes import route_of
from landscape.geometry.grids.grid import Grid
from landscape.look.scale import loss_scale
from tests.figures.samples import WORDS, bowl, descent, diverging, holed, traces, trajectory


@pytest.mark.parametrize("theme", list(THEMES))
def test_contour_holds_the_grid_and_the_relief(theme):
    """Colour is t, told is the loss itself; x runs along the grid's rows."""
    grid = bowl()
    grid = Grid(grid.a, grid.b[5:], grid.loss[:, 5:])
    [heat] = traces(contour(grid, theme=theme), type="heatmap")
    np.testing.assert_allclose(heat.z, loss_scale(grid.loss).t(grid.loss).T, rtol=1e-6)
    np.testing.assert_array_equal(heat.customdata, grid.loss.T)
    assert (len(heat.x), len(heat.y)) == (21, 16)
    assert [stop for _, stop in heat.colorscale] == list(THEMES[theme].stops)


def test_bands_change_exactly_at_the_levels():
    """Plotly's even steps are laid on the relief's uneven levels."""
    grid = bowl()
    levels = loss_scale(grid.loss).levels
    [bands] = traces(contour(grid), type="contour")
    assert (bands.contours.start, bands.contours.end, bands.contours.size) == (1, len(levels), 1)
    assert len(bands.colorscale) == len(levels) + 1
    below = np.sum([grid.loss > level.value * (1 + 1e-6) for level in levels], axis=0)
    clear = np.abs(bands.z.T - np.round(bands.z.T)) > 1e-4
    np.testing.assert_array_equal(np.floor(bands.z.T)[clear], below[clear])


def test_contour_lines_lie_on_their_levels_and_the_saddle_s_is_dashed():
    a = np.linspace(-1, 1, 41)
    grid = Grid(a, a, a[:, None] ** 2 - a[None, :] ** 2)
    fig = contour(grid, saddles=[(0.0, 0.0, 0.0)], words=WORDS)
    [dashed] = [t for t in traces(fig, mode="lines") if t.line.dash == "5px,3px"]
    x, y = dashed.x[np.isfinite(dashed.x)], dashed.y[np.isfinite(dashed.x)]
    np.testing.assert_allclose(np.abs(x), np.abs(y), atol=1e-6)
    labels = {note.text for note in fig.layout.annotations}
    assert "0" in labels
    assert labels <= {level.label for level in loss_scale(grid.loss, [0.0]).levels if level.kind != "normal"}


def test_holes_are_hatched_and_only_holes():
    """The hatching lies beneath; cells without a value have no colour, and no line reaches into them."""
    fig = contour(holed())
    [hatch] = traces(fig, fill="toself")
    assert hatch.zorder == -1
    assert (hatch.fillpattern.bgcolor, hatch.fillpattern.fgcolor) == ("#f0f0ee", "#969ca3")
    [heat] = traces(fig, type="heatmap")
    assert np.isnan(heat.z[0]).all()
    assert heat.hoverongaps is False
    lines = [line for line in traces(fig, mode="lines") if line.fill is None]
    assert lines
    for line in lines:
        assert np.nanmin(line.y) >= 0
    assert not traces(contour(bowl()), fill="toself")


def test_paths_are_dashed_on_an_unbroken_casing():
    """Each path: casing, dashed line with step and loss to point at, and the slot's head marker."""
    run = descent(slot=4)
    casing, line, head = traces(contour(bowl(), [run], words=WORDS), name="runner")
    for trace in (casing, line):
        np.testing.assert_allclose(np.stack([trace.x, trace.y], 1), run.trajectory.params, rtol=1e-6)
    slot = THEMES["light"].slot(4)
    assert (casing.line.color, casing.line.width, casing.line.dash) == ("rgba(255,255,255,0.92)", 5.5, None)
    assert (line.line.color, line.line.dash, line.line.width) == (slot.line, slot.dash, 2.75)
    np.testing.assert_array_equal(line.customdata[:, 0], np.arange(21))
    np.testing.assert_allclose(line.customdata[:, 1], run.trajectory.loss, rtol=1e-6)
    assert (head.marker.symbol, head.x[0]) == (slot.marker, pytest.approx(run.trajectory.params[-1, 0]))


def test_a_path_that_left_says_when_at_the_edge_it_crossed():
    fig = contour(bowl(), [diverging(2, last=5)], words=WORDS)
    assert traces(fig, name="lost", mode="lines")[0].x.tolist() == [1.0, 10.0, 100.0, 1e3, 1e4, 1e5]
    [disc] = [t for t in traces(fig, name="lost") if t.hovertext]
    assert disc.hovertext == ("«left» lost 1",)
    assert 1.8 < disc.x[0] < 2.0
    assert -2.0 < disc.y[0] < -1.8
    assert not [t for t in contour(bowl(), [descent()], words=WORDS).data if t.hovertext]


@pytest.mark.parametrize(
    ("points", "step", "edge"),
    [
        ([[0, 0], [4, 0]], 1, (2, 0)),
        ([[0, 0], [4, 2]], 1, (2, 1)),
        ([[0, 0], [0, -9], [1, 1], [1, 3]], 3, (1, 2)),
        ([[-5, 1], [-6, 1]], 0, (-2, 1)),
    ],
)
def test_where_a_path_left(points, step, edge):
    """The last departure counts, on the straight line between two steps; a path never inside is clamped."""
    run = Run("r", 1, trajectory(points, np.ones(len(points))))
    left = route_of(run).exit(((-2.0, 2.0), (-2.0, 2.0)))
    assert left is not None
    assert left[0] == step
    np.testing.assert_allclose(left[1], edge)


def test_landmarks_are_where_they_are_given():
    fig = contour(bowl(), start=(1.0, 1.5), minima=[(0.0, 0.0, 0.0)], saddles=[(0.5, -0.5)], words=WORDS)
    marks = {t.hovertemplate.split("<br>")[0]: (t.x[0], t.y[0]) for t in traces(fig, mode="markers")}
    assert marks == {"«start»": (1.0, 1.5), "«minimum»": (0.0, 0.0), "«saddle»": (0.5, -0.5)}


def test_a_flat_surface_is_one_band_and_says_so():
    grid = Grid(np.arange(3.0), np.arange(4.0), np.full((3, 4), 2.0))
    fig = contour(grid, words=WORDS)
    assert [note.text for note in fig.layout.annotations] == ["«constant»"]
    assert not traces(fig, type="contour")
    assert len(traces(terrain(grid), type="surface")) == 1


def test_a_surface_without_any_value_is_all_hatched():
    grid = Grid(np.arange(3.0), np.arange(4.0), np.full((3, 4), np.nan))
    assert traces(contour(grid), fill="toself")
    assert np.isnan(traces(terrain(grid), type="surface")[0].z).all()


@pytest.mark.parametrize("theme", list(THEMES))
def test_terrain_height_is_the_relief_and_tells_the_loss(theme):
    """z = 0.46 t, holes stay holes, and the camera is that of the stage."""
    grid = holed()
    fig = terrain(grid, theme=theme, words=WORDS)
    [surface] = traces(fig, type="surface")
    np.testing.assert_allclose(surface.z, 0.46 * loss_scale(grid.loss).t(grid.loss).T, rtol=1e-6)
    np.testing.assert_array_equal(surface.customdata, grid.loss.T)
    assert surface.connectgaps is False
    eye = fig.layout.scene.camera.eye
    assert eye.x < 0
    assert eye.y < 0
    assert np.degrees(np.arctan2(eye.z, np.hypot(eye.x, eye.y))) == pytest.approx(40)


def test_terrain_paths_float_at_their_own_loss_and_are_cut_at_the_frame():
    grid, run = bowl(), diverging(2, last=3)
    inside = descent(1)
    fig = terrain(grid, [inside, run], words=WORDS)
    _, line, _ = traces(fig, name="runner")
    np.testing.assert_allclose(
        line.z, 0.46 * loss_scale(grid.loss).t(inside.trajectory.loss) + 0.006, rtol=1e-5
    )
    np.testing.assert_allclose(line.customdata[:, 1], inside.trajectory.loss, rtol=1e-6)
    gone = traces(fig, name="lost")[1]
    assert np.isfinite(gone.z[0])
    assert np.isnan(gone.z[1:]).all()


@pytest.mark.parametrize("draw", [contour, terrain])
def test_what_has_not_two_parameters_is_refused(draw):
    curve = Grid(np.arange(3.0), np.zeros(1), np.ones((3, 1)))
    with pytest.raises(ValueError, match="is a curve"):
        draw(curve)
    with pytest.raises(ValueError, match=r"two parameters; given \(3, 3\)"):
        draw(bowl(), [trajectory(np.zeros((3, 3)), np.ones(3))])


def test_a_race_s_dictionary_is_enough():
    """The notebook's call: trajectories by name, no words, no theme."""
    fig = contour(bowl(), {"a": descent().trajectory, "b": descent().trajectory})
    assert [t.name for t in traces(fig, mode="lines+markers")] == ["a", "b"]
