"""Every way to give a path, and every kind of leaf, through every door of a picture."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from landscape.core.types import Status
from landscape.geometry.inputs import path_of, paths_of
from tests.geometry.test_projection import flat

RANDOM = np.random.default_rng(0)
CHECKPOINTS = [
    {"w": RANDOM.normal(size=(8, 8)).astype(np.float32), "b": RANDOM.normal(size=8).astype(np.float32)}
    for _ in range(10)
]
STACKED = {name: np.stack([one[name] for one in CHECKPOINTS]) for name in "wb"}
TRAJECTORY = ls.Trajectory.of(CHECKPOINTS, steps=range(0, 100, 10), loss=range(10))
FIT = ls.Fit(CHECKPOINTS[-1], None, TRAJECTORY, None, ls.Network(), 0, None, True)
WAYS = {
    "a list of checkpoints": CHECKPOINTS,
    "a tuple of checkpoints": tuple(CHECKPOINTS),
    "arrays of JAX": jax.tree.map(jnp.asarray, CHECKPOINTS),
    "a stacked tree": STACKED,
    "a trajectory": TRAJECTORY,
    "a fit": FIT,
}


def loss(p):
    return jnp.sum(p["w"] ** 2) + jnp.sum(p["b"] ** 2)


PLANE = ls.pca_plane(TRAJECTORY)
GRID = ls.evaluate(loss, PLANE, points=5, paths=TRAJECTORY)


def test_a_list_of_checkpoints_is_a_path_and_no_tree_of_leaves():
    """All leaves have a leading axis of eight here: what NumPy finds of the ten points decides."""
    points = np.stack([flat(one) for one in CHECKPOINTS]).astype(np.float64)
    shares = np.linalg.svd(points - points.mean(axis=0), compute_uv=False) ** 2
    np.testing.assert_allclose(ls.pca_plane(CHECKPOINTS).explained, shares[:2] / shares.sum(), rtol=1e-5)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("wrap", ["alone", "in a list", "by name"])
def test_every_way_to_give_a_path_passes_every_door(way, wrap):
    """The same plane, frame, coordinates, report and picture, alone, in a list or by name."""
    path = WAYS[way]
    given = {"alone": path, "in a list": [path], "by name": {"sgd": path}}[wrap]
    if wrap == "alone" or way in ("a trajectory", "a fit"):
        assert np.array_equal(ls.pca_plane(given).explained, PLANE.explained)
    assert np.array_equal(ls.pca_plane(given, like=CHECKPOINTS[0]).explained, PLANE.explained)
    assert np.array_equal(PLANE.project(path)[0], PLANE.project(TRAJECTORY)[0])
    assert np.array_equal(ls.evaluate(loss, PLANE, points=5, paths=given).a, GRID.a)
    [(name, found)] = ls.trust(GRID, loss, given).paths.items()
    assert name == ("sgd" if wrap == "by name" else "1")
    np.testing.assert_allclose(found.true, [loss(one) for one in CHECKPOINTS], rtol=1e-5)
    for draw in (ls.figures.contour, ls.figures.terrain):
        lines = [trace for trace in draw(GRID, given).data if len(np.ravel(trace.x)) == 10]
        assert len(lines) == 2  # the path and its casing


@pytest.mark.parametrize("draw", [ls.figures.contour, ls.figures.terrain])
def test_checkpoints_of_two_numbers_lie_on_a_surface(draw):
    """As a list of points or as rows; without losses the terrain's own height carries them."""
    rosenbrock = ls.SURFACES["rosenbrock"]
    points = [np.array([-1.5, 2.0]), np.array([-1.0, 1.0]), np.array([0.5, 0.5])]
    for given in (points, np.stack(points), {"mine": points}):
        figure = draw(ls.evaluate(rosenbrock, points=9), given)
        line = next(trace for trace in figure.data if len(np.ravel(trace.x)) == 3 and trace.hovertemplate)
        assert list(line.x) == [-1.5, -1.0, 0.5]
        assert "%{customdata[1]" not in line.hovertemplate
        assert draw is ls.figures.contour or np.isfinite(np.array(line.z, float)).all()


