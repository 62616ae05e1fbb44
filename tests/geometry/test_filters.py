"""Which leaves a random plane moves, and by which axes, as names, shapes and the caller tell."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from landscape.geometry.planes.filters import filters_of
from landscape.geometry.planes.layouts import LAYOUTS
from tests.compiling import compilations

KEY = jax.random.key(0)


def ones(*shape):
    return np.ones(shape, np.float32)


@pytest.mark.parametrize(
    ("params", "moved"),
    [
        ({"weight": ones(4, 2, 3, 3), "bias": ones(4, 1, 1)}, ["weight"]),
        ([ones(4, 3, 3), ones(3, 1, 1)], ["0"]),
        ([ones(4, 3), ones(1, 1, 1, 4)], ["0"]),
        ({"kernel": ones(1, 1, 1, 4)}, ["kernel"]),
        ({"kernel": ones(3, 1, 8), "bias": ones(3, 8)}, ["kernel"]),
        ([ones(2, 8), ones(1, 8), ones(8, 1), ones(1, 1)], ["0", "2"]),
        ([(ones(1, 16), ones(16)), (ones(16, 1), ones(1))], ["0/0", "1/0"]),
        ({"w1": ones(1, 8), "b1": ones(1, 8), "w2": ones(8, 1)}, ["w1", "w2"]),
        ({"a": ones(3, 4), "b": ones(4, 2)}, ["a", "b"]),
        ({"normal": {"kernel": ones(3, 4)}, "pre_norm": {"kernel": ones(3, 4)}}, ["normal/kernel"]),
        ({"ln_f": {"g": ones(2, 4), "b": ones(2, 4)}, "w": ones(2, 4)}, ["w"]),
        ({"w": ones(3, 4), "table": np.arange(6).reshape(3, 2), "mask": np.ones((3, 2), bool)}, ["w"]),
    ],
)
def test_without_a_layout_names_shapes_and_neighbours_tell(params, moved):
    """Biases by their name, or as vectors; but not the weights of one input or of one unit."""
    assert list(filters_of(params, filter_axis=-1)) == moved


# What the caller says


def by_path(path, leaf):
    return 0 if "embed" in path else -1 if leaf.ndim > 1 else None


PARAMS = {"embed": ones(9, 3), "dense": {"w": ones(3, 4), "b": ones(4)}}


@pytest.mark.parametrize(
    "axis", [by_path, {"embed": 0, "dense": -1}, {"embed": (0,), "dense": {"w": 1, "b": None}}]
)
def test_axes_are_said_for_each_leaf(axis):
    """By a function of path and leaf, or by a tree that may end early."""
    plane = ls.random_plane(PARAMS, KEY, filter_axis=axis)
    assert plane.moved == {"dense/w": (1,), "embed": (0,)}
    lengths = np.linalg.norm(plane.directions[0]["embed"], axis=1)
    np.testing.assert_allclose(lengths, np.sqrt(3), rtol=1e-5)
    assert not plane.directions[0]["dense"]["b"].any()


@pytest.mark.parametrize("normalization", ["filter", "layer", "none"])
@pytest.mark.parametrize(
    "frozen",
    [
        lambda path, leaf: "embed" in path or None,
        {"embed": True, "dense": None},
        {"embed": True, "dense": {"w": False, "b": None}},
    ],
)
def test_leaves_are_frozen_by_name(frozen, normalization):
    plane = ls.random_plane(PARAMS, KEY, filter_axis=-1, frozen=frozen, normalization=normalization)
    drawn = plane.directions[0]
    assert not drawn["embed"].any()
    assert drawn["dense"]["w"].all()
    assert drawn["dense"]["b"].any() == (normalization == "none")


def test_what_is_frozen_overrules_the_names():
    """False moves a bias, each of its numbers a filter of its own; a bare False moves all."""
    moved = filters_of(
        PARAMS, filter_axis=-1, frozen=lambda path, leaf: False if path.endswith("b") else None
    )
    assert moved == {"dense/b": (0,), "dense/w": (1,), "embed": (1,)}
    assert filters_of(PARAMS, filter_axis=-1, frozen=False) == moved
    drawn = ls.random_plane(PARAMS, KEY, filter_axis=-1, frozen=False).directions[0]
    np.testing.assert_allclose(np.abs(drawn["dense"]["b"]), 1, rtol=1e-6)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"filter_axis": "keras"}, ValueError, "flax, equinox, haiku, torch"),
        ({"filter_axis": 1.5}, TypeError, "a whole number or a tuple"),
        ({"filter_axis": True}, TypeError, "a whole number or a tuple"),
        ({"filter_axis": (0, 5)}, ValueError, "no axis of a weight of shape"),
        ({"filter_axis": lambda path, leaf: "last"}, TypeError, "dense/w"),
        ({"filter_axis": {"dense": -1}}, ValueError, "built like"),
        ({"filter_axis": -1, "frozen": {"w": True}}, ValueError, "built like"),
        ({"filter_axis": -1, "frozen": lambda path, leaf: "no"}, TypeError, "True, False or None"),
        ({"filter_axis": -1, "frozen": True}, ValueError, "zero everywhere"),
    ],
)
def test_what_makes_no_sense_is_refused(options, error, message):
    with pytest.raises(error, match=message):
        ls.random_plane(PARAMS, KEY, **options)


def test_a_tuple_that_could_be_one_axis_a_part_is_refused():
    with pytest.raises(ValueError, match="give a function"):
        ls.random_plane((ones(2, 3), ones(3, 4)), KEY, filter_axis=(0, 1))


def test_a_plane_says_what_it_moves_and_draws_again_by_it():
    """In a word when it is printed; other directions of the same plane leave the same leaves."""
    net = {f"Dense_{i}": {"kernel": ones(3, 4), "bias": ones(4)} for i in range(6)}
    plane = ls.random_plane(net, KEY, filter_axis="flax")
    assert "'Dense_0/kernel': (1,)" in repr(plane)
    assert "and 2 more" in repr(plane)
    assert plane.axis(0).moved == plane.moved
    grid = ls.evaluate(lambda p: sum(jnp.sum(leaf**2) for leaf in jax.tree.leaves(p)), plane, points=3)
    repeats = ls.trust(
        grid,
        lambda p: p["Dense_0"]["kernel"].sum() ** 2 + 1e3 * (p["Dense_0"]["bias"] - 1).sum() ** 2,
        repeats=1,
    ).repeats
    assert repeats.cuts.shape[0] == 4
    assert np.max(np.abs(repeats.curvature)) < 1e3  # no bias moves
    assert set(LAYOUTS) == {"flax", "equinox", "haiku", "torch"}


def test_shapes_compile_nothing_of_their_own():
    """One draw for all leaves: many shapes cost no more programs than one of as many numbers."""
    many = {str(i): ones(2 + i, 3) for i in range(12)}
    total = sum(leaf.size for leaf in many.values())
    ls.random_plane({"w": ones(total, 1)}, KEY, normalization="none")
    assert compilations(lambda: ls.random_plane(many, KEY, filter_axis=-1)) == 0


def test_a_leaf_without_numbers_is_no_trouble():
    """Nor does it warn, which is an error here."""
    plane = ls.random_plane({"w": ones(3, 2), "none": ones(0, 4), "nor": ones(4, 0)}, KEY, filter_axis=-1)
    assert plane.directions[0]["none"].shape == (0, 4)
