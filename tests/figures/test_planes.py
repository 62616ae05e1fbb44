"""Pictures of planes: paths are projected, laid on the ground, and say how far off it they are."""

import jax
import numpy as np
import pytest

import landscape as ls
from landscape.figures import THEMES, Shadow, contour, shadows, terrain
from landscape.figures.planes.annotations import beneath
from landscape.geometry.trusting.trust import Trust
from landscape.look.scale import loss_scale
from tests.figures.samples import WORDS, bowl, fidelity, plane_grid, traces, trajectory

POINTS = np.array([[1.0, 1.0, 5.0], [0.5, 0.25, 2.0], [0.1, 0.2, 0.0]])
PATH = trajectory(POINTS, [9.0, 4.0, 1.0])


def test_a_path_is_projected_onto_the_picture_s_plane():
    """Coordinates are the nearest point's; pointing tells step, the path's own loss and the distance off."""
    _, line, head = traces(contour(plane_grid(), [PATH], words=WORDS), name="1")
    np.testing.assert_allclose(np.stack([line.x, line.y], 1), POINTS[:, :2], rtol=1e-6)
    np.testing.assert_allclose(line.customdata, [[0, 9, 5], [1, 4, 2], [2, 1, 0]], atol=1e-6)
    assert (head.x[0], head.y[0]) == (pytest.approx(0.1), pytest.approx(0.2))
    for word in ("«direction_1»", "«direction_2»", "«off»"):
        assert word in line.hovertemplate


def test_in_the_terrain_a_projected_path_lies_on_the_ground_whatever_its_own_loss():
    grid = plane_grid()
    _, line, _ = traces(terrain(grid, {"net": PATH}, words=WORDS), name="net")
    ground = loss_scale(grid.loss).t(beneath(grid, POINTS[:, :2]))
    np.testing.assert_allclose(line.z, 0.46 * ground + 0.006, rtol=1e-5)


@pytest.mark.slow
def test_a_real_fit_is_drawn_on_a_plane_of_its_own_path():
    """The notebook's call: a trained network, its PCA plane, its path."""
    data = ls.DATASETS["moons"](samples=60)
    [fit] = ls.train(ls.Adam(0.02), ls.Network(hidden=(4,)), data, epochs=3, batch_size=None).values()
    plane = ls.pca_plane(fit)
    grid = ls.evaluate(fit.network.loss(data.train), plane, points=5, paths=[fit])
    fig = contour(grid, paths=[fit])
    _, line, _ = traces(fig, name="1")
    coordinates, off = plane.project(jax.tree.map(np.asarray, fit.path.params))
    np.testing.assert_allclose(np.stack([line.x, line.y], 1), coordinates, atol=1e-6)
    np.testing.assert_allclose(line.customdata[:, 2], off, atol=1e-6)
    assert fig.layout.xaxis.title.text == f"d₁ · {100 * plane.explained[0]:.0f}%"


@pytest.mark.parametrize(
    ("facts", "titles"),
    [
        ({}, ("«direction_1»", "«direction_2»")),
        ({"explained": np.array([0.714, 0.2])}, ("«direction_1» · 71%", "«direction_2» · 20%")),
        ({"eigenvalues": np.array([12.345, -0.5])}, ("«direction_1» · λ = 12.3", "«direction_2» · λ = −0.5")),
    ],
)
def test_axes_say_what_is_known_of_their_direction(facts, titles):
    for fig in (contour(plane_grid(**facts), words=WORDS), terrain(plane_grid(**facts), words=WORDS)):
        axes = fig.layout if fig.layout.xaxis.title.text else fig.layout.scene
        assert (axes.xaxis.title.text, axes.yaxis.title.text) == titles


def test_solutions_that_a_plane_was_laid_through_bear_letters():
    grid = plane_grid(marks=np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 0.9]]), kind="interpolation")
    fig = contour(grid, words=WORDS)
    assert {"A", "B", "C"} <= {note.text for note in fig.layout.annotations}
    [marks] = traces(terrain(grid, words=WORDS), mode="markers+text")
    assert (list(marks.text), list(marks.x)) == (["A", "B", "C"], [0.0, 1.0, 0.5])


def test_an_accuracy_is_drawn_upside_down_and_told_in_per_cent():
    grid = bowl()
    grid = ls.Grid(grid.a, grid.b, 1 / (1 + grid.loss))
    fig = contour(grid, metric="accuracy", words=WORDS)
    [heat] = traces(fig, type="heatmap")
    assert np.unravel_index(np.argmin(heat.z), heat.z.shape) == (10, 10)
    assert "«accuracy» %{customdata:.3~%}" in heat.hovertemplate
    assert all(note.text.endswith("%") for note in fig.layout.annotations)
    [surface] = traces(terrain(grid, metric="accuracy", words=WORDS), type="surface")
    np.testing.assert_allclose(surface.z, 0.46 * heat.z, rtol=1e-6)


def test_the_loss_beneath_is_exact_at_nodes_linear_between_and_unknown_outside():
    grid = bowl()
    at = np.array(
        [[grid.a[3], grid.b[7]], [grid.a[-1], grid.b[-1]], [(grid.a[3] + grid.a[4]) / 2, grid.b[7]]]
    )
    found = beneath(grid, at)
    np.testing.assert_allclose(found[:2], [grid.loss[3, 7], grid.loss[-1, -1]])
    assert found[2] == pytest.approx((grid.loss[3, 7] + grid.loss[4, 7]) / 2)
    assert np.isnan(beneath(grid, np.array([[2.1, 0.0], [0.0, -2.1]]))).all()


@pytest.mark.parametrize("theme", list(THEMES))
def test_shadows_hold_both_losses_and_the_share_off_the_plane(theme):
    """True loss in the slot's look, the plane's dotted; the distance off it over the path's reach below."""
    found, steps = fidelity(), np.arange(0, 60, 10)
    fig = shadows([Shadow("net", 4, found, steps)], theme, WORDS)
    true, dotted, share = traces(fig, mode="lines", name="net")
    slot = THEMES[theme].slot(4)
    assert (true.line.dash, dotted.line.dash) == (slot.dash, "2px,3px")
    np.testing.assert_array_equal(true.x, steps)
    np.testing.assert_allclose(true.y, found.true)
    np.testing.assert_allclose(dotted.y, found.beneath)
    np.testing.assert_allclose(share.y, found.off / found.distance.max())
    assert (share.yaxis, fig.layout.yaxis2.title.text) == ("y2", "«share»")
    np.testing.assert_allclose(share.customdata[:, 2], found.off)


def test_what_trust_found_is_enough():
    found = Trust({"one": fidelity(), "two": fidelity(4)}, None, (), None)  # pyright: ignore[reportArgumentType]
    fig = shadows(found)
    assert [trace.x[-1] for trace in traces(fig, mode="lines+markers")] == [5, 3]


def test_a_path_that_is_not_the_plane_s_is_refused():
    with pytest.raises(ValueError, match="plane's centre"):
        contour(plane_grid(), [trajectory(np.zeros((2, 4)), np.ones(2))])
