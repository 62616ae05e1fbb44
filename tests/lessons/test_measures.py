"""The small measures that lessons stand on, each beside numbers written out by hand."""

import jax
import numpy as np
import pytest

import landscape as ls
from landscape.descent.schedules.decays import Constant
from landscape.descent.training.batches import batches
from landscape.geometry.grids.grid import Grid
from landscape.problems.surfaces.quadratics import Parabola
from landscape.study.batches import decay_search
from landscape.study.batches.sgd_noise import stands_still
from landscape.study.optimizers.adagrad_vs_rmsprop import InsideAdaGrad
from landscape.study.optimizers.coasting import build_up, coast
from landscape.study.optimizers.momentum import fed
from landscape.study.optimizers.reddi import constrained_path
from landscape.study.optimizers.regression import Lane
from landscape.study.sharpness.hessian_index import Descents, line_loss, moon_targets
from landscape.study.sharpness.weight_rescaling import change
from landscape.study.step_size.basins import End, basins, home
from landscape.study.step_size.rate_sweep import Verdict, swept
from landscape.study.terrain.random_landscape import waves


def test_a_search_in_turn_tries_the_decays_of_the_best_rate():
    """And a lost run, NaN, is never the best."""
    loss = np.array([[3.0, 9.0], [np.nan, 0.0], [2.0, 1.0]])
    found = decay_search.searched(loss)
    np.testing.assert_array_equal(found.one_by_one, [3.0, np.inf, 2.0, 2.0, 1.0])
    np.testing.assert_array_equal(found.jointly, loss.ravel())


def test_what_counts_as_settled_are_the_last_two_hundred_steps(monkeypatch):
    """Their mean; nothing that went before."""
    losses = np.concatenate([np.full(1800, 100.0), np.full(100, 1.0), np.full(100, 3.0)])
    monkeypatch.setattr(decay_search, "followed", lambda *given, **options: losses[None])
    assert decay_search.settled(ls.SGD(0.0), Constant(0.1)).tolist() == [2.0]


@pytest.mark.parametrize("window", [20, 50])
def test_a_loss_stands_still_at_the_first_step_whose_window_is_no_lower_than_nineteen_twentieths(window):
    """Compared with the window before it, one step after another."""
    loss = np.exp(-np.arange(600) / 40) + 0.3 + 0.02 * np.sin(np.arange(600))
    means = {k: (loss[k - window + 1 : k + 1].mean(), loss[k - 2 * window + 1 : k - window + 1].mean())
             for k in range(2 * window - 1, 600)}  # fmt: skip
    first = next(k for k, (late, early) in means.items() if late > 0.95 * early)
    assert stands_still(loss, window=window) == first


def test_a_direction_leads_down_where_its_curvature_is_below_minus_a_thousandth():
    """Nearly flat ones, either way, do not count."""
    values = np.array([[[-0.5, -2e-3, -5e-4, 5e-4, 2e-3]]])
    assert Descents(np.zeros(1), np.zeros((1, 1)), values).share.tolist() == [[0.4]]


def test_the_plateau_is_half_the_mean_squared_error_of_the_best_line():
    """From the normal equations, without a bias: the data and the targets lose their means instead."""
    x, y = (np.asarray(part, float) for part in moon_targets().train)
    x, y = x - x.mean(axis=0), y - y.mean()
    left = y - x @ np.linalg.solve(x.T @ x, x.T @ y)
    assert line_loss() == pytest.approx(float(left @ left) / (2 * len(y)), rel=1e-5)


def test_a_change_is_a_factor_whichever_way():
    """A loss that falls to a tenth changes as much as one that rises tenfold."""
    one, ten = (Grid(np.zeros(1), np.zeros(1), np.array([[value]])) for value in (1.0, 10.0))
    assert change(one, ten) == change(ten, one) == 10


def test_home_is_downhill():
    """From either side of the double well's hump, and from beyond its minima."""
    well = ls.SURFACES["tilted_well"]
    minima = np.array([float(point[0]) for point in well.minima])
    left, right = int(np.argmin(minima)), int(np.argmax(minima))
    assert [home(well, start) for start in (-2.0, -0.5, 0.6, 2.0)] == [left, left, right, right]


