"""Training at its edges: what is refused, what one rule is called, ends of every kind, budgets kept."""

import jax
import numpy as np
import pytest

import landscape as ls
from landscape.core.types import Status
from landscape.descent.training import vmapped_runs

pytestmark = pytest.mark.slow

MOONS = ls.DATASETS["moons"](samples=200)
SMALL = ls.Network(hidden=(8,), activation="tanh")
KEY = jax.random.key(3)


def same(a: object, b: object) -> bool:
    """Equal arrays in one structure, to the last bit."""
    return jax.tree.all(jax.tree.map(lambda x, y: np.array_equal(x, y), a, b))


def row(fit: ls.Fit, r: int) -> object:
    """One recorded point of a fit's path."""
    return jax.tree.map(lambda rows: rows[r], fit.path.params)


def test_a_batch_larger_than_the_split_is_the_split() -> None:
    """The default of 128 fits data sets with fewer examples, and so does any number: one step an epoch."""
    iris = ls.DATASETS["iris"]()
    assert len(iris.train.y) < 128
    default, all_of_them = (
        ls.train(ls.SGD(0.1), SMALL, iris, epochs=3, key=KEY, **options)["sgd"]
        for options in ({}, {"batch_size": None})
    )
    assert default.steps == 3
    assert same(default.path, all_of_them.path)


