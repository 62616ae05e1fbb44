"""The Python that the app prints for people runs as it stands, and needs `import landscape` alone."""

import ast

import numpy as np
import pytest

import landscape as ls
from landscape.ui.page.home import NOTEBOOK
from landscape.ui.plane.toolbar import snippet

RUNNER = {"id": "a", "rule": "adam", "slot": 1, "fields": {"learning_rate": 0.01}}
TRAINING = ls.Training(data={"name": "iris"}, network={"hidden": (4,)}, epochs=2, runners=(RUNNER,))
VIEW = ls.View(training=TRAINING, plane="random", points=21)


def imported(code: str) -> list[str]:
    """The names of the modules that some lines import."""
    lines = ast.parse(code).body
    assert not any(isinstance(line, ast.ImportFrom) for line in lines)
    return [alias.name for line in lines if isinstance(line, ast.Import) for alias in line.names]


@pytest.mark.slow
def test_a_view_is_drawn_again_by_its_lines(monkeypatch):
    drawn = []
    monkeypatch.setattr(ls.figures, "contour", lambda *given, **named: drawn.append((given, named)))
    names: dict = {}
    assert imported(snippet(VIEW)) == ["landscape"]
    exec(snippet(VIEW), names)
    assert names["view"] == VIEW
    fits = VIEW.training.fits()
    expected = ls.evaluate(
        VIEW.loss(fits["a"]), VIEW.plane_for(fits), points=21, **VIEW.extent_arguments(fits)
    )
    np.testing.assert_array_equal(names["grid"].loss, expected.loss)
    [((grid, paths), named)] = drawn
    assert (grid.loss.shape, list(paths), named) == ((21, 21), ["a"], {"metric": "loss"})


def test_the_lines_of_the_home_page_draw_their_race(monkeypatch):
    shown = []
    monkeypatch.setattr("plotly.graph_objects.Figure.show", lambda figure: shown.append(figure))
    names: dict = {}
    assert imported(NOTEBOOK) == ["landscape"]
    exec(NOTEBOOK, names)
    assert list(names["paths"]) == ["GD", "Adam"]
    assert len(shown) == 1
    assert len(shown[0].data) > 2


def test_what_the_app_speaks_of_is_reached_from_landscape():
    """Descriptions, the theory and the studies, without a deeper import."""
    assert ls.Training.from_link(TRAINING.to_link()) == TRAINING
    assert ls.theory.convergence_rate(ls.SGD(0.1), [1.0, 10.0]) == 0.9
    assert callable(ls.study.step_size.basins.basins)
    assert {"figures", "study", "theory", "View", "Training"} <= set(dir(ls))
