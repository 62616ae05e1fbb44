"""Training curves hold the histories' numbers, tell the splits apart, and mark the steps that matter."""

from dataclasses import replace

import numpy as np
import pytest

import landscape as ls
from landscape.figures import THEMES, training
from tests.figures.samples import WORDS, history, learner, traces


def lines(fig, **wanted):
    """The drawn lines of trainings, without ends, marks and keys."""
    return [trace for trace in traces(fig, mode="lines", **wanted) if trace.x[0] is not None]


def marks(fig, symbol, axis="y"):
    """Where the marks of one kind stand on one panel."""
    found = [trace for trace in traces(fig, mode="markers", yaxis=axis) if trace.marker.symbol == symbol]
    return [(trace.x[0], trace.y[0]) for trace in found]


@pytest.mark.parametrize("theme", list(THEMES))
def test_lines_are_the_history_s_in_the_slot_s_look(theme):
    """Training data full, validation data thin and pale; both in the slot's colour and dash."""
    one = learner(4)
    fig = training([one], theme, WORDS)
    slot = THEMES[theme].slot(4)
    loss, pale = lines(fig, yaxis="y")
    accuracy, pale_accuracy = lines(fig, yaxis="y2")
    for trace, sent in (
        (loss, one.history.train_loss),
        (pale, one.history.validation_loss),
        (accuracy, one.history.train_accuracy),
        (pale_accuracy, one.history.validation_accuracy),
    ):
        np.testing.assert_array_equal(trace.x, one.history.step)
        np.testing.assert_allclose(trace.y, sent)
        assert (trace.line.color, trace.line.dash) == (slot.line, slot.dash)
    assert loss.line.width > pale.line.width
    assert loss.opacity > pale.opacity
    ends = [trace.marker.symbol for trace in traces(fig, mode="lines+markers", yaxis="y")]
    assert ends == [slot.marker, f"{slot.marker}-open"]


def test_a_name_stands_once_in_the_legend_and_each_split_once():
    fig = training([learner(1, "§1"), learner(2, "§2")], words=WORDS)
    named = [trace.name for trace in fig.data if trace.showlegend is not False]
    assert named == ["§1", "§2", "«training»", "«validation»"]
    assert fig.layout.yaxis.type == "log"
    assert (fig.layout.yaxis.title.text, fig.layout.yaxis2.title.text) == ("«loss»", "«accuracy»")


def test_best_and_stopped_steps_are_marked_and_explained():
    """The ring lies on the validation lines at the record of the best step; the bar ends both splits."""
    one = learner(1, best=30, stopped=50)
    fig = training([one], words=WORDS)
    assert marks(fig, "circle-open") == [(30, pytest.approx(one.history.validation_loss[3]))]
    assert marks(fig, "circle-open", "y2") == [(30, pytest.approx(one.history.validation_accuracy[3]))]
    assert [x for x, _ in marks(fig, "line-ns-open")] == [50, 50]
    named = [trace.name for trace in fig.data if trace.legend == "legend2"]
    assert named == ["«training»", "«validation»", "«best»", "«stopped»"]
    assert not marks(training([learner(1)], words=WORDS), "circle-open")


def test_a_best_step_between_records_is_marked_at_the_nearest_one():
    assert [x for x, _ in marks(training([learner(1, best=33)], words=WORDS), "circle-open")] == [30]


def test_a_diverged_training_ends_with_a_cross_and_stretches_no_axis():
    """Its cross stands at its last finite record, at the upper edge where its loss is beyond."""
    wild = learner(2, "lost", lost=True, diverged=True)
    fig = training([learner(1), wild], words=WORDS)
    top = fig.layout.yaxis.range[1]
    assert top < 3 < np.log10(wild.history.train_loss[4])
    crosses = marks(fig, "x")
    assert len(crosses) == 2
    assert all(step == 40 and np.log10(loss) <= top for step, loss in crosses)
    assert not [trace for trace in traces(fig, mode="lines+markers", name="lost") if trace.x[0] is not None]


def test_a_regression_has_no_panel_of_accuracies():
    fig = training({"a": history(regression=True)}, words=WORDS)
    assert "yaxis2" not in fig.layout.to_plotly_json()
    assert not traces(fig, yaxis="y2")


def test_a_training_under_way_is_drawn_from_its_history_alone():
    """What is handed to a progress callback is enough: histories by name, one record at first."""
    fig = training({"a": history(records=1), "b": history(records=1)}, words=WORDS)
    assert [trace.name for trace in traces(fig, mode="lines", yaxis="y")] == ["a", "a", "b", "b"]
    assert training({}, words=WORDS).layout.yaxis.title.text == "«loss»"


def test_a_loss_of_zero_leaves_a_gap_on_a_logarithmic_axis_only():
    zero = replace(history(), train_loss=np.array([1.0, 0.5, 0.0, 0.1, 0.1, 0.1]))
    assert np.isnan(lines(training({"a": zero}))[0].y[2])
    assert lines(training({"a": zero}, log=False))[0].y[2] == 0


def test_what_train_returns_is_enough():
    """The notebook's call, with real fits: names, best steps and status come along."""
    data = ls.DATASETS["moons"](samples=60)
    rules = {"slow": ls.SGD(0.01), "fast": ls.Adam(0.02)}
    fits = ls.train(rules, ls.Network(hidden=(4,)), data, batch_size=None, epochs=3)
    fig = training(fits)
    for fit, line in zip(fits.values(), lines(fig, yaxis="y")[::2], strict=True):
        np.testing.assert_allclose(line.y, fit.history.train_loss, rtol=1e-6)
    assert len(marks(fig, "circle-open")) == 2
