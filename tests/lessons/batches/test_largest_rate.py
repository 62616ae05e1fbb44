"""The largest usable rate: it rises with the batch, and the curvature ends that."""

import numpy as np
import pytest

from landscape.lessons.batches.largest_rate import EXPERIMENT, Settings, answer, numbers
from landscape.lessons.experiment import RenderContext
from landscape.lessons.pieces import Chart
from landscape.lessons.prose import prose


@pytest.mark.slow
@pytest.mark.row("S1-25")
@pytest.mark.parametrize("draw", range(2))
def test_the_largest_rate_rises_to_a_ceiling(draw):
    """Over four times from one sample to sixteen, hardly at all from 256 to all; never above 2 / lambda."""
    settings = Settings(draw=draw)
    result = EXPERIMENT.measure(settings)
    told, found = numbers(settings, result), result.found
    assert float(told["first"]) > 4
    assert float(told["late"]) < 1.2
    assert np.all(np.diff(found.largest) >= 0)
    assert np.all(found.largest <= found.ceiling)
    assert np.isnan(found.final[-1, -1])


@pytest.mark.row("S1-25")
def test_the_largest_rate_is_the_last_of_those_that_still_gain():
    """Up to it every rate ends below the first loss; the next of the 61 does not."""
    found = EXPERIMENT.measure(Settings()).found
    with np.errstate(invalid="ignore"):
        gains = found.loss[..., -67:].mean(axis=-1) < found.loss[..., 0]
    for row, largest in zip(gains, found.largest, strict=True):
        place = int(np.flatnonzero(found.rates == largest)[0])
        assert row[: place + 1].all()
        assert not row[place + 1]


def test_theory_predicts_the_border():
    """The noise scale, computed from the samples alone, places the border within a quarter."""
    found = EXPERIMENT.measure(Settings()).found
    assert 18 < found.noise < 23
    assert np.all(np.abs(found.largest / found.predicted(found.batches) - 1) < 0.25)
    assert answer() == 1


def test_a_click_in_the_map_chooses_batch_and_rate():
    """The values that a click can give are batch sizes and rates there are."""
    result = EXPERIMENT.measure(Settings())
    look = RenderContext.at("light", "en", prose("batches", "largest_rate", "en"))
    chart = EXPERIMENT.show(Settings(), result, look)[0]
    assert isinstance(chart, Chart)
    assert chart.picks == ("rate", "batch")
    [cells] = [trace for trace in chart.figure.data if trace.type == "heatmap"]
    for rate, batch in {(rate, batch) for row in cells.customdata for rate, batch, _ in row}:
        chosen = Settings(rate=rate, batch=int(batch))
        assert int(batch) == batch
        assert chosen.batch in result.found.batches
