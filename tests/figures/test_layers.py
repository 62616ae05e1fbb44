"""Maps of layers and steps: each cell its record's number, colours on the scale that fits the quantity."""

import re
from dataclasses import replace

import numpy as np
import pytest

from landscape.figures import layers
from landscape.figures.networks.layers import QUANTITIES, SHOWN
from tests.figures.samples import WORDS, history, traces


def maps(fig):
    return traces(fig, type="heatmap")


def test_every_cell_holds_its_record():
    """Rows are layers from the first on, columns the records; what is told is the number itself."""
    sent = history()
    for name, drawn in zip(SHOWN, maps(layers(sent, words=WORDS)), strict=True):
        values = getattr(sent, name).T
        np.testing.assert_allclose(drawn.customdata[..., 0], values)
        np.testing.assert_array_equal(drawn.customdata[0, :, 1], sent.step)
        shades = np.log10(values) if QUANTITIES[name] == "log" else values
        np.testing.assert_allclose(drawn.z, shades)
        assert len(drawn.x) == len(sent.step) + 1
        assert np.all((drawn.x[:-1] <= sent.step) & (drawn.x[1:] >= sent.step))


def test_layers_are_counted_and_the_last_one_is_the_output():
    """Gradients know of the output layer, activations of hidden ones only; the first stands on top."""
    fig = layers(history(layers=4), words=WORDS)
    assert fig.layout.yaxis.ticktext == ("1", "2", "3", "«output»")
    assert fig.layout.yaxis2.ticktext == ("1", "2", "3")
    assert fig.layout.yaxis.range == (3.5, -0.5)
    assert [note.text for note in fig.layout.annotations] == [f"«{name}»" for name in SHOWN]


def test_means_are_coloured_evenly_about_zero_and_shares_from_none_to_all():
    mean, dead = maps(layers(history(), quantities=("activation_mean", "dead")))
    assert mean.zmin == -mean.zmax == pytest.approx(-np.abs(history().activation_mean).max())
    assert (dead.zmin, dead.zmax) == (0, 1)
    assert list(dead.colorbar.ticktext) == ["0%", "50%", "100%"]


def test_norms_are_marked_at_powers_of_ten():
    [norm] = maps(layers(history(layers=8), quantities=("gradient_norm",)))
    raised = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
    plain = (text.replace("×10", "e") for text in norm.colorbar.ticktext)
    written = [re.sub(f"^10(?=[{raised}])", "1e", text) for text in plain]
    texts = [float(text.translate(str.maketrans(raised, "-0123456789"))) for text in written]
    np.testing.assert_allclose(np.log10(texts), norm.colorbar.tickvals, atol=1e-9)
    assert 2 <= len(texts) <= 3


def test_a_record_that_is_not_finite_is_hatched_and_sets_no_range():
    fig = layers(history(lost=True), quantities=("gradient_norm", "dead"))
    [hatch] = traces(fig, fill="toself")
    assert hatch.yaxis == "y"
    norm = maps(fig)[0]
    assert np.isnan(norm.z[:, -1]).all()
    assert np.isfinite([norm.zmin, norm.zmax]).all()


def test_figures_can_share_their_colours():
    limits = {"gradient_norm": (1e-6, 10.0)}
    [norm] = maps(layers(history(), quantities=("gradient_norm",), limits=limits))
    assert (norm.zmin, norm.zmax) == (pytest.approx(-6), 1)


def test_equal_values_get_one_colour_and_a_network_without_hidden_layers_no_maps_of_them():
    flat = replace(history(), gradient_norm=np.full((6, 3), 2.0))
    [norm] = maps(layers(flat, quantities=("gradient_norm",)))
    assert norm.zmin < np.log10(2) < norm.zmax
    assert len(maps(layers(history(layers=1)))) == 1
    assert len(maps(layers(history(records=1)))) == 4


def test_an_unknown_quantity_is_refused():
    with pytest.raises(ValueError, match="given curvature"):
        layers(history(), quantities=("dead", "curvature"))
