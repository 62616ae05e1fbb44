"""The scale from loss to height and colour, and the contour levels chosen from it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from landscape.look.numbers import number
from landscape.look.scale import EXACT, LEVELS, MOVE, loss_scale


def sample(f, x, y, points=121):
    with np.errstate(all="ignore"):
        return f(*np.meshgrid(np.linspace(*x, points), np.linspace(*y, points), indexing="ij"))


def rosenbrock(x, y):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def beale(x, y):
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def rastrigin(x, y):
    return 20 + x**2 + y**2 - 10 * np.cos(2 * np.pi * x) - 10 * np.cos(2 * np.pi * y)


def saddle(x, y):
    return 5 * x**2 - y**2


def with_a_hole(x, y):
    return x**2 - np.log(y) + y


@pytest.mark.parametrize(
    ("f", "x", "y", "saddles", "first", "last", "lines"),
    [
        (rosenbrock, (-2, 2), (-1, 3), (), ["0.2", "0.7", "1.4"], "1,000", 14),
        (beale, (-4.5, 4.5), (-4.5, 4.5), (14.203125,), ["0.009", "0.03", "0.1"], "40,000", 15),
        (rastrigin, (-3, 3), (-3, 3), (), ["2", "3", "5"], "44", 14),
        (saddle, (-2, 2), (-2, 2), (0.0,), ["−3.3", "−2.4", "−1.5"], "17", 15),
        (with_a_hole, (-2, 2), (-1, 3), (), ["1.02", "1.06", "1.1"], "5", 14),
    ],
)
def test_levels_are_those_of_the_visual_language(f, x, y, saddles, first, last, lines):
    labels = [level.label for level in loss_scale(sample(f, x, y), saddles).levels]
    assert (labels[:3], labels[-1], len(labels)) == (first, last, lines)


def test_labelled_lines_of_the_race_are_those_of_its_picture():
    drawn = loss_scale(sample(beale, (-0.5, 4.5), (-2, 2), 80), saddles=[14.203125])
    assert [level.label for level in drawn.levels if level.kind != "normal"] == ["0.4", "8", "14", "70"]
    assert [level.value for level in drawn.levels if level.kind == "saddle"] == [14.203125]


@pytest.mark.parametrize(("f", "p"), [(rosenbrock, 0.2), (beale, 0.2), (saddle, 0.5)])
def test_the_anchor_quantile_is_drawn_at_half_height(f, p):
    loss = sample(f, (-4.5, 4.5), (-4.5, 4.5))
    drawn = loss_scale(loss)
    assert drawn.kind == "log"
    assert drawn.t(np.quantile(loss, p)) == pytest.approx(0.5, abs=1e-12)


def test_the_loss_of_a_place_inverts_the_place_of_a_loss():
    places = np.linspace(0, 1, 51)
    for f in (rosenbrock, rastrigin, saddle):
        drawn = loss_scale(sample(f, (-2, 2), (-2, 2)))
        np.testing.assert_allclose(drawn.t(drawn.value(places)), places, atol=1e-12)


def test_an_even_ramp_is_drawn_linearly_when_its_anchor_is_high():
    drawn = loss_scale(np.array([[0.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.5]]))
    assert (drawn.kind, drawn.scale, drawn.low) == ("linear", None, 0.0)
    assert drawn.t(0.5 * drawn.range) == pytest.approx(0.5)


def test_a_flat_floor_larger_than_the_anchor_quantile_still_gets_a_scale():
    loss = np.zeros((20, 20))
    loss[8:12, :] = np.linspace(1, 5, 20)
    drawn = loss_scale(loss)
    assert drawn.kind == "log"
    assert drawn.scale == pytest.approx(1e-6 * drawn.range)


def test_a_needle_above_a_plain_is_not_called_constant():
    loss = np.zeros((40, 40))
    loss[20, 20] = 3.0
    drawn = loss_scale(loss)
    assert (drawn.kind, drawn.range, drawn.open_top) == ("log", 3.0, False)


def test_equal_values_and_empty_grids_are_constant_and_flat():
    for loss in (np.full((5, 5), -7.0), np.full((5, 5), 1e6) + 1e-5 * np.eye(5)):
        drawn = loss_scale(loss)
        assert (drawn.kind, drawn.range, drawn.levels, drawn.open_top) == ("constant", 0.0, (), False)
        assert np.all(drawn.t(loss) == 0)
    nothing = loss_scale(np.full((4, 4), np.nan))
    assert (nothing.kind, nothing.low, nothing.levels) == ("constant", 0.0, ())
    assert np.isnan(nothing.t(np.inf))


def test_non_finite_cells_change_neither_scale_nor_levels():
    loss = sample(rosenbrock, (-2, 2), (-1, 3))
    around = np.full((123, 123), np.nan)
    around[1:-1, 1:-1] = loss
    around[0, :] = np.inf
    around[:, -1] = -np.inf
    assert loss_scale(around) == loss_scale(loss)


def test_a_saddle_gets_one_line_and_displaces_a_plain_one_upon_it():
    loss = sample(saddle, (-2, 2), (-2, 2))
    plain = loss_scale(loss).levels[5].value
    drawn = loss_scale(loss, saddles=[plain, plain, -1e9, 1e9, np.nan])
    assert [level.value for level in drawn.levels if level.kind == "saddle"] == [plain]
    assert len({level.value for level in drawn.levels}) == len(drawn.levels) == len(loss_scale(loss).levels)


def test_a_surface_far_from_zero_keeps_its_lines_apart():
    drawn = loss_scale(123456.0 + sample(rastrigin, (-3, 3), (-3, 3)))
    assert len(drawn.levels) == LEVELS
    assert drawn.levels[0].label.startswith("123,4")


def test_open_top_says_whether_values_rise_above_the_scale():
    assert loss_scale(sample(rosenbrock, (-2, 2), (-1, 3))).open_top
    level = np.full((10, 10), 4.0)
    level[5, 5] = 0.0
    assert not loss_scale(level).open_top


def test_an_accuracy_is_drawn_by_its_error_on_a_linear_scale():
    """The best accuracy is the valley's floor, the worst the top, and 100 % minus it the height between."""
    accuracy = np.linspace(0.1, 0.98, 45).reshape(9, 5)
    drawn = loss_scale(accuracy, metric="accuracy")
    assert (drawn.kind, drawn.low, drawn.open_top) == ("linear", 0.98, False)
    np.testing.assert_allclose(drawn.t(accuracy), (0.98 - accuracy) / 0.88, atol=1e-12)
    np.testing.assert_allclose(drawn.value(drawn.t(accuracy)), accuracy, atol=1e-12)
    assert [level.label for level in drawn.levels] == [f"{k}%" for k in range(90, 10, -10)]


