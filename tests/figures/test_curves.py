"""Curves hold the numbers of the trajectories, no more and no less."""

import numpy as np
import pytest

from landscape.figures import THEMES, Run, effective_steps, losses, states
from tests.counting import calls
from tests.figures.samples import WORDS, descent, diverging, traces, trajectory


def lines(fig):
    """The drawn lines, without the markers at their ends."""
    return traces(fig, mode="lines")


@pytest.mark.parametrize("theme", list(THEMES))
def test_losses_are_the_trajectory_s_in_the_slot_s_look(theme):
    """Each line holds every loss at its step, in its runner's colour and dash, with its marker at the end."""
    runs = [descent(slot, f"runner {slot}", rate=0.1 * slot) for slot in (1, 4, 8)]
    fig = losses(runs, theme, WORDS)
    for run, line in zip(runs, lines(fig), strict=True):
        slot = THEMES[theme].slot(run.slot)
        np.testing.assert_array_equal(line.x, np.arange(21))
        np.testing.assert_allclose(line.y, run.trajectory.loss, rtol=1e-6)
        assert (line.line.color, line.line.dash, line.name) == (slot.line, slot.dash, run.name)
    for run, head in zip(runs, traces(fig, mode="lines+markers"), strict=True):
        assert (head.x[0], head.y[0]) == (20, pytest.approx(run.trajectory.loss[-1]))
        assert head.marker.symbol == THEMES[theme].slot(run.slot).marker
        assert head.showlegend is not False
    assert fig.layout.yaxis.type == "log"
    assert (fig.layout.xaxis.title.text, fig.layout.yaxis.title.text) == ("«step»", "«loss»")


def test_a_negative_loss_makes_the_axis_linear():
    run = Run("below", 1, trajectory(np.zeros((3, 2)), [1.0, 0.0, -1.0]))
    assert losses([run], words=WORDS).layout.yaxis.type == "linear"
    assert losses([descent()], log=False).layout.yaxis.type == "linear"


def test_a_loss_of_zero_is_a_gap_on_a_logarithmic_axis():
    run = Run("exact", 1, trajectory(np.zeros((3, 2)), [1.0, 0.5, 0.0]))
    fig = losses([run])
    assert fig.layout.yaxis.type == "log"
    assert lines(fig)[0].y[:2].tolist() == [1.0, 0.5]
    assert np.isnan(lines(fig)[0].y[2])


def test_a_diverged_run_ends_with_a_cross_at_its_last_live_step():
    """The frozen rest is not drawn; the cross tells the true loss, also where it is drawn at the edge."""
    fig = losses([descent(1), diverging(2, last=5)], words=WORDS)
    lost = lines(fig)[1]
    assert lost.x.tolist() == [0, 1, 2, 3, 4, 5]
    np.testing.assert_allclose(lost.y, 10.0 ** np.arange(0, 12, 2))
    [cross] = [t for t in fig.data if t.marker.symbol == "x"]
    assert cross.x[0] == 5
    assert cross.customdata[0] == pytest.approx(1e10)
    top = 10 ** fig.layout.yaxis.range[1]
    assert 1.0 < cross.y[0] < top < 1e4
    assert "«diverged»" in cross.hovertemplate


def test_a_diverged_run_does_not_flatten_the_others():
    """On either axis the runs that stayed fill most of the height."""
    for log in (True, False):
        fig = losses([descent(1), diverging(2)], log=log)
        low, high = fig.layout.yaxis.range
        calm = descent(1).trajectory.loss
        span = np.ptp(np.log10(calm)) if log else np.ptp(calm)
        assert span / (high - low) > 0.5


def test_a_race_of_diverged_runs_still_has_an_axis():
    path = trajectory(np.zeros((3, 2)), [1.0, np.inf, np.inf], last=1, status=2)
    fig = losses([Run("gone", 3, path)], words=WORDS)
    assert np.all(np.isfinite(fig.layout.yaxis.range))
    assert np.isfinite(next(t for t in fig.data if t.marker.symbol == "x").y[0])


