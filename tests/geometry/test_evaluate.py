"""The picture of a plane holds the loss at exactly the points it names; it reports, stops and stays small."""

import os
import threading

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from landscape.core.types import Status
from landscape.geometry.grids import batched_losses
from landscape.geometry.grids.memory import footprint
from tests.compiling import compilations
from tests.geometry import dense

KEY = jax.random.key(3)
PLANE = ls.random_plane(dense.weights(), KEY, filter_axis=-1)


def test_each_cell_is_the_loss_and_the_accuracy_at_its_point():
    """Both are what NumPy computes from the same point of the plane; rows run along the first direction."""
    for metric, which in ((dense.loss, 0), (dense.accuracy, 1)):
        grid = ls.evaluate(metric, PLANE, points=(5, 7), span=((-1, 0.5), (-0.3, 2)))
        assert grid.loss.shape == (5, 7)
        wanted = [[dense.in_numpy(PLANE.point(a, b))[which] for b in grid.b] for a in grid.a]
        np.testing.assert_allclose(grid.loss, wanted, rtol=1e-5)


def test_the_centre_cell_is_the_loss_at_the_centre():
    grid = ls.evaluate(dense.loss, PLANE, points=51)
    assert (grid.a[25], grid.b[25]) == (0, 0)
    assert grid.loss[25, 25] == pytest.approx(float(dense.loss(PLANE.center)), rel=1e-6)
    assert grid.plane is PLANE
    assert type(grid.loss) is np.ndarray


def test_a_line_is_a_picture_of_one_column():
    line = ls.interpolation_plane(dense.weights(1), dense.weights(2))
    grid = ls.evaluate(dense.loss, line, points=13, span=(0.0, 1.0))
    assert grid.loss.shape == (13, 1)
    assert grid.b.tolist() == [0.0]
    for end, solution in ((0, 1), (-1, 2)):
        assert grid.loss[end, 0] == pytest.approx(dense.in_numpy(dense.weights(solution))[0], rel=1e-5)


@pytest.mark.slow
def test_networks_of_the_registry_take_both_their_measures():
    data = ls.DATASETS["iris"]()
    network = ls.Network(hidden=(6,))
    plane = ls.random_plane(network.init(KEY, data), KEY, filter_axis=network.FILTER_AXIS)
    for split in (data.train, data.test):
        for metric in (network.loss(split), network.accuracy(split)):
            grid = ls.evaluate(metric, plane, points=5)
            center = jax.tree.map(jnp.asarray, plane.center)
            assert grid.loss[2, 2] == pytest.approx(float(metric(center)), rel=1e-5)


def test_cells_without_a_loss_stay_as_they_are():
    """NaN and infinities are reported, never replaced."""
    plane = ls.Plane(np.zeros(2), (np.array([1.0, 0]), np.array([0, 1.0])))
    grid = ls.evaluate(lambda p: jnp.log(p[0]) + 0 * p[1], plane, points=3)
    assert np.all(np.isnan(grid.loss[0]))
    assert np.all(np.isneginf(grid.loss[1]))
    assert np.all(grid.loss[2] == 0.0)


def test_double_precision_is_honoured_where_enabled():
    """A difference that single precision cannot hold shows, computed in other threads too."""
    with jax.enable_x64(True):
        plane = ls.random_plane(np.ones((3, 3)), KEY, filter_axis=-1)
        grid = ls.evaluate(lambda p: 1.0 + 1e-12 * p[0, 0], plane, points=21)
    assert grid.loss.dtype == np.float64
    assert len(np.unique(grid.loss)) > 100
    assert ls.evaluate(dense.loss, PLANE, points=3).loss.dtype == np.float32


# What may cost a compilation


def test_new_data_planes_and_points_reuse_the_program():
    """Closures over other data, another plane, another span and resolution, all between two compilations."""

    def look(seed, points):
        x = np.random.default_rng(seed).normal(size=dense.X.shape).astype(np.float32)
        plane = ls.random_plane(dense.weights(seed), jax.random.key(seed), filter_axis=-1)
        loss = dense.loss_of(jnp.asarray(x), dense.Y)
        grid = ls.evaluate(loss, plane, points=points, span=1.0 + seed)
        assert grid.loss[0, -1] == pytest.approx(float(loss(plane.point(grid.a[0], grid.b[-1]))), rel=1e-4)

    look(1, 11)
    assert compilations(lambda: [look(seed, points) for seed, points in ((2, 11), (3, 22), (4, 17))]) == 0


# Progress, and giving up


def test_progress_counts_rows_up_to_all_of_them():
    seen = []
    plane = ls.random_plane({"w": np.ones((2, 2))}, KEY, filter_axis=-1)
    report = lambda done, rows: seen.append((done, rows))  # noqa: E731
    ls.evaluate(dense.Wide(1), plane, points=(31, 20), progress=report)
    done, rows = zip(*seen, strict=True)
    assert set(rows) == {31}
    assert list(done) == sorted(done)
    assert done[-1] == 31
    assert len(set(done)) > 20


def test_a_surface_reports_too():
    seen = []
    ls.evaluate(ls.SURFACES["bowl"], points=9, progress=lambda *rows: seen.append(rows))
    assert seen == [(9, 9)]
    with pytest.raises(ls.Cancelled):
        ls.evaluate(ls.SURFACES["bowl"], points=9, progress=lambda *rows: False)


class Stop(Exception):
    """What a caller's own progress may raise."""