@settings(max_examples=100, deadline=None)
@given(ends=st.lists(st.integers(0, 1797), min_size=2, max_size=2, unique=True))
def test_lines_of_an_accuracy_are_round_percentages_a_few_of_them_marked(ends):
    values = np.sort(np.array(ends, float) / 1797).reshape(1, 2)
    drawn = loss_scale(values, metric="accuracy")
    labels = [float(level.label.rstrip("%")) for level in drawn.levels]
    assert 5 <= len(labels) <= LEVELS
    np.testing.assert_allclose([100 * level.value for level in drawn.levels], labels, atol=1e-9)
    assert np.unique(np.round(np.diff(labels), 9)).size == 1
    assert np.all(np.diff([level.t for level in drawn.levels]) > 0)
    assert any(level.kind == "major" for level in drawn.levels)


def test_several_grids_share_one_scale():
    """The lowest loss of all and the quantiles over all; the border rule looks at the grid that is lowest."""
    bowl, saddled = sample(rosenbrock, (-2, 2), (-1, 3), 41), sample(saddle, (-2, 2), (-2, 2), 61)
    both = loss_scale([bowl, saddled])
    assert both.low == saddled.min()
    assert both == loss_scale([saddled, bowl])
    assert both.t(np.median(np.concatenate([bowl.ravel(), saddled.ravel()]))) == pytest.approx(0.5, abs=1e-12)
    assert loss_scale([bowl]) == loss_scale(bowl)
    holes = np.full((3, 3), np.nan)
    assert loss_scale([bowl, holes]) == loss_scale(bowl)


def test_an_unknown_metric_is_refused():
    with pytest.raises(ValueError, match="one of loss, accuracy; given 'f1'"):
        loss_scale(np.zeros((2, 2)), metric="f1")


def test_numbers_never_carry_a_hyphen_for_a_minus():
    assert [number(v, EXACT) for v in (-1234.5, 999999.0, 1e6, -0.0001, 0.00001)] == [
        "−1,234.5",
        "999,999",
        "10⁶",
        "−10⁻⁴",
        "10⁻⁵",
    ]


anything = hnp.arrays(
    np.float64, hnp.array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.floats(width=64)
)


@settings(max_examples=200, deadline=None)
@given(loss=anything, saddles=st.lists(st.floats(), max_size=3))
def test_any_grid_has_a_scale_that_rises_and_levels_inside_it(loss, saddles):
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        drawn = loss_scale(loss, saddles)
    t = drawn.t(loss)
    assert np.array_equal(np.isnan(t), ~np.isfinite(loss))
    finite = np.isfinite(loss)
    assert np.all((t[finite] >= 0) & (t[finite] <= 1))
    assert np.all(np.diff(t[finite][np.argsort(loss[finite])]) >= 0)
    values = [level.value for level in drawn.levels]
    assert values == sorted(set(values))
    assert all(np.isfinite(level.value) and 0 < level.t < 1 for level in drawn.levels)
    assert len([level for level in drawn.levels if level.kind != "saddle"]) <= LEVELS


def test_rounding_moves_no_line_visibly():
    for f in (rosenbrock, beale, rastrigin, saddle, with_a_hole):
        levels = loss_scale(sample(f, (-2, 2), (-1, 3))).levels
        places = np.arange(1, LEVELS + 1) / (LEVELS + 1)
        assert all(np.min(np.abs(places - level.t)) < MOVE for level in levels)