def test_one_run_and_none():
    assert len(lines(losses([descent()]))) == 1
    for fig in (losses([]), effective_steps([]), states([], "velocity")):
        assert len(fig.data) == 0
        assert fig.layout.xaxis.title.text == "k"


def test_long_runs_are_thinned_and_stay_inside_a_budget_of_points():
    """Eight runs of 20,000 steps give at most 1,000 points a line, all of them real."""
    values = np.random.default_rng(0).lognormal(size=20_001)
    runs = [Run(str(s), s, trajectory(np.zeros((20_001, 2)), values)) for s in range(1, 9)]
    for line in lines(losses(runs)):
        assert len(line.x) <= 1000
        np.testing.assert_array_equal(line.y, values.astype(np.float32)[line.x].astype(np.float64))


def test_long_runs_are_drawn_as_quickly_as_short_ones(unchecked):
    """No step is walked in Python: runs of three times the length take the same calls, and few."""

    def work(steps: int) -> int:
        runs = [descent(slot, steps=steps, rate=0.01) for slot in range(1, 7)]
        losses(runs, words=WORDS)
        return calls(lambda: losses(runs, words=WORDS))

    assert work(900) == pytest.approx(work(300), rel=0.01)
    assert work(300) < 60_000


def test_effective_steps_are_the_ratio_in_a_panel_for_each_coordinate():
    """The move per gradient; a gap where the gradient is zero, or where the ratio is negative."""
    gradient = np.array([[1.0, 1.0], [0.0, -1.0], [2.0, 1.0], [1.0, 1.0]])
    points = np.array([[0.0, 0.0], [-0.5, -0.25], [-0.5, -0.5], [-1.5, -0.75]])
    run = Run("r", 2, trajectory(points, np.ones(4), gradient=gradient))
    upper, lower = lines(effective_steps([run], words=WORDS))
    assert (upper.yaxis, lower.yaxis) == ("y", "y2")
    np.testing.assert_allclose(upper.y, [0.5, np.nan, 0.5])
    np.testing.assert_allclose(lower.y, [0.25, np.nan, 0.25])
    linear = lines(effective_steps([run], log=False))[1]
    np.testing.assert_allclose(linear.y, [0.25, -0.25, 0.25])
    fig = effective_steps([run], words=WORDS)
    assert fig.layout.yaxis2.title.text == "«effective_step» · «y»"
    assert fig.layout.yaxis.domain[0] > fig.layout.yaxis2.domain[1]
    assert [t.showlegend for t in traces(fig, mode="lines+markers")] == [True, False]


def test_effective_steps_stop_with_the_run():
    """The moves after the last live step are zeros of the freezing, not steps."""
    assert lines(effective_steps([diverging(last=3)]))[0].x.tolist() == [0, 1, 2]


def test_effective_steps_of_a_curve_have_one_panel():
    run = Run("r", 1, trajectory(np.array([[1.0], [0.5]]), [1.0, 0.5]))
    assert "yaxis2" not in effective_steps([run]).to_plotly_json()["layout"]


def test_effective_steps_of_many_parameters_are_refused():
    run = Run("r", 1, trajectory(np.zeros((3, 5)), np.ones(3)))
    with pytest.raises(ValueError, match=r"one or two parameters; given \[\(3, 5\)\]"):
        effective_steps([run])


def test_states_are_norms_and_leave_out_rules_without_them():
    """|v| of (3, 4) e^-kt is five times that; a rule without a velocity has no line."""
    fig = states([descent(2, steps=4), diverging(3)], "velocity", words=WORDS)
    [line] = lines(fig)
    np.testing.assert_allclose(line.y, 5 * np.exp(-0.2 * np.arange(5)), rtol=1e-6)
    assert fig.layout.yaxis.title.text == "«velocity»"


def test_states_may_be_trees():
    """The norm goes over all leaves."""
    state = {"memory": {"a": np.full((2, 3), 2.0), "b": np.full((2,), 2.0)}}
    run = Run("r", 1, trajectory(np.zeros((2, 2)), np.ones(2), state=state))
    [line] = lines(states([run], "memory"))
    assert line.y.tolist() == [4.0, 4.0]
