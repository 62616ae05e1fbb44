"""The one door for parameters: what moves, what stays, what is refused, and how each is said."""

from enum import IntEnum

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from flax import nnx

from landscape.core.leaves import split


class Level(IntEnum):
    LOW = 1


STAYS = {
    "a Python int": 7,
    "a truth value": True,
    "an enum": Level.LOW,
    "a NumPy int": np.int32(7),
    "a counter": np.array(7),
    "a table of indices": jnp.arange(3),
    "a mask": np.array([True, False]),
    "an old random key": jax.random.PRNGKey(0),
    "small integers": jnp.zeros(2, jnp.int4),
    "no integer": np.zeros((0, 2), np.int8),
}

MOVES = {
    "a Python float": 2.0,
    "a NumPy float": np.float64(2.0),
    "an array of JAX": jnp.ones(2),
    "half precision": np.ones(2, np.float16),
    "brain floats": jnp.ones(2, jnp.bfloat16),
    "eight bits": jnp.ones(2, jnp.float8_e4m3fn),
    "double precision": np.ones((2, 1)),
    "long doubles": np.ones(2, np.longdouble),
}

REFUSED = {
    "a complex number": (1j, "a complex", "real and imaginary"),
    "complex numbers": (np.ones(2, complex), "an ndarray of complex128", "real and imaginary"),
    "a random key": (jax.random.key(0), "a random key", "nnx.split"),
    "a function": (jnp.tanh, "a ", "equinox.partition"),
    "a text": ("relu", "a str", "equinox.partition"),
    "texts": (np.array(["a"]), "an ndarray of <U1", "equinox.partition"),
    "an object": (object(), "an object", "equinox.partition"),
    "objects": (np.array([None]), "an ndarray of object", "equinox.partition"),
    "a shape": (jax.ShapeDtypeStruct((2,), jnp.float32), "a ShapeDtypeStruct of float32", "equinox"),
    "a set": ({1.0}, "a set", "equinox.partition"),
    "a gradient of integers": (np.zeros(2, jax.dtypes.float0), "an ndarray of", "equinox.partition"),
}


@pytest.mark.parametrize("kind", STAYS)
def test_what_stays_is_handed_back_as_the_very_object(kind: str) -> None:
    moving, whole = split("params", {"w": jnp.ones(2), "s": STAYS[kind]})
    assert moving["s"] is None
    assert whole(moving)["s"] is STAYS[kind]
    assert whole.loss(lambda p: p["s"])(moving) is STAYS[kind]


@pytest.mark.parametrize("kind", MOVES)
def test_what_moves_is_an_array_of_one_type(kind: str) -> None:
    moving, whole = split("params", {"w": np.ones(1, np.float32), "x": MOVES[kind]})
    assert not whole.changes
    assert moving["x"].dtype == moving["w"].dtype == np.float32
    np.testing.assert_array_equal(moving["x"], np.asarray(MOVES[kind], np.float32))
    assert isinstance(moving["x"], jax.Array) == isinstance(MOVES[kind], jax.Array)


@pytest.mark.parametrize(
    ("given", "double"),
    [(np.ones(2), True), (jnp.ones(2, "float32"), False), (2.0, True), (np.float16(1), False)],
)
def test_double_precision_is_kept_where_it_is_enabled(given, double: bool) -> None:
    with jax.enable_x64(True):
        assert (split("params", given)[0].dtype == np.float64) is double
    assert split("params", given)[0].dtype == np.float32


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_refused_is_named_by_path_and_kind(kind: str) -> None:
    leaf, words, advice = REFUSED[kind]
    with pytest.raises(TypeError) as refusal:
        split("the path", {"w": np.ones(2), "a": [leaf]})
    assert f"the path must hold arrays of real numbers only; ['a'][0] is {words}" in str(refusal.value)
    assert advice in str(refusal.value)


def test_a_tensor_is_told_how_to_become_an_array() -> None:
    tensor = type("Tensor", (), {"dtype": "torch.float32", "__module__": "torch"})()
    with pytest.raises(TypeError, match=r"is a Tensor of torch.float32. .*detach\(\)\.numpy\(\)"):
        split("params", [tensor])