def fail(done, rows):
    raise Stop


@pytest.mark.parametrize(("progress", "raised"), [(lambda *rows: False, ls.Cancelled), (fail, Stop)])
def test_a_picture_that_is_given_up_is_computed_no_further(progress, raised, monkeypatch):
    """Only what was under way is finished, of 41 calls; no thread is left behind."""
    calls, build, first = [], batched_losses._program, threading.Semaphore(4)

    def counted(*key):
        def program(*arguments):
            first.acquire(timeout=1)  # the fifth call is slow, and the picture given up meanwhile
            calls.append(1)
            return build(*key)(*arguments)

        return program

    monkeypatch.setattr(batched_losses, "_program", counted)
    with pytest.raises(raised):
        ls.evaluate(dense.loss, PLANE, points=51, progress=progress)
    assert len(calls) <= 4 + (os.cpu_count() or 1)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("plane")]


# Memory


@pytest.mark.parametrize("megabytes", [1, 48])
def test_memory_stays_bounded(megabytes, monkeypatch):
    """However many points, one call needs a core's share, or what a single point needs where that is more."""
    built, build = [], batched_losses._program

    def kept(*key):
        built.append(build(*key))
        return built[-1]

    monkeypatch.setattr(batched_losses, "_program", kept)
    plane = ls.random_plane({"w": np.ones((2, 2))}, KEY, filter_axis=-1)
    loss = dense.Wide(megabytes)
    needed = footprint(loss, plane.center)
    assert needed > megabytes * 2**20
    ls.evaluate(loss, plane, points=5)
    [program] = built
    assert program.memory_analysis().temp_size_in_bytes <= max(batched_losses.CACHE_BYTES, needed)


def test_an_accelerator_is_given_larger_blocks():
    """Many rows at once where they are small, as many points as fit where they are large, at least one."""

    def block(loss, params):
        leaves, structure = jax.tree.flatten((loss, params, (params, params)))
        return batched_losses._sizes(structure, batched_losses._shapes(leaves), 64, "gpu")

    params = {"w": jnp.ones((2, 2))}
    assert block(dense.Wide(0), params) == (1024, 1024)
    for megabytes in (16, 4096):
        loss = dense.Wide(megabytes)
        points, size = block(loss, params)
        assert points == size == max(1, batched_losses.ACCELERATOR_BYTES // footprint(loss, params))


# Where to look


def test_the_default_span_frames_paths_and_marks():
    """Every projected point lies inside, with a margin, also of a path that moves along one axis alone."""
    rows = jax.tree.map(lambda p: p * np.linspace(3, 1, 8).reshape(-1, *(1,) * p.ndim), dense.weights())
    losses = np.zeros(8)
    path = ls.Trajectory(rows, {}, {}, losses, losses, losses, 1, 7, Status.MOVING)
    grid = ls.evaluate(dense.loss, PLANE, points=3, paths=[path])
    shown = PLANE.project(rows)[0]
    for axis, coordinates in ((grid.a, shown[:, 0]), (grid.b, shown[:, 1])):
        assert axis[0] < min(0, coordinates.min())
        assert axis[-1] > max(0, coordinates.max())
    through = ls.interpolation_plane(*(dense.weights(seed) for seed in (1, 2, 3)))
    grid = ls.evaluate(dense.loss, through, points=3)
    assert np.all(through.marks.min(axis=0) > [grid.a[0], grid.b[0]])
    assert np.all(through.marks.max(axis=0) < [grid.a[-1], grid.b[-1]])
    flat = ls.evaluate(dense.loss, through, points=3, paths=[jax.tree.map(lambda p: p[None], through.center)])
    assert np.array_equal(flat.a, grid.a)


def test_without_paths_or_marks_the_span_is_one():
    grid = ls.evaluate(dense.loss, PLANE, points=3)
    assert grid.a.tolist() == grid.b.tolist() == [-1.0, 0.0, 1.0]
    assert ls.evaluate(dense.loss, PLANE, points=3, span=0.5).b.tolist() == [-0.5, 0.0, 0.5]


@pytest.mark.parametrize("span", [0, -1, np.inf, np.nan, (0, 1), ((0, 1), (1, 1)), ((0, 1),) * 3, "wide"])
def test_an_impossible_span_is_refused(span):
    with pytest.raises(ValueError, match=r"span must be|could not convert"):
        ls.evaluate(dense.loss, PLANE, span=span)


def test_span_and_domain_belong_to_different_things():
    with pytest.raises(ValueError, match="a plane takes span"):
        ls.evaluate(dense.loss, PLANE, domain=((0, 1), (0, 1)))
    for options in ({"span": 1.0}, {"paths": [np.zeros((3, 2))]}):
        with pytest.raises(ValueError, match="takes domain"):
            ls.evaluate(ls.SURFACES["bowl"], **options)


def test_a_loss_of_something_else_is_refused():
    with pytest.raises(TypeError, match="one real scalar"):
        ls.evaluate(lambda p: p["w1"], PLANE, points=3)


def test_something_else_than_a_plane_is_refused():
    """As in evaluate(surface, 80), whose number belongs to `points`."""
    with pytest.raises(TypeError, match="plane must be a Plane"):
        ls.evaluate.__wrapped__(ls.SURFACES["bowl"], 80)


def test_an_unknown_device_is_refused():
    with pytest.raises(ValueError, match="no device 'abacus'"):
        ls.evaluate(dense.loss, PLANE, points=3, device="abacus")
