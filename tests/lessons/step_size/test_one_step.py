"""One step: against the slope, as long as slope times rate, and nothing more."""

import numpy as np
import pytest

import landscape as ls
from landscape.lessons.settings import read
from landscape.lessons.step_size.one_step import ASKED, EXPERIMENT, GROUNDS, LOOP, STEEP, answer, first_steps
from landscape.player import curve
from landscape.study.step_size.basins import slopes, walks

Q, DW = GROUNDS["parabola"].surface, GROUNDS["tilted_well"].surface


def at(**moved):
    """What the experiment measures with some settings moved."""
    return EXPERIMENT.measure(read(EXPERIMENT.settings, moved))


@pytest.mark.row("S5-01")
def test_one_step_from_one_halves_the_weight():
    """On 5 W^2 at 0.05 the step from 1 leads to 0.5."""
    assert at(rate=0.05, start=1.0).path[1] == 0.5


@pytest.mark.row("S5-05")
def test_a_negative_slope_means_right_and_right_means_only_downhill():
    """Every step opposes the slope; right of the hump it leads away from the deepest valley."""
    starts = np.random.default_rng(0).uniform(-2, 2, 100)
    found = walks(Q, np.full(100, 0.15), starts, 1)
    np.testing.assert_array_equal(np.sign(found[:, 1] - found[:, 0]), -np.sign(slopes(Q, starts)))
    r = at(surface="tilted_well", start=ASKED, rate=0.1)
    assert r.slope < 0
    assert float(DW.minima[0][0]) < ASKED < r.path[1]
    assert answer() == 0


@pytest.mark.row("S5-07")
def test_a_positive_slope_means_left():
    """At 0.15 one run crosses the minimum and shows both moves."""
    assert at(start=1.0).slope > 0
    assert at(start=-1.0).slope < 0
    moves = np.diff(at(rate=0.15, start=1.0).path[:6])
    np.testing.assert_array_equal(np.sign(moves), [-1, 1, -1, 1, -1])


@pytest.mark.row("S5-09")
def test_a_step_is_rate_times_slope():
    """At one rate ten times the slope makes ten times the step."""
    (slope, length), *more = first_steps(0.15)
    assert length == pytest.approx(0.15 * slope, rel=1e-6)
    for times, (steeper, longer) in zip((10, 100), more, strict=True):
        assert steeper == pytest.approx(times * slope, rel=1e-6)
        assert longer == pytest.approx(times * length, rel=1e-6)
    assert STEEP == (1.0, 10.0, 100.0)


@pytest.mark.row("S1-07")
@pytest.mark.parametrize("surface", GROUNDS)
def test_twice_the_rate_doubles_the_first_step(surface):
    """The ratio of the two first steps is 2."""
    r = at(surface=surface, start=1.5, rate=0.125)
    assert (r.twice[1] - 1.5) / (r.path[1] - 1.5) == pytest.approx(2, abs=1e-6)


@pytest.mark.row("S3-01")
@pytest.mark.parametrize("surface", GROUNDS)
def test_the_code_is_what_runs(surface):
    """Each place follows from the one before by the line of the code panel, as in the library's own run."""
    r = at(surface=surface, rate=0.1, start=1.2)
    np.testing.assert_allclose(
        r.path[1:], r.path[:-1] - 0.1 * slopes(GROUNDS[surface].surface, r.path[:-1]), atol=1e-7
    )
    path = ls.run(ls.SGD(0.1), GROUNDS[surface].surface, np.array([1.2]), steps=40).params[:, 0]
    np.testing.assert_allclose(r.path, path, atol=1e-6)


def test_the_stage_gets_the_code():
    """The lines of the loop reach the browser with the places of their live numbers."""
    zeros = np.zeros(2, np.float32)
    balls = [curve.CurveRun(0, "", zeros)]
    message = curve.pack(
        x=(0, 1), y=(0, 1), height=zeros, slope=zeros, balls=balls, text={}, title="", code=LOOP
    )
    header, _ = curve.unpack(message)
    assert [(line["line"], line["live"]) for line in header["code"]] == list(LOOP)
