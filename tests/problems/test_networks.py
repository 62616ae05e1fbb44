"""A network computes what its equations say: against NumPy written out layer by layer, and by differences."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import special

from landscape.problems.data.splits import Split
from landscape.problems.networks.network import Network
from tests.problems.by_hand import made, parameters, reference

pytestmark = pytest.mark.slow

CONFIGURATIONS = [
    Network(hidden=()),
    Network(hidden=(7,), activation="sigmoid"),
    Network(hidden=(9, 9, 5), activation="tanh", skip=True),
    Network(hidden=(6, 6), activation="silu", normalization="batch"),
    Network(hidden=(6, 6), activation="gelu", normalization="layer", skip=True),
    Network(filters=(4, 6), hidden=(8,), activation="elu"),
    Network(filters=(3,), hidden=(), activation="softplus", normalization="batch"),
    Network(filters=(4, 4, 4, 4), hidden=(5,), activation="selu", normalization="layer", skip=True),
    Network(hidden=(8, 8, 8), activation="relu", normalization="batch", skip=True),
]
configurations = pytest.mark.parametrize("network", CONFIGURATIONS, ids=repr)


@configurations
def test_outputs_and_activations_equal_numpy(network):
    """Every kind of layer and their order: affine, normalization, activation, skip."""
    data = made()
    params = parameters(network, data)
    outputs, hidden = reference(network, params, data.train.x)
    found = network.forward(params, data.train.x)
    np.testing.assert_allclose(found.outputs, outputs, rtol=1e-5, atol=1e-5 * np.abs(outputs).max())
    assert len(found.activations) == len(hidden) == len(params) - 1
    for activation, wanted in zip(found.activations, hidden, strict=True):
        np.testing.assert_allclose(activation, wanted, rtol=1e-5, atol=1e-5 * np.abs(wanted).max())
    np.testing.assert_array_equal(network.apply(params, data.train.x), found.outputs)
    np.testing.assert_allclose(
        network.predict(params, data.train.x), special.softmax(outputs, axis=1), atol=1e-5
    )


@configurations
def test_gradients_equal_central_differences(network):
    """In double precision along random directions, learning with dropout and evaluating without."""
    data = made(examples=12)
    with jax.enable_x64(True):
        params = parameters(network, data, jnp.float64)
        x, y = jnp.asarray(data.train.x, jnp.float64), data.train.y
        evaluated = network.loss(Split(x, y))

        def learning(params):
            noisy = dataclasses.replace(network, dropout=0.3)
            return jnp.sum(noisy.forward(params, x, key=jax.random.key(5), learning=True).outputs ** 2)

        for loss in map(jax.jit, (evaluated, learning)):
            grad = jax.jit(jax.grad(loss))(params)
            for seed in range(3):
                draw = np.random.default_rng(seed)
                way = jax.tree.map(lambda a, draw=draw: draw.normal(size=a.shape), params)
                ends = [
                    float(loss(jax.tree.map(lambda a, d, h=h: a + h * d, params, way))) for h in (-1e-6, 1e-6)
                ]
                slope = sum(jax.tree.leaves(jax.tree.map(lambda g, d: float(jnp.vdot(g, d)), grad, way)))
                assert (ends[1] - ends[0]) / 2e-6 == pytest.approx(slope, rel=1e-5, abs=1e-6)


def test_parameters_may_be_numpy():
    """A fit's are: every entry gives the same numbers for them, whatever the layers are made of."""
    data = made()
    for network in (Network(hidden=()), Network(filters=(3,), hidden=(5,), normalization="batch")):
        params = parameters(network, data)
        host, device = (
            (
                network.loss(data.train)(p),
                network.accuracy(data.train)(p),
                network.predict(p, data.train.x, network.statistics(p)),
            )
            for p in (jax.tree.map(np.asarray, params), params)
        )
        jax.tree.map(np.testing.assert_array_equal, host, device)
        assert all(isinstance(found, jax.Array) for found in host)


def test_layers_have_the_stated_shapes():
    """Units last; a convolution halves each side, rounding up; only hidden layers are normalised."""
    data = made(shape=(7, 4, 2))
    network = Network(filters=(3, 5), hidden=(6,), normalization="layer")
    params = network.init(jax.random.key(0), data)
    shapes = [layer["weight"].shape for layer in params]
    assert shapes == [(3, 3, 2, 3), (3, 3, 3, 5), (2 * 1 * 5, 6), (6, 3)]
    for layer in params[:-1]:
        units = layer["weight"].shape[network.FILTER_AXIS]
        assert {name: a.shape for name, a in layer.items() if name != "weight"} == dict.fromkeys(
            ("bias", "gamma", "beta"), (units,)
        )
        assert (np.asarray(layer["gamma"]) == 1).all()
        assert not np.any(layer["bias"])
    assert set(params[-1]) == {"weight", "bias"}