def test_a_path_of_one_point_is_a_point():
    coordinates, off = PLANE.project(CHECKPOINTS[3])
    assert coordinates.shape == (2,)
    assert off.shape == ()
    assert ls.trust(GRID, loss, CHECKPOINTS[3]).paths["1"].coordinates.shape == (1, 2)


LAYERS = [{"weight": np.ones((5, 3, 3)), "bias": np.ones((5, 3))}] * 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (CHECKPOINTS[0], "one set of parameters"),
        ({"w": np.ones((3, 4)), "b": np.ones(4)}, "one set of parameters is no path"),
        ([one["w"] for one in CHECKPOINTS], "10 checkpoints, or one tree of 10 parts"),
        (LAYERS, "2 checkpoints, or one tree of 2 parts with 5 rows"),
        (CHECKPOINTS[:1], "a single checkpoint"),
        ([], "is empty"),
        ({}, "is empty"),
        ([CHECKPOINTS[0], {"w": np.ones((8, 8))}], "one set of parameters"),
        ([{"w": np.ones((2, 2))}, {"w": np.ones((3, 2))}], "axis of rows"),
        (np.ones(5), "one set of parameters"),
    ],
)
def test_what_could_be_something_else_is_refused(given, message):
    with pytest.raises(ValueError, match=message):
        ls.pca_plane(given)


def test_like_settles_what_a_list_means():
    """Either reading of a list of two layers with five rows, once it is said how one point is built."""
    random = np.random.default_rng(1)
    layers = [{"weight": random.normal(size=(5, 3, 3)), "bias": random.normal(size=(5, 3))} for _ in range(3)]
    first = jax.tree.map(lambda leaf: leaf[0], layers)
    assert ls.pca_plane(layers, like=first).center[2]["bias"].shape == (3,)
    assert ls.pca_plane(layers, like=layers[0]).center["bias"].shape == (5, 3)
    matrices = [leaf["weight"][0] for leaf in layers]
    assert ls.pca_plane(ls.Trajectory.of(matrices)).center.shape == (3, 3)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        (7, TypeError, "a list of checkpoints"),
        ("path.npz", TypeError, "a list of checkpoints"),
        ([7], TypeError, "path 1 must be"),
        ({"w": np.ones((2, 3, 3))}, ValueError, "the path 'w'"),
        ([{"w": np.ones((8, 8))}], ValueError, "built like the plane's centre"),
        (ls.run(ls.SGD(0.1), lambda p: p @ p, np.ones(3), 2), ValueError, "built like|is needed"),
    ],
)
def test_a_path_of_something_else_is_refused_by_every_door(given, error, message):
    for door in (
        lambda: ls.evaluate(loss, PLANE, points=3, paths=given),
        lambda: ls.trust(GRID, loss, given),
        lambda: ls.figures.contour(GRID, given),
    ):
        with pytest.raises(error, match=message):
            door()


def test_a_trajectory_stands_for_its_end_and_a_fit_for_its_solution():
    for end in (TRAJECTORY, FIT, CHECKPOINTS[-1]):
        line = ls.interpolation_plane(CHECKPOINTS[0], end)
        np.testing.assert_allclose(line.point(1.0)["w"], CHECKPOINTS[-1]["w"], atol=1e-6)
        drawn = ls.random_plane(end, filter_axis=-1)
        assert np.array_equal(drawn.center["w"], CHECKPOINTS[-1]["w"])


def test_arguments_in_the_wrong_order_are_named():
    with pytest.raises(TypeError, match=r"Grid.*not a function.*trust\(grid, loss, paths\)"):
        ls.trust(loss, GRID)
    with pytest.raises(TypeError, match="loss must be callable"):
        ls.trust(GRID, CHECKPOINTS)
    with pytest.raises(ValueError, match="one direction, a plane two; given 3"):
        ls.Plane(np.zeros(3), tuple(np.eye(3)))


# Trajectories made of checkpoints


