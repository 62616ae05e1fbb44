"""Training: the same steps as by hand, the same batches for all, and nothing lost when one goes wrong."""

from itertools import islice

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

import landscape as ls
from landscape.core.types import Status
from landscape.descent.training.batches import batches
from landscape.descent.training.vmapped_runs import SNAPSHOTS
from tests.compiling import compilations

pytestmark = pytest.mark.slow

MOONS = ls.DATASETS["moons"](samples=200)
SMALL = ls.Network(hidden=(8,), activation="tanh")
KEY = jax.random.key(3)


def by_hand(optimizer: optax.GradientTransformation, network: ls.Network, steps: int) -> tuple:
    """An independent loop over the same batches: Optax's rules, JAX's gradient, NumPy's indexing."""
    begin, mix, _ = jax.random.split(KEY, 3)
    params = network.init(begin, MOONS)
    state, losses = optimizer.init(params), []
    for rows in islice(batches(mix, len(MOONS.train.y), 32), steps):
        loss = network.loss(ls.Split(jnp.asarray(MOONS.train.x[rows]), jnp.asarray(MOONS.train.y[rows])))
        value, grad = jax.value_and_grad(loss)(params)
        update, state = optimizer.update(grad, state)
        params = optax.apply_updates(params, update)
        losses.append(float(value))
    return params, losses


def close(a: object, b: object, **tolerance: float) -> None:
    for x, y in zip(jax.tree.leaves(a), jax.tree.leaves(b), strict=True):
        np.testing.assert_allclose(x, y, **tolerance)


def test_eight_seeds_read_digits_in_the_default_setting() -> None:
    """Digits with a 64-64-64-10 ReLU network, Adam at 3e-3 and everything else by default: at least 96 % of
    the 360 held-out images, for every one of eight seeds."""
    data, network = ls.DATASETS["digits"](), ls.Network()
    fits = ls.train(ls.Adam(3e-3), network, data, key=jax.random.split(jax.random.key(0), 8))["adam"]
    held = ls.Split(*(np.concatenate(parts) for parts in zip(data.validation, data.test, strict=True)))
    assert len(held.y) == 360
    right = jax.jit(network.accuracy(held))
    assert min(float(right(fit.params)) for fit in fits) >= 0.96


@pytest.mark.parametrize(
    ("rule", "optimizer"),
    [
        (ls.SGD(0.1), optax.sgd(0.1)),
        (ls.Momentum(0.05, 0.9), optax.sgd(0.05, 0.9)),
        (ls.Adam(0.01), optax.adam(0.01)),
    ],
    ids=["sgd", "momentum", "adam"],
)
def test_it_takes_the_steps_of_a_loop_by_hand(rule: ls.Rule, optimizer: optax.GradientTransformation) -> None:
    """Losses and final parameters equal those of an independent loop over the same batches."""
    (fit,) = ls.train(rule, SMALL, MOONS, batch_size=32, epochs=6, key=KEY).values()
    params, losses = by_hand(optimizer, SMALL, fit.steps)
    np.testing.assert_allclose(fit.path.loss[:-1], losses, rtol=2e-4, atol=1e-6)
    close(fit.params, params, rtol=2e-3, atol=2e-5)


def test_every_optimizer_sees_the_same_batches() -> None:
    """Two rules that stand still report the same loss of every batch, and so the same batches."""
    rules = {"sgd": ls.SGD(0.0), "adam": ls.Adam(0.0), "again": ls.SGD(0.0)}
    fits = ls.train(rules, SMALL, MOONS, batch_size=16, epochs=4, key=KEY)
    for name in ("adam", "again"):
        np.testing.assert_allclose(fits[name].path.loss, fits["sgd"].path.loss, rtol=1e-6)
    assert np.std(fits["sgd"].path.loss) > 0


def test_an_epoch_goes_once_through_the_examples() -> None:
    """Each epoch holds every example at most once, in a new order; what fills no batch sits it out."""
    epochs = 3
    lists = np.array(list(islice(batches(KEY, 10, 3), 3 * epochs))).reshape(epochs, 9)
    assert all(len(set(rows.tolist())) == 9 for rows in lists)
    assert len({tuple(rows.tolist()) for rows in lists}) == epochs


def test_seeds_together_are_seeds_one_by_one() -> None:
    """A vector of keys gives for each what that key alone gives."""
    keys = jax.random.split(KEY, 3)
    together = ls.train(ls.Adam(0.01), SMALL, MOONS, batch_size=32, epochs=3, key=keys)["adam"]
    for key, fit in zip(keys, together, strict=True):
        alone = ls.train(ls.Adam(0.01), SMALL, MOONS, batch_size=32, epochs=3, key=key)["adam"]
        close(fit.params, alone.params, rtol=1e-3, atol=1e-5)
        np.testing.assert_allclose(fit.path.loss, alone.path.loss, rtol=1e-3, atol=1e-5)


