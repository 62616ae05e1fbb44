"""Every kind of leaf through every door of a picture: what stays, and what is refused by its path."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls

MIXED = {
    "w": np.ones((3, 2), np.float32),
    "ids": np.array([[0, 1], [2, 0], [1, 2]]),
    "mask": np.array([True, False, True]),
    "count": 7,
    "half": jnp.ones((2, 2), jnp.bfloat16),
    "flag": True,
}


def mixed(p):
    """A loss that indexes with its table and counts with its counter, which must be what they were."""
    assert p["count"] == 7
    assert p["flag"]
    return jnp.sum(p["w"][p["ids"]] ** 2 * p["mask"][:, None, None]) + jnp.sum(p["half"] ** 2)


def moved_by(shift):
    return {**MIXED, "w": MIXED["w"] + np.float32(shift), "half": MIXED["half"] * (1 + 3 * shift**2)}


PATH = [moved_by(shift) for shift in (0.0, 0.3, 0.7, 1.2)]
PLANES = {
    "random": lambda: ls.random_plane(MIXED, 0, filter_axis=-1),
    "layer": lambda: ls.random_plane(MIXED, 0, normalization="layer"),
    "raw": lambda: ls.random_plane(MIXED, 0, normalization="none"),
    "pca": lambda: ls.pca_plane(PATH, like=MIXED),
    "hessian": lambda: ls.hessian_plane(mixed, MIXED),
    "gradient": lambda: ls.gradient_plane(mixed, MIXED),
    "line": lambda: ls.interpolation_plane(*PATH[:2]),
    "plane": lambda: ls.interpolation_plane(*PATH[:3]),
    "own": lambda: ls.Plane(MIXED, (jax.tree.map(np.ones_like, MIXED),)),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANES)
def test_whole_numbers_and_flags_are_left_alone_at_every_door(name, tmp_path):
    """Their value and type: in planes, points, pictures, projections, reports and files."""
    plane = PLANES[name]()
    ls.save(tmp_path / "plane.npz", plane)
    for one in (plane, ls.load(tmp_path / "plane.npz")):
        for point in (one.center, one.point(0.7, -0.2)):
            for key in ("ids", "mask", "count", "flag"):
                assert np.array_equal(point[key], MIXED[key])
                assert np.asarray(point[key]).dtype == np.asarray(MIXED[key]).dtype
        assert set(one.moved) <= {"w", "half"}
        grid = ls.evaluate(mixed, one, points=3, span=0.5)
        corner = one.point(grid.a[-1], grid.b[-1])
        assert grid.loss[-1, -1] == pytest.approx(float(mixed(corner)), rel=1e-4)
    coordinates, _ = plane.project(PATH)
    found = ls.trust(grid, mixed, PATH, repeats=1)
    assert coordinates.shape == (4, plane.dimension)
    np.testing.assert_allclose(found.paths["1"].true, [float(mixed(one)) for one in PATH], rtol=1e-2)
    stacked = jax.tree.map(lambda *leaves: np.stack(leaves), *PATH)
    assert np.array_equal(plane.project(stacked)[0], coordinates)


def test_a_counter_is_no_direction_of_a_path():
    """The statistics that PyTorch keeps of its batches grow by whole numbers: they are no parameters."""
    rows = {
        "w": np.random.default_rng(0).normal(size=(40, 20, 20)).astype("f") * 0.01,
        "num_batches_tracked": 12 * np.arange(40),
    }
    plane = ls.pca_plane(rows)
    assert np.array_equal(plane.explained, ls.pca_plane({"w": rows["w"]}).explained)
    assert plane.center["num_batches_tracked"] == 468
    assert plane.center["num_batches_tracked"].dtype == rows["num_batches_tracked"].dtype


class Tensor:
    """What a tensor of PyTorch looks like from here."""

    dtype, shape, ndim = "torch.float32", (3,), 1

    def __array__(self, *_):
        return np.zeros(3, np.float32)


Tensor.__module__ = "torch"


@pytest.mark.parametrize(
    ("leaf", "message"),
    [
        (np.ones(2, complex), "complex128"),
        (jax.random.key(0), "random key"),
        (jnp.tanh, "a "),
        ("relu", "a str"),
        (Tensor(), "detach"),
    ],
)
def test_leaves_of_another_kind_are_refused_at_every_door_by_their_path(leaf, message):
    bad, good = {"w": np.ones((2, 2)), "x": leaf}, {"w": np.ones((2, 2)), "x": np.ones(2)}
    for door in (
        lambda: ls.random_plane(bad, filter_axis=-1),
        lambda: ls.pca_plane([bad, bad, bad], like=bad),
        lambda: ls.interpolation_plane(bad, bad),
        lambda: ls.gradient_plane(lambda p: p["w"].sum(), bad),
        lambda: ls.hessian_plane(lambda p: p["w"].sum(), bad),
        lambda: ls.Trajectory.of([bad]),
        lambda: ls.Recorder()(bad),
        lambda: ls.evaluate(lambda p: p["w"].sum(), ls.Plane(bad, (good,)), points=3),
    ):
        with pytest.raises(TypeError, match=rf"\['x'\].*({message})"):
            door()


@pytest.mark.parametrize("key", [0, np.int64(0), jax.random.PRNGKey(0), None])
def test_a_seed_stands_for_its_key(key):
    wanted = ls.random_plane(MIXED, jax.random.key(0), filter_axis=-1)
    assert np.array_equal(
        ls.random_plane(MIXED, key, filter_axis=-1).directions[0]["w"], wanted.directions[0]["w"]
    )
    with pytest.raises(TypeError, match="the seed itself"):
        ls.random_plane(MIXED, "0", filter_axis=-1)


def test_leaves_that_stay_have_no_update_in_a_path():
    """Counters and masks of checkpoints are kept row by row; only what moves has a change."""
    path = ls.Trajectory.of([{**one, "count": i} for i, one in enumerate(PATH)])
    assert path.params["count"].tolist() == [0, 1, 2, 3]
    assert path.params["mask"].dtype == bool
    assert not path.update["count"].any()
    assert not path.update["mask"].any()
    np.testing.assert_allclose(path.update["w"][:, 0, 0], [0.3, 0.4, 0.5], rtol=1e-5)
