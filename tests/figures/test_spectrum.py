"""Spectra: the density as it was estimated, eigenvalues at their places, few enough numbers to read."""

import numpy as np
import pytest

from landscape.figures import explained, spectrum
from tests.figures.samples import WORDS, density, plane, traces


def test_the_curve_is_the_density_above_the_estimate_s_floor():
    sent = density()
    fig = spectrum(sent, words=WORDS)
    [curve] = traces(fig, mode="lines")
    kept = np.isfinite(curve.y)
    np.testing.assert_array_equal(curve.x, sent.values)
    np.testing.assert_array_equal(curve.y[kept], sent.density[kept])
    assert sent.density[~kept].max() <= 1e-6 * sent.density.max() < sent.density[kept].min()
    assert (fig.layout.xaxis.title.text, fig.layout.yaxis.title.text) == ("«eigenvalue»", "«density»")
    assert fig.layout.showlegend is False


def test_eigenvalues_stand_below_the_curve_and_the_largest_apart_are_written_out():
    """Two that would print upon each other are both marked, but only the larger has its number."""
    fig = spectrum(density(), eigenvalues=np.array([3.0, 2.9, 1.0, -0.5]))
    [ticks] = traces(fig, mode="markers+text")
    assert list(ticks.x) == [3.0, 2.9, 1.0, -0.5]
    assert list(ticks.text) == ["3", "", "1", "−0.5"]
    curve = traces(fig, mode="lines")[0]
    assert max(ticks.y) < np.nanmin(curve.y)
    assert np.log10(min(ticks.y)) > fig.layout.yaxis.range[0]


def test_several_spectra_are_told_apart_and_their_eigenvalues_by_pointing():
    both = {"one": density(), "two": density(0.5)}
    fig = spectrum(both, eigenvalues={"two": np.array([3.5])}, words=WORDS)
    assert [(curve.name, curve.line.dash) for curve in traces(fig, mode="lines")] == [
        ("one", "solid"),
        ("two", "14px,4px"),
    ]
    [ticks] = traces(fig, mode="markers+text")
    assert (ticks.name, ticks.text[0], ticks.legendgroup) == ("two", "", "slot 2")
    assert fig.layout.showlegend is True


def test_a_bound_lies_within_the_picture_and_bears_its_name():
    fig = spectrum(density(), bound=20.0, words=WORDS)
    assert [shape.x0 for shape in fig.layout.shapes] == [20.0]
    assert fig.layout.annotations[0].text == "«bound»"
    assert fig.layout.xaxis.range[1] > 20


def test_bars_are_the_shares_and_the_line_their_sum():
    shares = np.array([0.6, 0.3, 0.1])
    fig = explained(shares, words=WORDS)
    [bars] = traces(fig, type="bar")
    [line] = traces(fig, type="scatter")
    np.testing.assert_allclose(bars.y, shares)
    np.testing.assert_allclose(line.y, [0.6, 0.9, 1.0])
    assert list(bars.x) == [1, 2, 3]


def test_a_pca_plane_knows_its_shares_and_another_plane_is_refused():
    [bars] = traces(explained({"path": plane(explained=np.array([0.7, 0.2]), kind="pca")}), type="bar")
    np.testing.assert_allclose(bars.y, [0.7, 0.2])
    with pytest.raises(ValueError, match="kind 'own'"):
        explained(plane())