def test_a_run_that_is_merely_slow_does_not_cycle():
    """At a rate near the border it needs 500 steps, and hops from side to side until then."""
    found = basins(Parabola(10.0), np.array([0.1988]), np.array([1.0]), steps=100)
    assert found.tolist() == [[End.SLOW]]


def test_a_run_coasts_with_the_velocity_it_crosses_the_edge_with():
    """Momentum written out: the velocity after the last slope, and all that is still to come of it."""
    rate, rho, x, v, speeds = 0.1, 0.9, -3.0, 0.0, []
    while x <= -1e-9:
        v = rho * v - 1.0
        x -= rate * v
        speeds.append(-v)
    found = coast(rate, rho, 3.0)
    assert found.edge == len(speeds)
    assert found.promised == pytest.approx(rate * rho / (1 - rho) * speeds[-1], rel=1e-9)


def test_the_time_to_build_up_is_that_of_63_percent():
    """The first step at which 1 - rho^k reaches 1 - 1/e."""
    for rho in (0.5, 0.9, 0.99):
        steps = next(k for k in range(1, 1000) if 1 - rho**k >= 1 - np.exp(-1))
        assert build_up(rho).steps == steps


def test_eps_inside_the_root():
    """lr g / sqrt(g^2 + eps), and not beside it."""
    moves = fed(InsideAdaGrad(1.0, 1e-2), np.array([0.1]))[0]
    assert float(moves[0]) == pytest.approx(-0.1 / np.sqrt(0.01 + 0.01))


def test_a_run_has_settled_with_a_hundredth_of_its_first_slope():
    """On a parabola of curvature 1 the slope shrinks by 1 - rate: 0.04 of it is not enough."""
    rates = np.array([0.8, 0.91])
    found = swept(Parabola(1.0), np.ones(1), 2, rates=rates)  # leaves 0.04 and 0.0081
    assert found.verdicts.tolist() == [Verdict.SLOW, Verdict.GOOD]


def test_curvatures_of_waves_are_quotients_of_differences():
    """The Hessian beside the gradient's change over a short way."""
    f = waves(2, 3, 1)
    x, short = np.array([[0.3, 1.7]]), 1e-5
    steps = short * np.eye(2)
    rows = [(f.gradient(x + step)[0] - f.gradient(x - step)[0]) / (2 * short) for step in steps]
    np.testing.assert_allclose(f.hessian(x)[0], rows, rtol=1e-6, atol=1e-6)


def test_the_first_of_every_three_slopes_is_the_large_one():
    """Gradient descent from 0 at a rate of 0.01, kept within -1 and 1."""
    path = constrained_path(ls.SGD(0.01), 3.0, 7)
    np.testing.assert_allclose(path, [0, -0.03, -0.02, -0.01, -0.04, -0.03, -0.02, -0.05], atol=1e-12)
    assert constrained_path(ls.SGD(1.0), 3.0, 2).tolist() == [0, -1, 0]


def test_the_batches_of_an_epoch_leave_out_only_what_fills_none():
    """Six examples in threes are two batches, seven too; the next epoch has another order."""
    for examples in (6, 7):
        order = batches(jax.random.key(0), examples, 3)
        epochs = [np.concatenate([next(order), next(order)]) for _ in range(3)]
        assert all(len(set(epoch.tolist())) == 6 for epoch in epochs)
        assert any((epoch != epochs[0]).any() for epoch in epochs)


def test_the_tuned_rate_has_the_lowest_median_of_the_seeds():
    """Neither one lucky seed nor a lost one decides."""
    loss = np.array([[[0.1], [5.0], [6.0]], [[1.0], [1.0], [9.0]], [[0.2], [np.nan], [np.nan]]])
    none = np.zeros(0)
    assert Lane(np.array([0.1, 0.2, 0.3]), loss, none, none, none, None).tuned(0) == 1
