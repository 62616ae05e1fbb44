"""The kinds of decay: their formulas, and the loss that each gets."""

import numpy as np
import pytest

from landscape.descent.schedules.decays import StepDecay
from landscape.descent.schedules.registry import SCHEDULES
from landscape.lessons.batches.kinds import NAMES, Settings, answer, measure
from landscape.lessons.settings import read


@pytest.mark.row("S3-32")
def test_the_values_are_the_formulas():
    """exp(-kt), 1/(1 + kt) and a stair, at the steps for which they are stated, to a millionth."""
    made = measure(read(Settings, {"pace": 0.01, "at": 100.0}))
    rate = {name: float(rates[100]) for name, (rates, _) in made.runs.items()}
    assert rate["exponential"] == pytest.approx(0.2 * np.exp(-1.0), abs=1e-6)
    assert rate["inverse_time"] == pytest.approx(0.2 * 0.5, abs=1e-6)
    assert float(StepDecay(1.0, 0.1, 30)(60)) == pytest.approx(0.01, abs=1e-6)
    stairs = StepDecay(1.0, 0.1, float(np.log(10)) / 0.01)(100)
    assert rate["step"] == pytest.approx(0.2 * float(stairs), abs=1e-6)


@pytest.mark.row("S3-32")
def test_the_warm_up_takes_a_tenth_of_the_run_and_the_cosine_the_rest():
    """In straight steps to the rate at step 199 of 2,000, and down to a hundredth of it at the end."""
    rates = measure(read(Settings, {})).runs["warmup"][0]
    np.testing.assert_allclose(rates[:200], 0.2 * np.arange(1, 201) / 200, rtol=1e-5)
    assert rates[1100] == pytest.approx(0.2 * (0.01 + 0.99 / 2), rel=1e-3)
    assert rates[2000] == pytest.approx(0.002, rel=1e-3)


@pytest.mark.row("S3-32")
def test_every_schedule_is_shown_with_its_own_loss():
    """All of the library's schedules run, and every one that ends lower than it began beats the constant."""
    assert set(NAMES) == set(SCHEDULES)
    end = measure(read(Settings, {})).end
    assert all(end[name] < 0.5 * end["constant"] for name in NAMES if name != "constant")
    assert answer() == 2


def test_too_quick_an_exponential_strands():
    """A finite sum of steps ends before the minimum; 1/t at the same pace arrives."""
    end = measure(read(Settings, {"pace": 0.1})).end
    assert end["exponential"] > 10 * end["inverse_time"]