@pytest.mark.parametrize(
    ("params", "error", "words"),
    [
        ({}, ValueError, "holds no array"),
        (None, ValueError, "holds no array"),
        ({"w": np.zeros((0, 3)), "n": 1}, ValueError, "floating-point arrays are empty"),
        ({"n": np.arange(3)}, TypeError, "whole numbers and truth values stay where they are. Write 1.0"),
        ([True, 1], TypeError, "Write 1.0"),
        ({"w": np.array([[1.0, np.nan]])}, ValueError, r"must be finite; \['w'\] holds nan"),
        (jnp.array([1.0, -np.inf]), ValueError, "must be finite; the tree itself holds -inf"),
        ({"w": np.array(1e300)}, ValueError, r"finite in float32; \['w'\] holds 1e\+300"),
        ({"w": -1e39}, ValueError, r"finite in float32; \['w'\] holds -1e\+39"),
    ],
)
def test_a_tree_that_cannot_move_is_refused(params, error, words: str) -> None:
    with pytest.raises(error, match=words):
        split("params", params)


def test_an_array_that_was_given_away_is_named() -> None:
    params = {"w": jnp.ones(2)}
    params["w"].delete()
    with pytest.raises(ValueError, match=r"the memory of \['w'\] was donated"):
        split("params", params)


def test_the_whole_is_traceable() -> None:
    """Under jit, vmap and grad; a mask that stays may pick entries, for it is no tracer."""
    moving, whole = split("params", {"w": jnp.arange(3.0), "mask": np.array([True, False, True]), "n": 2})
    loss = whole.loss(lambda p: (p["w"][p["mask"]] ** p["n"]).sum())
    assert jax.jit(loss)(moving) == 4
    assert jax.grad(loss)(moving)["w"].tolist() == [0, 0, 4]
    assert jax.vmap(loss)({"w": jnp.ones((5, 3)), "mask": None, "n": None}).tolist() == [2] * 5


def test_rows_repeat_what_stays_without_its_memory() -> None:
    mask = np.array([True, False])
    moving, whole = split("params", {"w": np.ones(3), "mask": mask, "n": 5})
    rows = whole({"w": np.ones((4, 3)), "mask": None, "n": None}, (4,))
    assert rows["mask"].shape == (4, 2)
    assert rows["mask"].strides[0] == 0
    assert rows["n"].tolist() == [5] * 4
    assert rows["n"].dtype == int
    mask[:] = False
    assert rows["mask"][3].tolist() == [True, False]
    zeros = whole.zeros(moving)
    assert zeros["mask"].dtype == np.float32
    assert zeros["mask"].tolist() == [0, 0]
    assert zeros["w"] is moving["w"]


def test_the_moving_part_of_another_tree() -> None:
    _, whole = split("params", {"w": np.ones(2), "n": 1})
    assert whole.moving({"w": 3.0, "n": 9}) == {"w": 3.0, "n": None}
    with pytest.raises(ValueError, match=r"a tree built like params, .* is needed; given"):
        whole.moving({"w": 3.0})


def test_models_of_other_libraries() -> None:
    """A batch norm's counter and a step stay; activation functions have to be split off first."""
    model = eqx.nn.MLP(2, 1, 4, 1, key=jax.random.key(0))
    with pytest.raises(TypeError, match=r"is a .*equinox.partition"):
        split("params", model)
    params, _ = eqx.partition(model, eqx.is_inexact_array)
    assert not split("params", params)[1].changes

    class Net(nnx.Module):
        def __init__(self) -> None:
            self.w, self.count = nnx.Param(jnp.ones(2)), nnx.BatchStat(jnp.int32(3))

    _, state = nnx.split(Net())
    moving, whole = split("params", state)
    assert [leaf.dtype for leaf in jax.tree.leaves(moving)] == [np.float32]
    assert jax.tree.structure(whole(moving)) == jax.tree.structure(state)