def test_nothing_is_invented_in_a_trajectory_of_checkpoints():
    """What was not measured is None; losses may be known at checkpoints or at every step."""
    assert TRAJECTORY.steps == 90
    assert TRAJECTORY.steps_recorded.tolist() == list(range(0, 100, 10))
    assert TRAJECTORY.loss_recorded.tolist() == list(range(10))
    assert np.isnan(TRAJECTORY.loss).sum() == 81
    assert (TRAJECTORY.gradient, TRAJECTORY.grad_norm, TRAJECTORY.evaluations) == (None, None, None)
    with pytest.raises(ValueError, match="nobody counted"):
        _ = TRAJECTORY.spent
    assert TRAJECTORY.status is Status.MOVING
    plain = ls.Trajectory.of(CHECKPOINTS)
    assert plain.loss is None
    assert plain.steps == 9
    assert np.isnan(plain.loss_recorded).all()
    every = ls.Trajectory.of(CHECKPOINTS[:2], steps=[0, 4], loss=np.arange(5.0))
    assert every.loss_recorded.tolist() == [0, 4]
    [line, _] = ls.figures.losses(TRAJECTORY).data
    assert list(line.x) == list(range(0, 100, 10))
    with pytest.raises(ValueError, match="holds no losses"):
        ls.figures.losses(plain)
    with pytest.raises(ValueError, match="no gradient"):
        _ = plain.effective_step


def test_checkpoints_that_left_the_finite_numbers_end_a_path():
    broken = [*CHECKPOINTS[:3], jax.tree.map(lambda leaf: leaf * np.nan, CHECKPOINTS[3])]
    path = ls.Trajectory.of(broken, steps=[0, 5, 10, 15])
    assert (path.status, path.last) == (Status.DIVERGED, 10)
    assert np.array_equal(ls.pca_plane(path).center["w"], CHECKPOINTS[2]["w"])
    with pytest.raises(ValueError, match="first checkpoint"):
        ls.Trajectory.of(broken[::-1])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"steps": [0, 1]}, "10 whole numbers"),
        ({"steps": [5] * 10}, "that increase"),
        ({"steps": np.arange(10) + 0.5}, "whole numbers"),
        ({"steps": range(-1, 9)}, "from 0"),
        ({"loss": np.zeros(3)}, "10 checkpoints"),
        ({"loss": ["a"] * 10}, "10 checkpoints"),
    ],
)
def test_steps_and_losses_that_do_not_fit_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        ls.Trajectory.of(CHECKPOINTS, **options)


def test_donated_checkpoints_are_told():
    step = jax.jit(lambda p: p + 1, donate_argnums=0)
    first = jnp.zeros(3)
    kept = [first, step(first)]
    with pytest.raises(ValueError, match=r"ls\.Recorder"):
        ls.Trajectory.of(kept)


@pytest.mark.parametrize("dtype", [np.float16, jnp.bfloat16, np.float32, np.float64])
def test_rounding_never_passes_for_a_second_direction(dtype):
    """A straight path, rounded to its type, has one direction; a real second one of a thousandth stays."""
    random = np.random.default_rng(0)
    begin, along, across = random.normal(size=(3, 50))
    straight = np.stack([begin + 0.1 * s * along for s in range(5)]).astype(dtype)
    with pytest.raises(ValueError, match="one line"):
        ls.pca_plane(straight)
    with pytest.raises(ValueError, match="one line"):
        ls.interpolation_plane(straight[0], straight[4], straight[2])
    bend = 0.3 if np.dtype(dtype).itemsize == 2 else 1e-3
    bent = straight.astype(np.float64) + bend * np.array([0, 1, -1, 1, 0])[:, None] * across
    assert ls.pca_plane(bent.astype(dtype)).explained[1] > 0


def test_paths_are_told_apart_by_name():
    assert list(paths_of([TRAJECTORY, FIT])) == ["1", "2"]
    assert path_of(FIT) is TRAJECTORY
    assert ls.Plane(np.zeros(2), (np.ones(2),)).kind == "own"


def test_what_a_notebook_prints_is_a_line():
    """Arrays by type and shape, however large, and what matters of each result."""
    trusted = ls.trust(GRID, loss, TRAJECTORY)
    for thing in (TRAJECTORY, FIT, PLANE, GRID, trusted, ls.random_plane(CHECKPOINTS[0], filter_axis=-1)):
        assert repr(thing).startswith(f"{type(thing).__name__}(")
        assert len(repr(thing)) < 1_000
        assert "\n" not in repr(thing)
    assert "float64[91]" in repr(TRAJECTORY)
    assert "status=MOVING" in repr(TRAJECTORY)
    assert repr(ls.SGD(0.1)) == "SGD(learning_rate=0.1)"