def test_a_run_that_blows_up_stays_at_its_last_finite_point_and_harms_no_other() -> None:
    """A huge rate on squared error freezes; its neighbour in the same program goes its own way."""
    data = ls.DATASETS["diabetes"]()
    rules = {"wild": ls.SGD(5.0), "calm": ls.SGD(0.01)}
    fits = ls.train(rules, ls.Network(hidden=(16,)), data, batch_size=32, epochs=20, key=KEY)
    wild, calm = fits["wild"], fits["calm"]
    assert wild.status is Status.DIVERGED
    assert wild.path.last < wild.steps
    assert all(np.all(np.isfinite(leaf)) for leaf in jax.tree.leaves(wild.params))
    alone = ls.train(rules["calm"], ls.Network(hidden=(16,)), data, batch_size=32, epochs=20, key=KEY)["sgd"]
    close(calm.params, alone.params, rtol=1e-3, atol=1e-5)
    assert calm.status is not Status.DIVERGED


def test_early_stopping_marks_the_step_and_keeps_the_best() -> None:
    """It ends before the plan, and its parameters have the lowest validation loss that was measured."""
    data = ls.DATASETS["diabetes"]()
    network = ls.Network(hidden=(64, 64))
    (fit,) = ls.train(
        ls.Adam(0.01), network, data, batch_size=32, epochs=200, early_stopping=5, key=KEY
    ).values()
    assert fit.stopped is not None
    assert fit.stopped < 200 * (len(data.train.y) // 32)
    assert fit.complete
    lowest = fit.history.validation_loss.min()
    assert float(network.loss(data.validation)(fit.params)) == pytest.approx(float(lowest), rel=1e-4)
    assert fit.best == fit.history.step[fit.history.validation_loss.argmin()]
    assert fit.stopped - fit.best >= 5 * (len(data.train.y) // 32)


def test_stopping_keeps_what_was_done() -> None:
    """Progress that answers False ends the training; the fit holds the steps so far and says so."""
    seen: list[tuple[float, float]] = []

    def progress(done: float, total: float) -> bool:
        seen.append((done, total))
        return done < 40

    (fit,) = ls.train(
        ls.SGD(0.1), SMALL, MOONS, batch_size=16, epochs=2_000, key=KEY, progress=progress
    ).values()
    assert not fit.complete
    assert 40 <= fit.steps < 20_000
    assert len(fit.path.loss) == fit.steps + 1
    assert fit.history.step[-1] <= fit.steps
    assert seen == sorted(set(seen))
    assert all(total == 20_000 for _, total in seen)


def test_fits_so_far_are_shown() -> None:
    """On the way the fits of what was done can be had, and the training goes on unharmed."""
    steps: list[int] = []

    def watch(now: ls.Snapshot) -> None:
        steps.append(now.fits()["sgd"].steps)
        assert now.histories["sgd"].train_loss[-1] > 0

    watched = ls.train(ls.SGD(0.1), SMALL, MOONS, batch_size=16, epochs=10, key=KEY, watch=watch)["sgd"]
    assert steps == sorted(steps)
    assert steps[-1] == watched.steps
    alone = ls.train(ls.SGD(0.1), SMALL, MOONS, batch_size=16, epochs=10, key=KEY)["sgd"]
    close(watched.params, alone.params, rtol=1e-6)


def test_new_numbers_compile_nothing() -> None:
    """Another rate, momentum, dropout, seed, number of epochs and other data of the same size: all are
    values of the program that is there."""
    network = ls.Network(hidden=(8,), dropout=0.1)

    def fit(rate: float, momentum: float, dropout: float, seed: int, epochs: int) -> None:
        data = ls.DATASETS["moons"](samples=200, seed=seed)
        changed = ls.Network(hidden=(8,), dropout=dropout)
        ls.train(
            ls.Momentum(rate, momentum), changed, data, batch_size=32, epochs=epochs, key=jax.random.key(seed)
        )

    ls.train(ls.Momentum(0.1, 0.9), network, MOONS, batch_size=32, epochs=4, key=KEY)
    fit(0.2, 0.8, 0.2, 0, 4)
    assert compilations(lambda: fit(0.01, 0.5, 0.3, 1, 4)) == 0
    assert compilations(lambda: fit(0.3, 0.0, 0.4, 2, 20)) == 0


@pytest.mark.parametrize("batch_size", [1, 160, 500, None])
def test_batches_of_any_size(batch_size: int | None) -> None:
    """One example at a time, and all at once: as many steps as batches fit;
    more than there are is all of them."""
    fit = ls.train(ls.SGD(0.01), SMALL, MOONS, batch_size=batch_size, epochs=2, key=KEY)["sgd"]
    assert fit.steps == 2 * (160 // min(batch_size or 160, 160))


def test_the_path_is_thinned_and_its_rows_belong_to_their_steps() -> None:
    """Rows of parameters keep their budget, first and last among them, each where `steps_recorded` says."""
    fit = ls.train(ls.SGD(0.1), SMALL, MOONS, batch_size=None, epochs=1_001, key=KEY)["sgd"]
    steps = fit.path.steps_recorded
    rows = len(jax.tree.leaves(fit.path.params)[0])
    assert rows == len(steps) <= SNAPSHOTS
    assert (steps[0], steps[-1]) == (0, 1_001)
    close(jax.tree.map(lambda leaf: leaf[-1], fit.path.params), fit.params)
    loss = network_loss(fit)
    for row in (1, rows // 2):
        params = jax.tree.map(lambda leaf, row=row: leaf[row], fit.path.params)
        assert float(loss(params)) == pytest.approx(float(fit.path.loss[steps[row]]), rel=1e-4)


def network_loss(fit: ls.Fit) -> object:
    """With a full batch the loss of every step is the loss of the whole training split."""
    return fit.network.loss(MOONS.train, fit.statistics)


@pytest.mark.parametrize(
    "network",
    [
        ls.Network(hidden=(16, 16), normalization="batch", dropout=0.2, skip=True),
        ls.Network(hidden=(16,), normalization="layer", label_smoothing=0.1),
        ls.Network(hidden=()),
    ],
    ids=["batch", "layer", "linear"],
)
def test_every_kind_of_network_learns(network: ls.Network) -> None:
    """Normalised, dropped, skipped, smoothed or linear: the loss falls, and the history fits the layers."""
    fit = ls.train(ls.Adam(0.01), network, MOONS, batch_size=32, epochs=10, key=KEY)["adam"]
    history = fit.history
    assert history.train_loss[-1] < history.train_loss[0]
    assert history.gradient_norm.shape == (len(history.step), len(network.hidden) + 1)
    assert history.dead.shape == (len(history.step), len(network.hidden))
    measured = float(network.loss(MOONS.train, fit.statistics)(fit.params))
    assert measured == pytest.approx(float(history.train_loss[-1]), rel=1e-4)


def test_convolutions_read_digits() -> None:
    """A small convolutional network learns from images as they are."""
    network = ls.Network(filters=(8,), hidden=(16,))
    fit = ls.train(ls.Adam(3e-3), network, ls.DATASETS["digits"](), epochs=3, key=KEY)["adam"]
    assert fit.history.validation_accuracy[-1] > 0.6


@pytest.mark.parametrize(
    "rule",
    [
        ls.SGD(ls.Cosine(0.1, steps=50)),
        ls.ClipNorm(ls.SGD(0.1), 0.1),
        ls.WeightDecay(ls.Adam(0.01), 1e-3),
        ls.SAM(ls.SGD(0.1), 0.05),
    ],
    ids=["schedule", "clip", "decay", "sam"],
)
def test_schedules_and_wrappers_train(rule: ls.Rule) -> None:
    """Rules receive the batch's loss, so everything around them works as it does on a surface."""
    fit = ls.train({"it": rule}, SMALL, MOONS, batch_size=32, epochs=10, key=KEY)["it"]
    assert fit.history.train_loss[-1] < fit.history.train_loss[0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"batch_size": 0}, "batch_size must be"),
        ({"epochs": 0}, "epochs must be"),
        ({"early_stopping": -1}, "early_stopping must be"),
    ],
)
def test_what_is_out_of_range_is_refused(options: dict, message: str) -> None:
    """Each refusal names the argument and what is allowed."""
    with pytest.raises(ValueError, match=message):
        ls.train(ls.SGD(0.1), SMALL, MOONS, **({"batch_size": 32} | options))


def test_a_fit_comes_back_from_disk(tmp_path) -> None:
    """Saved and loaded, a fit predicts the same and goes on being a fit."""
    fit = ls.train(ls.Adam(0.01), SMALL, MOONS, batch_size=32, epochs=2, key=KEY)["adam"]
    ls.save(tmp_path / "fit.npz", fit)
    again = ls.load(tmp_path / "fit.npz")
    close(again.params, fit.params, rtol=0)
    assert again.steps == fit.steps
    assert again.network == fit.network