@pytest.mark.parametrize(
    ("rule", "name"),
    [(ls.SGD(0.1), "sgd"), (ls.ClipNorm(ls.SGD(0.1), 1.0), "clip_norm"), (ls.SAM(ls.SGD(0.1)), "sam")],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_one_rule_is_called_by_its_registry_name(rule: ls.Rule, name: str) -> None:
    """Wrapped or not; a rule that spends two gradients a step counts two."""
    fits = ls.train(rule, SMALL, MOONS, batch_size=32, epochs=1, key=KEY)
    assert list(fits) == [name]
    assert fits[name].path.evaluations[-1] == fits[name].steps * (2 if name == "sam" else 1)


def test_a_start_is_where_it_begins() -> None:
    """Parameters in any precision, and on: two trainings of which one goes on from the other's end."""
    first = ls.train(ls.SGD(0.1), SMALL, MOONS, batch_size=32, epochs=2, key=KEY)["sgd"]
    start = jax.tree.map(np.float64, first.params)
    onward = ls.train(ls.SGD(0.1), SMALL, MOONS, batch_size=32, epochs=2, key=KEY, start=start)["sgd"]
    assert same(row(onward, 0), first.params)
    assert onward.history.train_loss[0] == pytest.approx(first.history.train_loss[-1], rel=1e-6)


@pytest.mark.parametrize(
    ("rules", "options", "error", "message"),
    [
        (ls.SGD(np.nan), {}, ValueError, "'sgd': learning_rate of SGD must be finite; given nan"),
        (ls.SGD(ls.Cosine(np.inf, 5)), {}, ValueError, "value of Cosine must be finite"),
        ({"a": ls.SGD(np.ones(3))}, {}, ValueError, "'a': learning_rate of SGD must be one number"),
        ({}, {}, TypeError, "rules must be an optimizer"),
        (ls.SGD(0.1), {"start": []}, ValueError, "start holds no array"),
        (ls.SGD(0.1), {"start": [np.zeros(2)]}, ValueError, "start must be parameters of this network"),
        (ls.SGD(0.1), {"key": np.zeros(3)}, TypeError, "key must be jax.random.key"),
        (ls.SGD(0.1), {"batch_size": True}, ValueError, "batch_size must be a whole number"),
    ],
)
def test_what_cannot_be_trained_is_refused(rules, options: dict, error: type, message: str) -> None:
    """At the door, in words that name the argument and what is allowed."""
    with pytest.raises(error, match=message):
        ls.train(rules, SMALL, MOONS, **options)


def test_a_start_of_other_shapes_or_numbers_is_refused() -> None:
    """Parameters of a wider network, and parameters that hold a NaN."""
    wide = ls.Network(hidden=(9,)).init(KEY, MOONS)
    with pytest.raises(ValueError, match=r"start must be parameters of this network.*\(2, 8\).*\(2, 9\)"):
        ls.train(ls.SGD(0.1), SMALL, MOONS, start=wide)
    with pytest.raises(ValueError, match="start must be finite"):
        ls.train(ls.SGD(0.1), SMALL, MOONS, start=jax.tree.map(lambda a: a * np.nan, SMALL.init(KEY, MOONS)))


def test_the_best_may_be_the_start() -> None:
    """A rate that only climbs ends after its patience, and gives back the parameters it began with."""
    fit = ls.train(ls.SGD(-0.1), SMALL, MOONS, batch_size=32, epochs=30, early_stopping=2, key=KEY)["sgd"]
    assert fit.history.validation_loss.argmin() == 0
    assert fit.best == 0
    assert same(fit.params, row(fit, 0))
    assert fit.stopped is not None
    assert fit.stopped - fit.best >= 2 * (160 // 32)


def test_the_kept_parameters_are_always_the_best_that_were_measured() -> None:
    """Whether a run froze, was stopped or came to its end: its parameters have the lowest validation loss
    of its history, at the step it names."""
    diabetes, network = ls.DATASETS["diabetes"](), ls.Network(hidden=(16,))
    rules = {f"{rate}": ls.SGD(rate) for rate in (1e-4, 0.1, 5.0)}
    fits = ls.train(rules, network, diabetes, batch_size=32, epochs=60, early_stopping=3, key=KEY)
    loss = jax.jit(network.loss(diabetes.validation))
    for fit in fits.values():
        lowest = fit.history.validation_loss.min()
        assert float(loss(fit.params)) == pytest.approx(float(lowest), rel=1e-4)
        assert fit.best == fit.history.step[fit.history.validation_loss.argmin()]
        assert fit.complete
    assert fits["5.0"].status is Status.DIVERGED
    assert {fit.stopped is None for fit in fits.values()} == {True, False}


def test_runs_that_stop_apart_leave_what_each_leaves_alone() -> None:
    """Of two runs in one program the one that stops first has no more steps than when it trains alone."""
    diabetes, network = ls.DATASETS["diabetes"](), ls.Network(hidden=(16,))
    options = {"batch_size": 32, "epochs": 60, "early_stopping": 3, "key": KEY}
    rules = {"fast": ls.SGD(0.1), "slow": ls.SGD(0.002)}
    together = ls.train(rules, network, diabetes, **options)
    alone = ls.train(rules["fast"], network, diabetes, **options)["sgd"]
    assert together["fast"].stopped == alone.stopped
    assert together["fast"].steps == alone.steps < together["slow"].steps
    np.testing.assert_array_equal(together["fast"].history.step, alone.history.step)
    np.testing.assert_allclose(together["fast"].path.loss, alone.path.loss, rtol=1e-3)


def test_a_stopped_training_keeps_rows_that_belong_to_their_steps() -> None:
    """Cancelled between two records, the path still ends at the last step, each row at its own."""
    fit = ls.train(
        ls.SGD(0.1), SMALL, MOONS, batch_size=16, epochs=500, key=KEY, progress=lambda done, _: done < 130
    )["sgd"]
    assert not fit.complete
    steps = fit.path.steps_recorded
    assert (steps[0], steps[-1]) == (0, fit.steps)
    assert np.all(np.diff(steps) > 0)
    assert same(row(fit, -1), fit.params)
    whole = dict(zip(fit.history.step.tolist(), fit.history.train_loss, strict=True))
    loss = jax.jit(SMALL.loss(MOONS.train))
    shared = [r for r, step in enumerate(steps.tolist()) if step in whole]
    assert len(shared) > 2
    for r in shared:
        assert float(loss(row(fit, r))) == pytest.approx(float(whole[int(steps[r])]), rel=1e-5)


@pytest.mark.parametrize("rows", [3, 8])
def test_snapshots_keep_their_byte_budget(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    """Room for a few rows of parameters holds no more rows, the first and the last among them."""
    count = sum(leaf.size for leaf in jax.tree.leaves(SMALL.init(KEY, MOONS)))
    monkeypatch.setattr(vmapped_runs, "SNAPSHOT_BYTES", rows * 4 * count)
    fit = ls.train(ls.SGD(0.1), SMALL, MOONS, batch_size=32, epochs=20, key=KEY)["sgd"]
    steps = fit.path.steps_recorded
    assert rows / 2 <= len(steps) <= rows
    assert len(steps) == len(jax.tree.leaves(fit.path.params)[0])
    assert (steps[0], steps[-1]) == (0, fit.steps)
    assert set(steps[:-1].tolist()) <= set(fit.history.step.tolist())


def test_everything_at_once_runs_on_images_and_on_targets() -> None:
    """Convolutions with batch norm, dropout and skips; and a regression, which has no accuracy."""
    digits = ls.DATASETS["digits"]()
    network = ls.Network(filters=(4,), hidden=(16, 16), normalization="batch", dropout=0.1, skip=True)
    fit = ls.train(ls.SGD(0.02), network, digits, epochs=2, key=KEY)["sgd"]
    assert fit.history.train_loss[-1] < fit.history.train_loss[0]
    assert fit.history.dead.shape == (len(fit.history.step), 3)
    measured = float(network.loss(digits.validation, fit.statistics)(fit.params))
    assert measured == pytest.approx(float(fit.history.validation_loss[-1]), rel=1e-4)

    sine = ls.DATASETS["sine"]()
    fit = ls.train(ls.Adam(0.01), SMALL, sine, epochs=30, key=KEY)["adam"]
    assert fit.history.validation_loss[-1] < fit.history.validation_loss[0]
    assert np.isnan(fit.history.train_accuracy).all()