def test_a_skip_hands_on_the_input_where_shapes_agree():
    """With weights at zero a ReLU layer adds nothing: the input comes through, or is lost without skip."""
    data = made(shape=(6,))
    for skip, wanted in ((True, data.train.x), (False, 0 * data.train.x)):
        network = Network(hidden=(6, 6), initializer="zeros", skip=skip)
        params = network.init(jax.random.key(0), data)
        np.testing.assert_array_equal(network.forward(params, data.train.x).activations[-1], wanted)
    for widths in ((5, 4, 5), (7,)):
        plain = Network(hidden=widths)
        params = plain.init(jax.random.key(0), data)
        skipped = dataclasses.replace(plain, skip=True).apply(params, data.train.x)
        np.testing.assert_array_equal(skipped, plain.apply(params, data.train.x))


def test_dropout_needs_a_key():
    """Without one nothing is dropped; with one each hidden layer loses its share, the outputs never."""
    data = made(examples=400)
    network = Network(hidden=(50, 50), activation="sigmoid", dropout=0.4)
    params = network.init(jax.random.key(0), data)
    plain = dataclasses.replace(network, dropout=0.0)
    np.testing.assert_array_equal(network.apply(params, data.train.x), plain.apply(params, data.train.x))
    found = network.forward(params, data.train.x, key=jax.random.key(1))
    first, second = found.activations
    for activation in (first, second):
        assert np.mean(np.asarray(activation) == 0) == pytest.approx(0.4, abs=0.02)
    assert not np.array_equal(np.asarray(first) == 0, np.asarray(second)[:, :50] == 0)
    assert np.all(np.asarray(found.outputs) != 0)
    again = network.forward(params, data.train.x, key=jax.random.key(1))
    np.testing.assert_array_equal(found.outputs, again.outputs)


def test_running_statistics_gather_and_evaluate():
    """One learning pass leaves 0.9 of the old and 0.1 of the batch; evaluation uses and keeps them."""
    data = made()
    network = Network(hidden=(6,), activation="tanh", normalization="batch")
    params = parameters(network, data)
    start = network.statistics(params)
    found = network.forward(params, data.train.x, statistics=start, learning=True)
    z = data.train.x.reshape(40, -1) @ np.asarray(params[0]["weight"]) + np.asarray(params[0]["bias"])
    np.testing.assert_allclose(found.statistics[0]["mean"], 0.1 * z.mean(axis=0), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(found.statistics[0]["variance"], 0.9 + 0.1 * z.var(axis=0), rtol=1e-4)
    np.testing.assert_allclose(found.outputs, reference(network, params, data.train.x)[0], atol=1e-5)
    for evaluated in (
        network.apply(params, data.train.x, statistics=found.statistics),
        network.forward(params, data.train.x, statistics=found.statistics).outputs,
    ):
        wanted = reference(network, params, data.train.x, found.statistics)[0]
        np.testing.assert_allclose(evaluated, wanted, rtol=1e-4, atol=1e-5)
    loss = network.loss(data.train, found.statistics)(params)
    assert loss != pytest.approx(float(network.loss(data.train)(params)), rel=1e-3)
    assert Network(normalization="layer").statistics(params) is None


def test_equal_weights_stay_equal():
    """A constant start gives every unit of a layer the same gradient: the reason to draw at random."""
    data = made()
    network = Network(hidden=(5, 4), initializer="constant", activation="tanh")
    params = network.init(jax.random.key(0), data)
    grad = jax.grad(network.loss(data.train))(params)
    for layer in grad[:2]:
        columns = np.asarray(layer["weight"])
        np.testing.assert_allclose(columns, columns[:, :1] + 0 * columns, rtol=1e-5, atol=1e-7)
        assert np.abs(columns).max() > 0


def test_rescaled_relu_layers_are_the_same_network():
    """Ten times one layer and a tenth of the next: the reason to normalise directions (Li et al. 2018)."""
    data = made()
    network = Network(hidden=(9, 9))
    params = parameters(network, data)
    scaled = [jax.tree.map(lambda a: 10 * a, params[0]), params[1] | {"weight": params[1]["weight"] / 10}]
    before, after = (network.apply(p, data.train.x) for p in (params, [*scaled, params[2]]))
    np.testing.assert_allclose(before, after, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"hidden": (0,)}, "hidden must be a tuple of up to 8 widths from 1 to 512; given"),
        ({"hidden": (513,)}, "widths from 1 to 512"),
        ({"hidden": (4,) * 9}, "up to 8"),
        ({"filters": (True,)}, "filters must be"),
        ({"activation": "rellu"}, "activation must be one of sigmoid, tanh, relu"),
        ({"initializer": "kaiming"}, "initializer must be one of zeros, constant"),
        ({"normalization": "group"}, "must be one of none, batch, layer; given 'group'"),
        ({"dropout": 0.95}, r"dropout must lie in \[0, 0.9\]; given 0.95"),
        ({"dropout": float("nan")}, "dropout must lie in"),
        ({"label_smoothing": -0.1}, "label_smoothing must lie in"),
    ],
)
def test_nonsense_is_refused_at_the_door(fields, message):
    """Before anything is drawn or compiled, and in words that name what is allowed."""
    network, data = Network(**fields), made()
    with pytest.raises(ValueError, match=message):
        network.init(jax.random.key(0), data)
    with pytest.raises(ValueError, match=message):
        network.loss(data.train)


def test_filters_need_images():
    """A table has no neighbours to convolve."""
    with pytest.raises(ValueError, match=r"filters need images .* noise has \(5,\)"):
        Network(filters=(4,)).init(jax.random.key(0), made(shape=(5,)))
