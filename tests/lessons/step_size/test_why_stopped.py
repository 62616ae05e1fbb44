"""A loss that no longer changes is at a minimum, on a hilltop, on level ground, or merely slow."""

import numpy as np
import pytest

from landscape.lessons.experiment import RenderContext
from landscape.lessons.pieces import Stage
from landscape.lessons.prose import prose
from landscape.lessons.settings import read
from landscape.lessons.step_size.why_stopped import EXPERIMENT, answer, begun, random_starts
from landscape.player.curve import unpack
from landscape.problems.surfaces.quadratics import Parabola, Ravine
from landscape.problems.surfaces.saddles import Saddle
from landscape.study.step_size.why_stopped import STILL, Verdict, descended, ends, why

LOOK = RenderContext.at("light", "en", prose("step_size", "why_stopped", "en"))


def at(**moved):
    """What the experiment measures with some settings moved."""
    return EXPERIMENT.measure(read(EXPERIMENT.settings, moved))


@pytest.mark.row("S5-08")
@pytest.mark.parametrize(
    ("moved", "verdict"),
    [
        ({"start": 0.9143}, Verdict.LOCAL),
        ({"start": 0.1536}, Verdict.MAXIMUM),
        ({"curve": "cubic", "start": 0.0}, Verdict.FLAT),
        ({"curve": "parabola", "begin": "own", "start": 1.0, "rate": 1e-9}, Verdict.SMALL),
        ({"begin": "own", "start": 1.6, "rate": 1e-9}, Verdict.SMALL),
        ({"begin": "own", "start": -0.5, "steps": 1000}, Verdict.GLOBAL),
        ({"curve": "parabola", "begin": "own", "start": 1.0, "rate": 0.2}, Verdict.MOVING),
        ({"curve": "parabola", "begin": "own", "start": 1.0, "rate": 1.0, "steps": 1000}, Verdict.DIVERGED),
    ],
)
def test_why_it_stopped(moved, verdict):
    """Each case by its name; where it is called stopped, the loss indeed stands still."""
    found = at(**moved).own
    assert found.verdicts == (verdict,)
    if verdict not in (Verdict.MOVING, Verdict.DIVERGED):
        assert abs(found.change[0]) < STILL


@pytest.mark.row("S5-08")
def test_two_dimensions_have_saddles():
    """The same question in the plane: a saddle, a minimum, a hilltop, and level in one direction."""
    saddle = Saddle()
    point = np.asarray(saddle.saddles[0])[None]
    assert ends(saddle, descended(saddle, point, 0.1, 10)).verdicts == (Verdict.SADDLE,)
    ravine = ends(Ravine(), descended(Ravine(), np.array([[1.0, 1.0]]), 0.05, 1000))
    assert ravine.verdicts == (Verdict.GLOBAL,)
    assert why(0.0, np.array([-1.0, -2.0]), 0.0) == Verdict.MAXIMUM
    assert why(0.0, np.array([0.0, 3.0]), 0.0) == Verdict.FLAT


def test_rounding_pushes_a_run_off_the_hilltop():
    """Nobody rests on a hilltop for ever: what rounding left of the slope grows with every step."""
    assert at(rate=1.0).own.verdicts[0] != Verdict.MAXIMUM


@pytest.mark.row("S5-03")
def test_gradient_descent_ends_at_the_minimum_of_a_parabola():
    """Within a millionth of the argmin of 5 x^2, from every random start."""
    assert abs(at(curve="parabola", begin="own", start=1.0).own.at[0, 0]) < 1e-6
    found = at(curve="parabola").many
    assert np.abs(found.at - np.asarray(Parabola(10.0).minima)).max() < 1e-6
    assert set(found.verdicts) == {Verdict.GLOBAL}


@pytest.mark.row("S5-02")
def test_a_seed_is_a_start():
    """The same seed begins at the same place, a hundred seeds at a hundred."""
    settings = [read(EXPERIMENT.settings, {"begin": "random", "draw": k}) for k in range(100)]
    starts = [begun(one) for one in settings]
    assert starts == [begun(one) for one in settings] == random_starts().tolist()
    assert len(set(starts)) == 100


def test_about_half_find_the_deeper_valley():
    """The question's answer, computed."""
    assert answer() == 1


@pytest.mark.row("S5-08")
@pytest.mark.parametrize(
    ("gradient", "curvature", "moved", "verdict"),
    [
        (0.9e-4, 0.06, 0.0, Verdict.LOCAL),
        (0.9e-4, 0.04, 0.0, Verdict.FLAT),
        (0.9e-4, -0.04, 0.0, Verdict.FLAT),
        (0.9e-4, -0.06, 0.0, Verdict.MAXIMUM),
        (1.1e-4, 0.06, 0.9e-6, Verdict.SMALL),
        (1.1e-4, 0.06, 1.1e-6, Verdict.MOVING),
    ],
)
def test_where_the_borders_of_the_verdicts_lie(gradient, curvature, moved, verdict):
    """Level below 1e-4, without curvature within 0.05 of zero, still below 1e-6."""
    assert why(gradient, np.array([curvature]), moved) == verdict


@pytest.mark.parametrize(
    "moved",
    [
        {"start": 0.1536},
        {"start": 0.9143},
        {"begin": "own", "start": 1.0},
        {"curve": "parabola", "begin": "own", "rate": 1e-9},
    ],
    ids=["hilltop", "minimum", "slope", "hardly any step"],
)
def test_the_stage_and_the_card_tell_the_same_slope_and_step(moved):
    """Neither the drawn curve nor the rounding of what is sent stands between them."""
    s = read(EXPERIMENT.settings, moved)
    r = EXPERIMENT.measure(s)
    stage = EXPERIMENT.show(s, r, LOOK)[0]
    assert isinstance(stage, Stage)
    _, sent = unpack(stage.message)
    told = EXPERIMENT.numbers(s, r)
    assert abs(sent["slope:0"][-1]) == pytest.approx(told["gradient"], rel=1e-6, abs=1e-12)
    assert abs(sent["move:0"][-1]) == pytest.approx(told["moved"], rel=1e-6, abs=1e-12)
