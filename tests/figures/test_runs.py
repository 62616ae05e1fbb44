"""Runs are named and slotted whatever form they come in, and thinning keeps every peak."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.figures.races.runs import runs_of, thin
from tests.figures.samples import descent


def test_runs_come_as_runs_as_a_race_or_as_trajectories():
    run = descent(slot=5, name="mine")
    path = run.trajectory
    assert runs_of([run]) == [run]
    assert [(r.name, r.slot) for r in runs_of({"slow": path, "fast": path})] == [("slow", 1), ("fast", 2)]
    assert [(r.name, r.slot) for r in runs_of([path, path])] == [("1", 1), ("2", 2)]
    assert runs_of([]) == []


def test_short_lines_are_left_whole():
    assert thin(np.zeros(1000)).tolist() == list(range(1000))


@given(st.integers(0, 2**32 - 1), st.integers(1001, 30_000))
def test_thinning_keeps_ends_and_extremes(seed, count):
    """At most the asked points; the first, the last, the least and the greatest value remain."""
    values = np.random.default_rng(seed).normal(size=count)
    values[count // 2] = np.nan
    kept = thin(values)
    assert len(kept) <= 1000
    assert np.all(np.diff(kept) > 0)
    assert {0, count - 1, int(np.nanargmin(values)), int(np.nanargmax(values))} <= set(kept.tolist())


def test_an_oscillation_keeps_its_height_everywhere():
    """Every stretch of 100 steps still reaches both +1 and -1."""
    values = np.where(np.arange(20_001) % 2, 1.0, -1.0)
    kept = thin(values)
    for begin in range(0, 20_000, 100):
        inside = values[kept[(kept >= begin) & (kept < begin + 100)]]
        assert {inside.min(), inside.max()} == {-1.0, 1.0}


@pytest.mark.parametrize("blank", [np.nan, np.inf])
def test_a_line_with_nothing_to_show_is_thinned_too(blank):
    kept = thin(np.full(5000, blank))
    assert len(kept) <= 1000
    assert kept[-1] == 4999
