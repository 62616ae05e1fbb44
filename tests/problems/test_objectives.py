"""Losses and accuracies of a split: their formulas, and what they share a compiled program with."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from landscape.problems.networks.initializers import INITIALIZERS
from landscape.problems.networks.network import Network
from tests.compiling import compilations
from tests.problems.by_hand import made, parameters, reference


def test_cross_entropy_with_smoothing_equals_optax():
    """Szegedy's smoothing, in `loss` too, for it is what is descended; far outputs stay finite."""
    data = made()
    for smoothing in (0.0, 0.1, 0.5):
        network = Network(hidden=(6,), label_smoothing=smoothing)
        params = parameters(network, data)
        for scale in (1.0, 300.0):
            params[-1]["weight"] = scale * params[-1]["weight"]
            targets = optax.smooth_labels(jax.nn.one_hot(data.train.y, 3), smoothing)
            wanted = optax.softmax_cross_entropy(network.apply(params, data.train.x), targets).mean()
            assert float(network.loss(data.train)(params)) == pytest.approx(float(wanted), rel=1e-5)


def test_regression_is_mean_squared_error():
    """One output without an axis of its own, and no accuracy."""
    data = made(shape=(4,), classes=0)
    network = Network(hidden=(6,), activation="tanh")
    params = parameters(network, data)
    outputs = reference(network, params, data.train.x)[0]
    assert outputs.shape == network.apply(params, data.train.x).shape == (40,)
    assert float(network.loss(data.train)(params)) == pytest.approx(
        np.mean((outputs - data.train.y) ** 2), rel=1e-5
    )
    np.testing.assert_allclose(network.predict(params, data.train.x), outputs, rtol=1e-4, atol=1e-5)
    with pytest.raises(ValueError, match="accuracy needs labels"):
        network.accuracy(data.train)


def test_accuracy_is_the_share_of_right_labels():
    """By NumPy's argmax; outputs that are not numbers are never right, not even for the label 0."""
    data = made()
    network = Network(hidden=(6,))
    params = parameters(network, data)
    wanted = np.mean(reference(network, params, data.train.x)[0].argmax(axis=1) == data.train.y)
    assert float(network.accuracy(data.train)(params)) == pytest.approx(wanted)
    assert float(network.accuracy(data.train)(jax.tree.map(lambda a: a * jnp.nan, params))) == 0


def test_nothing_new_is_compiled_for_a_start_or_a_number():
    """Initializer, dropout, smoothing, parameters and data of one size share one compiled loss."""
    data, other = made(), made(seed=1)
    program = jax.jit(lambda loss, params: loss(params))
    network = Network(hidden=(6,))
    params = {
        name: Network(hidden=(6,), initializer=name).init(jax.random.key(0), data) for name in INITIALIZERS
    }
    program(network.loss(data.train), params["he_normal"]).block_until_ready()

    def others():
        for name, drawn in params.items():
            changed = Network(hidden=(6,), initializer=name, dropout=0.3, label_smoothing=0.2)
            program(changed.loss(other.train), drawn).block_until_ready()

    assert compilations(others) == 0
    wider = Network(hidden=(6,), activation="tanh").loss(data.train)
    assert compilations(lambda: program(wider, params["zeros"]).block_until_ready()) > 0


def test_a_loss_can_be_compiled_as_it_stands():
    """`jax.jit(loss)` is what a notebook writes first: no loss may be taken for another of its network."""
    network, params = Network(hidden=(6,)), Network(hidden=(6,)).init(jax.random.key(0), made())
    for data in (made(), made(seed=1)):
        for judge in (network.loss(data.train), network.accuracy(data.train)):
            assert float(jax.jit(judge)(params)) == pytest.approx(float(judge(params)), rel=1e-5)
            assert judge != network.loss(data.train)
