"""Every word in a figure was given: no language is built in, and names cannot act as markup."""

import re

import numpy as np
import pytest

from landscape.figures import (
    SYMBOLS,
    Band,
    Run,
    Shadow,
    contour,
    cuts,
    effective_steps,
    explained,
    layers,
    losses,
    rate_momentum,
    shadows,
    spectrum,
    states,
    terrain,
    training,
)
from landscape.figures.notation import plain, say
from tests.figures.samples import (
    WORDS,
    bowl,
    density,
    descent,
    diverging,
    fidelity,
    history,
    holed,
    learner,
    plane_grid,
    trajectory,
)

RUNS = [descent(1, "§1"), diverging(2, "§2")]
PATH = trajectory(np.ones((2, 3)), np.ones(2))
LEARNERS = [learner(1, "§1", best=30, stopped=50), learner(2, "§2", lost=True, diverged=True)]
RATES, MOMENTA = np.geomspace(1e-3, 1, 5), np.linspace(0, 0.9, 4)
LOSS = np.add.outer(RATES, MOMENTA) * np.where(RATES > 0.5, np.nan, 1e-7)[:, None]

FIGURES = {
    "losses": lambda words: losses(RUNS, words=words),
    "effective_steps": lambda words: effective_steps(RUNS, words=words),
    "states": lambda words: states(RUNS, "velocity", words=words),
    "contour": lambda words: contour(
        holed(), RUNS, words=words, start=(1, 1), minima=[(0, 0)], saddles=[(1, 1, 3.0)]
    ),
    "terrain": lambda words: terrain(bowl(), RUNS, words=words),
    "plane": lambda words: contour(plane_grid(), [Run("§1", 1, PATH)], words=words),
    "plane_terrain": lambda words: terrain(plane_grid(), [Run("§1", 1, PATH)], words=words),
    "training": lambda words: training(LEARNERS, words=words),
    "layers": lambda words: layers(history(), words=words),
    "cuts": lambda words: cuts([Band("§1", 1, np.arange(3.0), np.ones((2, 3)))], words=words),
    "spectrum": lambda words: spectrum(density(), words=words, eigenvalues=np.ones(1), bound=2.0),
    "shadows": lambda words: shadows([Shadow("§1", 1, fidelity(), np.arange(6))], words=words),
    "explained": lambda words: explained(np.array([0.8, 0.1]), words=words),
    "rate_momentum": lambda words: rate_momentum(
        LOSS, RATES, MOMENTA, chosen=(0.1, 0.5), boundary=(RATES, RATES), words=words
    ),
}


def texts(node, key=""):
    """Every text that Plotly would print, found by the names of the properties that hold it."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from texts(value, name)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from texts(value, key)
    elif isinstance(node, np.ndarray) and node.dtype.kind in "UO":
        yield from (str(value) for value in node.ravel())
    elif isinstance(node, str) and key in {
        "text", "name", "hovertext", "hovertemplate", "ticktext", "customdata", "title", "texttemplate",
    }:  # fmt: skip
        yield node


@pytest.mark.parametrize("figure", list(FIGURES))
def test_every_word_was_given(figure):
    """Without the given words, runners' names, numbers and placeholders no word remains."""
    found = list(texts(FIGURES[figure](WORDS).to_plotly_json()))
    assert any("«" in text for text in found)
    for text in found:
        rest = re.sub(r"«\w+»|§\d|%\{[^}]*\}|</?(br|extra)>|\d+(\.\d+)?e−?\d+|×?10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", "", text)
        assert not re.search(r"[^\W\d_]", rest), text


@pytest.mark.parametrize("figure", list(FIGURES))
def test_without_words_there_are_symbols(figure):
    """A notebook without a catalogue gets the notation of the lecture, in every place that has a word."""
    bare = list(texts(FIGURES[figure](None).to_plotly_json()))
    worded = list(texts(FIGURES[figure](WORDS).to_plotly_json()))
    assert len(bare) == len(worded)
    for text in bare:
        rest = re.sub(r"%\{[^}]*\}|</?(br|extra)>", "", text)
        assert not re.search(r"[A-Za-z]{2,}", rest), text


def test_symbols_belong_to_no_language():
    for symbol in SYMBOLS.values():
        assert not re.search(r"[A-Za-z]{2,}", re.sub(r"\{\w+\}", "", symbol)), symbol


def test_an_unknown_or_empty_word_falls_back():
    assert say({"step": ""}, "step") == "k"
    assert say({}, "a_state_of_mine") == "a_state_of_mine"


@pytest.mark.parametrize("name", ["<b>bold</b>", "<a href='javascript:x'>a</a>", "R&D", "$x$", "%{x}"])
def test_a_runner_s_name_is_printed_as_it_stands(name):
    """No tag, entity, formula or placeholder of a name reaches Plotly in any figure."""
    run = Run(name, 1, diverging(1, name).trajectory)
    figures = [losses([run]), effective_steps([run]), contour(bowl(), [run]), terrain(bowl(), [run])]
    figures += [training([learner(1, name)]), shadows({name: fidelity()}), explained({name: np.ones(1)})]
    figures += [cuts([Band(name, 1, np.arange(3.0), np.ones((2, 3)))]), spectrum({name: density()})]
    for fig in figures:
        for trace in fig.data:
            key = getattr(trace, "legend", None) == "legend2"  # what lines mean, in the figure's words
            if trace.name is not None and not key:
                assert trace.name == plain(name)
            template = getattr(trace, "hovertemplate", None) or ""
            assert name not in re.sub(r"(?<=\w )%\{x\}", "", template)
    assert not re.search(r"[<>$]|&(?!\w+;|#\d+;)", plain(name))
