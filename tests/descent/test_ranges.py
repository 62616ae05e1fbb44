"""What a hyperparameter may be is said at the door: which field, what was given, what is allowed."""

import dataclasses
from functools import partial

import numpy as np
import pytest

import landscape as ls

START = np.ones(2)
FIELDS = [
    (kind, field)
    for kind in (*ls.OPTIMIZERS.values(), ls.SAM, ls.ClipNorm, ls.ClipValue, ls.WeightDecay)
    for field in dataclasses.fields(kind)
    if field.name != "rule"
]
SCHEDULES = [
    (kind, field)
    for kind in ls.SCHEDULES.values()
    for field in dataclasses.fields(kind)
    if field.name != "schedule"
]
NOTHING = ["0.1", None, abs, 1j, [], {"a": 1.0}, True, ls.SGD(0.1), np.array("x"), np.ones(2, complex)]


pytestmark = pytest.mark.usefixtures("unchecked")


def bowl(p):
    return (p**2).sum()


def refused(rule, error, words):
    """`run`, `sweep` and `train` refuse the rule in the same words."""
    data, network = ls.DATASETS["moons"](), ls.Network(hidden=(2,))
    for call in (
        lambda: ls.run(rule, bowl, START, 1),
        lambda: ls.race({"a": rule}, bowl, START, 1),
        lambda: ls.sweep(rule, bowl, START, 1, starts=np.ones((3, 2))),
        lambda: ls.train({"a": rule}, network, data, epochs=1),
    ):
        with pytest.raises(error, match=words):
            call()


def outside(within):
    """A few numbers that lie in no such interval."""
    low, high = (float(end) for end in within[1:-1].split(","))
    found = [low - 1.0, high + 1.0]
    found += [low] if within[0] == "(" else []
    found += [high] if within[-1] == ")" else []
    return [number for number in found if np.isfinite(number)]


@pytest.mark.parametrize(
    ("kind", "field"), FIELDS, ids=lambda v: getattr(v, "__name__", getattr(v, "name", v))
)
def test_every_field_of_a_rule(kind, field):
    named = f"{field.name} of {kind.__name__} must"
    if field.metadata["static"]:
        wrong = [(0, ValueError), (-3, ValueError), (2.5, TypeError), ("5", TypeError), (True, TypeError)]
        if field.metadata["choices"]:
            wrong = [(0, ValueError), ("no", ValueError), (None, ValueError)]
    else:
        wrong = [(np.nan, ValueError), (-np.inf, ValueError)] + [(thing, TypeError) for thing in NOTHING]
        wrong += [(number, ValueError) for number in outside(field.metadata["within"])]
        wrong += [(np.array([field.default, n]), ValueError) for n in outside(field.metadata["within"])]
    for value, error in wrong:
        with pytest.raises(error, match=named):
            ls.run(kind(**{field.name: value}), bowl, START, 1)


@pytest.mark.parametrize(
    ("kind", "field"), SCHEDULES, ids=lambda v: getattr(v, "__name__", getattr(v, "name", v))
)
def test_every_field_of_a_schedule(kind, field):
    """Inside a rule, inside a warm-up inside a wrapper."""
    for value in (np.nan, *outside(field.metadata["within"])):
        schedule = kind(**{field.name: value})
        for rule in (ls.SGD(schedule), ls.ClipNorm(ls.SGD(ls.Warmup(schedule, 3.0)), 1.0)):
            with pytest.raises(ValueError, match=f"{field.name} of {kind.__name__} must"):
                ls.run(rule, bowl, START, 1)
    with pytest.raises(TypeError, match=f"{field.name} of {kind.__name__} must"):
        ls.run(ls.SGD(kind(**{field.name: "1"})), bowl, START, 1)


@pytest.mark.parametrize(
    ("rule", "error", "words"),
    [
        (ls.Adam(0.1, b1=1), ValueError, r"b1 of Adam must lie in \[0, 1\); given 1"),
        (ls.Adam(0.1, eps=-1.0), ValueError, r"eps of Adam must lie in \[0, ∞\); given -1"),
        (ls.ClipNorm(ls.SGD(0.1), -1), ValueError, r"max_norm of ClipNorm must lie in \(0, ∞\); given -1"),
        (ls.LBFGS(memory_size=0), ValueError, "memory_size of LBFGS must be a whole number of at least 1"),
        (ls.SGD("fast"), TypeError, "learning_rate of SGD must be a number; given 'fast'"),
        (ls.SAM(ls.Adam(abs)), TypeError, "learning_rate of Adam must lie in"),
        (ls.SGD(ls.Warmup(0.1)), TypeError, "schedule of Warmup must be a schedule; given 0.1"),
        (ls.SAM(0.1), TypeError, "SAM goes around a rule"),
    ],
)
def test_every_door_says_the_same(rule, error, words):
    refused(rule, error, words)


def test_a_batch_is_checked_number_by_number():
    with pytest.raises(ValueError, match=r"b1 of Adam must lie in \[0, 1\); given 1.5"):
        ls.sweep(ls.Adam(0.1, b1=np.array([0.5, 1.5])), bowl, START, 1)


@pytest.mark.slow
def test_one_run_has_one_value_of_each():
    """An array of rates is a sweep; as a rate for each coordinate, two of them would pass unnoticed."""
    rates = np.array([0.1, 0.2])
    for rule in (ls.SGD(rates), ls.SAM(ls.SGD(rates)), ls.SGD(ls.Cosine(rates))):
        with pytest.raises(ValueError, match=r"must be one number; given an array of shape \(2,\)"):
            ls.run(rule, bowl, START, 1)
        assert ls.sweep(rule, bowl, START, 1).final_loss.shape == (2,)


@pytest.mark.parametrize("name", ["noise", "tolerance"])
@pytest.mark.parametrize("value", [-1.0, np.nan, np.inf, "0.1", None, True, 1j, np.ones(2)], ids=repr)
def test_noise_and_tolerance_are_numbers_of_at_least_zero(name, value):
    for call in (ls.run, partial(ls.sweep, starts=np.ones((3, 2)))):
        with pytest.raises((TypeError, ValueError), match=f"{name} must"):
            call(ls.SGD(0.1), bowl, START, 1, **{name: value})


@pytest.mark.slow
def test_the_ends_of_a_range_that_belong_to_it():
    """A rate of zero stands still, a negative one climbs, and no epsilon is needed where no gradient is 0."""
    assert (ls.run(ls.Adam(0.0), bowl, START, 1).params == 1).all()
    assert (ls.run(ls.SGD(-0.1), bowl, START, 1).params[1] > 1).all()
    assert (ls.run(ls.AdaGrad(0.1, eps=0.0), bowl, START, 1).params[1] < 1).all()
    assert (ls.run(ls.RMSProp(np.float32(0.1), decay=0), bowl, START, 1).params[1] < 1).all()
