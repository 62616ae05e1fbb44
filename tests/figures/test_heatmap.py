"""The map of final losses shows every run, lies about none, and can be clicked."""

import numpy as np
import pytest

from landscape.figures import THEMES, rate_momentum
from landscape.look.scale import loss_scale
from tests.figures.samples import WORDS, traces

RATES = np.geomspace(1e-3, 1.0, 7)
MOMENTA = np.linspace(0.0, 0.9, 4)
LOSS = np.add.outer(np.log(RATES) ** 2, MOMENTA)


def cells(fig):
    """(momenta, rates, 3), what each cell stands for."""
    [heat] = traces(fig, type="heatmap")
    return np.array(heat.customdata, object)


@pytest.mark.parametrize("theme", list(THEMES))
def test_every_cell_is_a_run(theme):
    """Rates go along a logarithmic axis, each cell reaching halfway to the next."""
    fig = rate_momentum(LOSS, RATES, MOMENTA, theme=theme, words=WORDS)
    [heat] = traces(fig, type="heatmap")
    scale = loss_scale(LOSS)
    np.testing.assert_allclose(heat.z, scale.painted(scale.t(LOSS), 0.65).T)
    np.testing.assert_allclose(np.sqrt(heat.x[1:] * heat.x[:-1]), RATES)
    np.testing.assert_allclose((heat.y[1:] + heat.y[:-1]) / 2, MOMENTA)
    assert fig.layout.xaxis.type == "log"
    assert [stop for _, stop in heat.colorscale] == list(THEMES[theme].stops)
    assert (fig.layout.xaxis.title.text, fig.layout.yaxis.title.text) == ("«learning_rate»", "«momentum»")
    assert fig.layout.xaxis.ticktext == ("0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1")


def test_diverged_runs_have_no_colour_and_do_not_stretch_the_scale():
    """Not finite, or said to have diverged: hatched, whatever their last loss was."""
    loss, diverged = LOSS.copy(), np.zeros(LOSS.shape, bool)
    loss[6] = np.nan
    loss[5], diverged[5] = 1e30, True
    fig = rate_momentum(loss, RATES, MOMENTA, diverged=diverged, words=WORDS)
    [heat] = traces(fig, type="heatmap")
    assert np.isnan(heat.z[:, 5:]).all()
    scale = loss_scale(LOSS[:5])
    np.testing.assert_allclose(heat.z[:, :5], scale.painted(scale.t(LOSS[:5]), 0.65).T)
    [hatch] = traces(fig, fill="toself")
    assert (hatch.name, hatch.showlegend, hatch.fillpattern.bgcolor) == ("«diverged»", True, "#5a2a1d")
    told = cells(fig)[:, :, 2].T
    assert set(told[5:].ravel()) == {"«diverged»"}
    assert all(text.startswith("«loss» ") for text in told[:5].ravel())


def test_a_sweep_without_divergence_has_no_hatching():
    assert not traces(rate_momentum(LOSS, RATES, MOMENTA), fill="toself")


def test_a_sweep_that_all_diverged_is_drawn():
    fig = rate_momentum(np.full(LOSS.shape, np.inf), RATES, MOMENTA, words=WORDS)
    assert np.isnan(traces(fig, type="heatmap")[0].z).all()


def test_a_click_gives_the_cell_s_own_values():
    """Every cell carries its rate and its momentum, a diverged one too, and only cells can be pointed at."""
    loss = LOSS.copy()
    loss[6] = np.nan
    fig = rate_momentum(loss, RATES, MOMENTA, chosen=(0.01, 0.3), boundary=(RATES, RATES), words=WORDS)
    found = cells(fig)[:, :, :2].astype(float)
    np.testing.assert_array_equal(found[:, :, 0], np.tile(RATES, (4, 1)))
    np.testing.assert_array_equal(found[:, :, 1], np.repeat(MOMENTA[:, None], 7, 1))
    [heat] = traces(fig, type="heatmap")
    assert heat.hoverongaps in (None, True)  # Plotly's own choice: gaps can be pointed at
    assert all(t.hoverinfo == "skip" for t in fig.data if t is not heat)


def test_a_large_sweep_is_drawn_and_clickable_everywhere():
    """Every run has its cell, to the ends of both axes."""
    rates, momenta = np.geomspace(1e-4, 1, 100), np.linspace(0, 0.99, 120)
    fig = rate_momentum(np.add.outer(rates, momenta), rates, momenta)
    assert traces(fig, type="heatmap")[0].z.shape == (120, 100)
    found = cells(fig)
    assert set(found[:, :, 0].ravel()) == set(rates)
    assert set(found[:, :, 1].ravel()) == set(momenta)


def test_the_chosen_point_and_the_boundary_are_marked():
    curve = (np.array([0.01, 0.1]), np.array([0.0, 0.5]))
    fig = rate_momentum(LOSS, RATES, MOMENTA, chosen=(0.02, 0.6), boundary=curve, words=WORDS)
    ring, line = (
        next(t for t in fig.data if t.name == name and t.showlegend) for name in ("«chosen»", "«boundary»")
    )
    assert (list(ring.x), list(ring.y)) == ([0.02], [0.6])
    np.testing.assert_array_equal(line.x, curve[0])
    np.testing.assert_array_equal(line.y, curve[1])


def test_one_rate_and_one_momentum_make_a_cell():
    fig = rate_momentum(np.ones((1, 1)), np.array([0.1]), np.array([0.5]))
    [heat] = traces(fig, type="heatmap")
    assert heat.x[0] < 0.1 < heat.x[1]
    assert heat.y.tolist() == [0.0, 1.0]
