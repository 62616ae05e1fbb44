"""Which valley a run reaches: by its start and by its rate."""

import numpy as np
import pytest

import landscape as ls
from landscape.lessons import curve as stage
from landscape.lessons.optimizers.rules import rule
from landscape.lessons.settings import read
from landscape.lessons.step_size.which_valley import (
    DEEP,
    EXPERIMENT,
    RATES,
    SHALLOW,
    STARTS,
    TRIED,
    WELL,
    answer,
    at_length,
    settled,
)
from landscape.study.step_size.basins import End, basins, values, walks


@pytest.fixture(scope="module")
def result():
    """What the experiment measures at its defaults."""
    return EXPERIMENT.measure(read(EXPERIMENT.settings, {}))


def ends(rates, start, steps=2000):
    """Where the runs from one start are in the end."""
    return walks(WELL, np.array(rates), np.full(len(rates), start), steps)[:, -1]


@pytest.mark.row("S1-08")
def test_a_small_rate_stays_in_the_valley_of_its_start_and_is_slow():
    """From 1.8 every rate up to 0.3 ends in the shallow valley; 0.01 takes eight times the steps of 0.1."""
    np.testing.assert_allclose(ends([0.01, 0.05, 0.1, 0.2, 0.3], 1.8), 0.9143, atol=1e-3)
    height = float(values(WELL, np.array([SHALLOW]))[0])
    assert height == pytest.approx(-0.106, abs=1e-3)
    assert WELL.global_minimum == pytest.approx(-0.405, abs=1e-3)
    several = at_length(1.8)
    small, large = (settled(several, TRIED.index(rate))[1] for rate in (0.01, 0.1))
    assert small is not None
    assert large is not None
    assert small > 8 * large


@pytest.mark.row("S1-11")
def test_stability_promises_no_valley():
    """From 1.8 longer steps reach the deep valley and 1.0 diverges; from 1.0 no rate gets there."""
    np.testing.assert_allclose(ends([0.4, 0.6, 0.8], 1.8), -1.0679, atol=1e-3)
    np.testing.assert_allclose(ends(np.geomspace(0.01, 1.2, 25), 1.0), 0.9143, atol=1e-3)
    assert basins(WELL, np.array([1.0]), np.array([1.8]))[0, 0] == End.DIVERGED


@pytest.mark.row("S5-14")
def test_a_longer_step_may_jump_and_need_not():
    """From 1.8 a rate of 0.4 jumps where 0.3 does not; from 1.0 none does."""
    np.testing.assert_allclose(ends([0.3, 0.4], 1.8), [SHALLOW, DEEP], atol=1e-3)
    np.testing.assert_allclose(ends([0.01, 0.1, 0.5, 1.2], 1.0), SHALLOW, atol=1e-3)


@pytest.mark.row("S2-01")
def test_each_start_ends_in_its_own_basin():
    """With short steps the hump parts the starts."""
    found = walks(WELL, np.full(4, 0.05), np.array([-2, -0.5, 0.5, 2]), 2000)[:, -1]
    np.testing.assert_allclose(found, [-1.0679, -1.0679, 0.9143, 0.9143], atol=1e-3)


@pytest.mark.row("S2-01")
@pytest.mark.parametrize("own", [-2.0, -0.7, 0.3, 1.8])
def test_four_starts_at_once_end_in_both_valleys(own):
    """The own start and three others, two in each basin, all at the rate that was chosen."""
    found = EXPERIMENT.measure(read(EXPERIMENT.settings, {"start": own, "rate": 0.2, "several": True}))
    assert found.paths.shape == (4, 61)
    assert found.paths[0, 0] == pytest.approx(own)
    np.testing.assert_allclose(sorted(found.paths[:, -1]), [DEEP, DEEP, SHALLOW, SHALLOW], atol=1e-3)


def test_the_map_and_the_track_are_real_runs(result):
    """Squares of the map end where the library's own sweep ends, and the track agrees with the map."""
    draw = np.random.default_rng(0)
    rates, starts = np.geomspace(*RATES, stage.GRID[0]), np.linspace(*STARTS, stage.GRID[1])
    i, j = draw.integers(0, stage.GRID[0], 40), draw.integers(0, stage.GRID[1], 40)
    found = ls.sweep(
        rule("sgd", learning_rate=rates[i]), WELL, np.zeros(1), 100, starts=starts[j][:, None], record="final"
    )
    at = found.params[:, 0]
    for minimum, outcome in ((DEEP, End.DEEP), (SHALLOW, End.SHALLOW)):
        near = np.abs(at - minimum) < 0.009
        assert np.all(result.grid[i, j][near] == outcome)
    assert np.all(result.grid[i, j][~np.isfinite(at)] == End.DIVERGED)
    assert set(np.unique(result.grid)) == set(End)
    assert len(result.track.outcomes) == stage.TRACK


def test_the_run_is_the_librarys_gradient_descent(result):
    """Every place of the ball is the one that `run` passes."""
    path = ls.run(ls.SGD(0.6), WELL, np.array([1.8]), steps=60).params[:, 0]
    np.testing.assert_allclose(result.paths[0], path, atol=1e-5)


def test_where_a_tried_rate_ends(result):
    """The table tells valley and steps, and no steps of what diverges."""
    assert settled(result.several, 3)[0] == End.DEEP
    assert settled(result.several, 4) == (End.DIVERGED, None)
    assert answer() == 2
