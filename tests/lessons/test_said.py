"""What the prose of a lesson says without a live number, measured, and the letters it says it with."""

import re

import numpy as np
import pytest

from landscape.i18n import LANGUAGES
from landscape.lessons.batches.shapes import RATES, STEPS
from landscape.lessons.optimizers import lookahead, pad
from landscape.lessons.optimizers.formulas import FORMULAS
from landscape.lessons.prose import FOLDER
from landscape.lessons.settings import read
from landscape.study.batches.shapes import DIVERGED, HIGH, fitted, labels


def test_a_rate_that_is_too_high_is_a_tenth_below_divergence():
    """Batches, shapes: what ends lower than the good curve would be lost at a rate only a tenth higher."""
    high = RATES["network"][2]
    assert labels(fitted(np.array([0.03, high, 1.1 * high]), STEPS))[1:] == [HIGH, DIVERGED]


def test_at_the_opening_both_gradients_push_back_to_the_floor():
    """Optimizers, lookahead: the jump goes up the far wall, where the gradient is larger and points back."""
    found = lookahead.measure(read(lookahead.Settings, {})).jump
    start, (here, ahead) = lookahead.START[1], (found.here[1], found.ahead[1])
    assert np.sign(here) == np.sign(ahead) == -np.sign(start)
    assert abs(ahead) > abs(here)
    assert found.slope_here[1] / here > 0
    assert found.slope_ahead[1] / found.slope_here[1] > 1
    assert abs(found.landing[1]) < abs(found.ball[1])


OTHER = re.compile(r"\\beta(?!_)|β(?![₁₂])|\bW\b|(?<![A-Za-z\\{])a_[{t]|ρ a\b|rho a\b")
"""Letters of other courses for momentum, velocity and weights."""


@pytest.mark.parametrize("lesson", ["optimizers", "batches"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_momentum_velocity_and_weights_have_one_letter(lesson, language):
    """Rho, v and w; beta is said once, where the letter of other courses is told."""
    texts = {
        path.stem: path.read_text(encoding="utf-8")
        for path in (FOLDER / language / "lessons" / lesson).glob("*.md")
    }
    found = [(name, letter[0]) for name, text in texts.items() for letter in OTHER.finditer(text)]
    assert found == ([("coasting", "β")] if lesson == "optimizers" else [])


def test_formulas_in_code_have_the_same_letters():
    shown = [*FORMULAS.values(), *pad.EDGES.values()]
    assert not [text for text in shown if OTHER.search(text)]
    assert all(r"\rho" in text for text in (FORMULAS["momentum"], FORMULAS["nesterov"], *pad.EDGES.values()))
