"""Bands of cuts: median, quartiles and extremes are those of the values, and gaps stay gaps."""

import numpy as np
import pytest

from landscape.figures import Band, cuts
from landscape.geometry.grids.grid import Grid
from landscape.geometry.trusting.resampling import Repeats
from tests.figures.samples import WORDS, bowl, traces

T = np.linspace(-1, 1, 11)
VALUES = np.outer([1.0, 2.0, 3.0, 4.0, 5.0], T**2) + 0.1


def band(values=VALUES, slot=2, name="net"):
    return Band(name, slot, T, values)


def median(fig, name="net"):
    return [trace for trace in traces(fig, mode="lines", name=name) if trace.line.width == 2.75]


def test_median_quartiles_and_extremes_are_those_of_the_cuts():
    fig = cuts([band()], words=WORDS)
    [strong] = median(fig)
    np.testing.assert_allclose(strong.y, 3 * T**2 + 0.1)
    outer, inner = traces(fig, fill="toself")
    np.testing.assert_allclose(outer.y, [*VALUES[-1], *VALUES[0][::-1]])
    np.testing.assert_allclose(inner.y, [*VALUES[3], *VALUES[1][::-1]])
    assert fig.layout.yaxis.type == "log"


def test_every_cut_is_drawn_thin_with_a_break_between_two():
    [thin] = [trace for trace in traces(cuts([band()]), mode="lines", name="net") if trace.line.width == 1]
    assert np.isnan(thin.y).sum() == len(VALUES)
    np.testing.assert_allclose(thin.y.reshape(5, 12)[:, :-1], VALUES)
    np.testing.assert_allclose(thin.x.reshape(5, 12)[2, :-1], T)


def test_a_place_where_a_cut_is_not_finite_has_no_band():
    broken = VALUES.copy()
    broken[0, 0], broken[1, -1] = np.inf, np.nan
    fig = cuts([band(broken)])
    for shade in traces(fig, fill="toself"):
        assert np.isfinite(shade.y).all()
        assert len(shade.x) == 2 * (len(T) - 2)
    assert np.isnan(median(fig)[0].y[[0, -1]]).all()


def test_networks_are_compared_in_their_slots_on_the_same_axes():
    found = Repeats(T, VALUES, 1, VALUES[:, 0], VALUES[:, 0], 0.1, 0.1, "steady")
    fig = cuts({"one": found, "two": found}, words=WORDS)
    assert [median(fig, name)[0].line.dash for name in ("one", "two")] == ["solid", "14px,4px"]
    assert len({trace.yaxis for trace in fig.data}) == 1
    assert (fig.layout.xaxis.title.text, fig.layout.yaxis.title.text) == ("«distance»", "«loss»")


def test_grids_of_one_line_are_cuts_and_a_single_one_is_drawn_alone():
    lines = [Grid(T, np.zeros(1), row[:, None]) for row in VALUES]
    np.testing.assert_allclose(median(cuts({"net": lines}))[0].y, 3 * T**2 + 0.1)
    alone = cuts({"net": lines[0]})
    assert len(alone.data) == 1
    np.testing.assert_allclose(median(alone)[0].y, VALUES[0])


def test_accuracies_have_a_linear_axis_in_per_cent_and_a_loss_below_zero_too():
    fig = cuts([band(np.clip(1 - VALUES / 6, 0, 1))], words=WORDS, metric="accuracy")
    assert (fig.layout.yaxis.type, fig.layout.yaxis.title.text) == (None, "«accuracy»")
    assert "%" in fig.layout.yaxis.tickformat
    assert cuts([band(VALUES - 1)]).layout.yaxis.type == "linear"


def test_named_places_have_a_hairline_and_their_name():
    fig = cuts([band()], marks=[("A", 0.0), ("B <b>", 1.0)])
    assert [(shape.x0, shape.x1) for shape in fig.layout.shapes] == [(0, 0), (1, 1)]
    assert [note.text for note in fig.layout.annotations] == ["A", "B &lt;b&gt;"]


def test_planes_and_lines_that_do_not_match_are_refused():
    with pytest.raises(ValueError, match="net: a cut is a grid of one line"):
        cuts({"net": bowl()})
    line = Grid(T, np.zeros(1), VALUES[:1].T)
    with pytest.raises(ValueError, match="net: all cuts of a band need the same coordinates"):
        cuts({"net": [line, Grid(2 * T, line.b, line.loss)]})
