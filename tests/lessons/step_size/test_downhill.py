"""Downhill: square to the contour, seldom towards the minimum; the loop and the cut of one weight."""

import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from landscape.lessons.settings import read
from landscape.lessons.step_size.downhill import POINTS, Settings, answer, measure, numbers
from landscape.problems.surfaces.quadratics import Ravine
from landscape.study.step_size.downhill import gradients, off_course, scattered


@pytest.mark.row("S1-05")
def test_the_loop_stops_where_the_gradient_ends():
    """On a ravine of condition 10 gradient descent ends with a gradient under 1e-6."""
    path = ls.run(ls.SGD(2 / 11), Ravine(condition=10.0), np.array([1.0, 1.0]), steps=200)
    assert np.linalg.norm(gradients(Ravine(condition=10.0), np.asarray(path.params)[-1:])) < 1e-6


@pytest.mark.row("S1-05")
def test_the_numbers_of_the_loop_are_the_runs_first_step():
    """The new weights that are shown are those of the run."""
    s = read(Settings, {"x": -2.0, "y": 1.0})
    found = measure(s)
    n = {name: float(value) for name, value in numbers(s, found).items()}
    np.testing.assert_allclose([n["nx"], n["ny"]], found.path.params[1], atol=1e-5)
    assert n["length"] == pytest.approx(np.linalg.norm(found.path.params[1] - found.path.params[0]), rel=1e-4)


@pytest.mark.row("S1-06")
def test_downhill_is_square_to_the_contour_and_points_elsewhere():
    """At 200 random places: no part along the ellipse; off the minimum by over 30 degrees, unless round."""
    places = scattered(200)
    slope = gradients(Ravine(condition=20.0), places)
    tangent = np.stack([-20.0 * places[:, 1], places[:, 0]], axis=1)
    cosine = np.sum(slope * tangent, axis=1) / np.linalg.norm(slope, axis=1) / np.linalg.norm(tangent, axis=1)
    assert np.max(np.abs(cosine)) < 1e-5
    assert off_course(Ravine(condition=20.0), places, np.zeros(2)).mean() > 30
    assert off_course(Ravine(condition=1.0), places, np.zeros(2)).mean() < 1e-3
    assert answer() == 2


@pytest.mark.row("S5-04")
def test_a_cut_through_the_surface_is_the_curve_of_one_weight():
    """Along y = 0, to 1e-6."""
    found = measure(read(Settings, {}))
    assert found.grid.b is not None
    assert found.grid.b[POINTS // 2] == pytest.approx(0, abs=1e-6)
    np.testing.assert_allclose(found.grid.loss[:, POINTS // 2], found.curve, atol=1e-6)
    np.testing.assert_allclose(found.curve, jnp.asarray(found.grid.a) ** 2 / 2, atol=1e-6)
