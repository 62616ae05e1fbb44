"""The values a slider stops at."""

import dataclasses

import pytest

from landscape.descent.rules.registry import OPTIMIZERS, WRAPPERS
from landscape.descent.schedules.registry import SCHEDULES
from landscape.problems.surfaces.registry import SURFACES
from landscape.scenario import hyperparameters
from landscape.ui.page.controls import scale
from landscape.ui.page.widgets import valued

OWNERS = [
    *OPTIMIZERS.values(),
    *WRAPPERS.values(),
    *SCHEDULES.values(),
    *(type(s) for s in SURFACES.values()),
]
FIELDS = [
    (kind, field)
    for kind in OWNERS
    for field in hyperparameters(kind).values()
    if not field.metadata["static"]
]


@pytest.mark.parametrize(
    ("kind", "field"), FIELDS, ids=lambda each: getattr(each, "name", getattr(each, "__name__", ""))
)
def test_every_numeric_field_has_a_rising_scale_within_its_bounds_holding_its_ends(kind, field):
    meta = field.metadata
    stops = scale(meta["low"], meta["high"], meta["log"])
    assert list(stops) == sorted(set(stops))
    assert (stops[0], stops[-1]) == (meta["low"], meta["high"])
    assert 10 <= len(stops) <= 200
    assert meta["low"] <= field.default <= meta["high"]


def test_a_logarithmic_scale_has_ten_stops_a_decade():
    assert scale(0.01, 1.0, True)[:11] == (0.01, 0.012, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1)


def test_a_logarithmic_scale_may_begin_with_zero():
    stops = scale(0.0, 1.0, True)
    assert stops[:2] == (0.0, 1e-5)
    assert stops[-1] == 1.0


def test_only_the_space_before_the_value_can_stretch():
    assert valued("Learning rate", "0.1").split(" ") == ["Learning\u2005rate", "0.1"]


def test_fields_have_no_mutable_defaults():
    assert all(field.default is not dataclasses.MISSING for _, field in FIELDS)
