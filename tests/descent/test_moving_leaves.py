"""What moves and what stays when parameters hold counters, masks and tables: at every door the same."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls

MASK = np.array([True, False, True])
PARAMS = {"w": np.array([1.0, 2.0, 3.0]), "step": 7, "mask": MASK, "table": jnp.array([2, 0])}


def loss(p):
    """Reads every leaf in the way that only its own kind allows."""
    assert isinstance(p["step"], int)
    assert p["mask"] is MASK
    return (p["w"][p["mask"]] ** 2).sum() * range(10)[p["step"]] / 7 + 0.5 * (p["w"][p["table"]] ** 2).sum()


def alone(w):
    return loss(PARAMS | {"w": w})


def still(tree, lead):
    assert tree["step"].shape == lead
    assert (tree["step"] == 7).all()
    assert tree["mask"].dtype == bool
    assert (tree["mask"] == MASK).all()
    assert tree["mask"].shape == (*lead, 3)
    assert tree["table"].dtype == np.int32
    assert (tree["table"] == [2, 0]).all()


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule",
    [
        ls.Adam(0.1),
        ls.LBFGS(),
        ls.Newton(0.5, damping=1.0),
        ls.SAM(ls.Nesterov(0.1)),
        ls.WeightDecay(ls.Lion(0.1)),
    ],
    ids=lambda rule: type(rule).__name__,
)
def test_a_run_moves_what_floats(rule):
    path, wanted = ls.run(rule, loss, PARAMS, 4), ls.run(rule, alone, PARAMS["w"], 4)
    np.testing.assert_allclose(path.params["w"], wanted.params, rtol=1e-6)
    np.testing.assert_allclose(path.gradient["w"], wanted.gradient, rtol=1e-6)
    still(path.params, (5,))
    assert not path.gradient["mask"].any()
    assert path.gradient["mask"].shape == (5, 3)
    np.testing.assert_array_equal(np.isnan(path.effective_step["table"]), np.ones((4, 2), bool))
    assert not path.update["step"].any()


@pytest.mark.slow
def test_a_race_and_tuning():
    path = ls.race({"a": ls.SGD(0.1)}, loss, PARAMS, 2)["a"]
    still(path.params, (3,))
    found = ls.tune(ls.SGD, loss, PARAMS, 5, points=3)
    np.testing.assert_allclose(
        found.losses, ls.tune(ls.SGD, alone, PARAMS["w"], 5, points=3).losses, rtol=1e-6
    )


def test_a_sweep():
    found = ls.sweep(ls.SGD(np.array([0.1, 0.2])), loss, PARAMS, 3, record="all")
    still(found.params, (2,))
    still(found.path, (2, 4))
    many = PARAMS | {"w": np.ones((5, 3)), "step": np.full(5, 7)}
    found = ls.sweep(ls.SGD(0.1), loss, PARAMS, 3, starts=many)
    still(found.params, (5,))
    with pytest.raises(ValueError, match="a tree built like params"):
        ls.sweep(ls.SGD(0.1), loss, PARAMS, 3, starts=np.ones((5, 3)))


@pytest.mark.parametrize(
    ("leaf", "words"),
    [
        (np.ones(2, complex), r"params must hold .*\['x'\] is an ndarray of complex128"),
        (jax.random.key(0), r"\['x'\] is a random key"),
        (jnp.tanh, r"\['x'\] is a .*equinox.partition"),
        ("relu", r"\['x'\] is a str"),
    ],
)
def test_what_is_no_parameter_is_named(leaf, words):
    for call in (
        lambda p: ls.run(ls.SGD(0.1), loss, p, 1),
        lambda p: ls.race({"a": ls.SGD(0.1)}, loss, p, 1),
        lambda p: ls.sweep(ls.SGD(np.ones(2)), loss, p, 1),
        lambda p: ls.tune(ls.SGD, loss, p, 2),
    ):
        with pytest.raises(TypeError, match=words):
            call(PARAMS | {"x": leaf})
    network, data = ls.Network(hidden=(2,)), ls.DATASETS["moons"]()
    start = network.init(jax.random.key(0), data)
    with pytest.raises(TypeError, match=r"start must hold .*is a"):
        ls.train(ls.SGD(0.1), network, data, epochs=1, start=[start, leaf])


@pytest.mark.slow
def test_another_value_of_what_stays_is_another_loss():
    for step in (7, 3, 0):
        path = ls.run(
            ls.SGD(0.1), lambda p: p["step"] * (p["w"] ** 2).sum(), {"w": np.ones(2), "step": step}, 1
        )
        assert path.loss[0] == 2 * step
    for mask in ([1, 0], [0, 0]):
        given = {"w": np.ones(2), "mask": np.array(mask)}
        assert ls.run(ls.SGD(0.1), lambda p: (p["mask"] * p["w"]).sum(), given, 1).loss[0] == sum(mask)


def test_whole_numbers_alone_do_not_move():
    with pytest.raises(TypeError, match=r"Write 1\.0 for 1"):
        ls.run(ls.SGD(0.1), lambda p: (p**2).sum(), np.array([1, 2]), 1)
