"""The message to the browser: what goes in comes out, and what it says about each run is true."""

import json
import struct
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from landscape.core.types import Status
from landscape.look.scale import loss_scale
from landscape.player.payload import Runner, pack, unpack

LARGEST = np.finfo(np.float32).max


def runner(path, id="r1", loss=None, velocity=None, **about):
    path = np.asarray(path, dtype=np.float64)
    loss = np.zeros(len(path)) if loss is None else loss
    about = {"slot": 1, "name": "Gradient descent", "short": "GD", "last": len(path) - 1, **about}
    return Runner(id=id, path=path, loss=loss, gradient=-path, velocity=velocity, **about)


def packed(runners=(), loss=None, **options):
    loss = np.arange(12.0).reshape(4, 3) if loss is None else loss
    grid = SimpleNamespace(a=np.linspace(-1, 2, loss.shape[0]), b=np.linspace(0, 1, loss.shape[1]), loss=loss)
    options = {"title": "Beale", "start": (1.0, 1.5), "text": {"start": "시작점"}, **options}
    return pack(grid=grid, relief=loss_scale(loss), runners=list(runners), **options)


numbers = st.floats(width=64) | st.sampled_from([np.nan, np.inf, -np.inf, 1e300])


@st.composite
def scenes(draw):
    rows = draw(st.integers(1, 6))
    vectors = hnp.arrays(np.float64, (rows, 2), elements=numbers)
    runners = [
        runner(
            draw(vectors),
            id=f"r{k}",
            loss=draw(hnp.arrays(np.float64, rows, elements=numbers)),
            velocity=draw(st.none() | vectors),
            last=draw(st.integers(0, rows - 1)),
            name=draw(st.text(st.characters(exclude_categories=["Cs"]))),
            status=draw(st.sampled_from(Status)),
            arrived=draw(st.none() | st.integers(0, rows)),
        )
        for k in range(draw(st.integers(0, 3)))
    ]
    shape = draw(hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=5))
    return runners, draw(hnp.arrays(np.float64, shape, elements=numbers))


@pytest.mark.slow
@given(scene=scenes())
def test_every_number_comes_back_as_float32_and_non_finite_ones_as_themselves(scene):
    runners, loss = scene
    header, arrays = unpack(packed(runners, loss))

    def same(array, sent):
        np.testing.assert_array_equal(np.isfinite(array), np.isfinite(sent))
        with np.errstate(over="ignore"):
            np.testing.assert_array_equal(array, np.where(np.abs(sent) > LARGEST, array, sent.astype("f4")))
        np.testing.assert_array_equal(np.sign(array[np.abs(sent) > 1]), np.sign(sent[np.abs(sent) > 1]))

    same(arrays["grid"], loss)
    assert [entry["name"] for entry in header["runners"]] == [sent.name for sent in runners]
    for sent in runners:
        same(arrays[f"path:{sent.id}"], sent.path)
        same(arrays[f"loss:{sent.id}"], sent.loss)
        same(arrays[f"gradient:{sent.id}"], sent.gradient)
        assert (f"velocity:{sent.id}" in arrays) == (sent.velocity is not None)
        if sent.velocity is not None:
            same(arrays[f"velocity:{sent.id}"], sent.velocity)


@given(rows=st.integers(1, 6), data=st.data())
def test_a_projected_path_brings_its_distance_off_the_plane_and_the_loss_beneath(rows, data):
    """What a plane adds comes back as it was sent, beside no gradient and no start."""
    series = hnp.arrays(np.float32, rows, elements=st.floats(width=32))
    more = {kind: data.draw(series) for kind in ("off", "share", "beneath")}
    sent = replace(runner(np.zeros((rows, 2))), gradient=None, **more)
    header, arrays = unpack(
        packed([sent], start=None, axes=("a", "b"), marks=[("A", 0.5, np.nan)], heading="H")
    )
    for kind, array in more.items():
        np.testing.assert_array_equal(arrays[f"{kind}:r1"], array)
    assert "gradient:r1" not in arrays
    assert (header["start"], header["heading"]) == (None, "H")
    assert header["surface"]["axes"] == ["a", "b"]
    assert header["surface"]["marks"] == [["A", 0.5, None]]


def test_thinned_runs_of_different_lengths_stay_at_their_last_row():
    long = runner(np.arange(10.0).reshape(5, 2), id="long")
    short = runner(np.arange(6.0).reshape(3, 2), id="short", loss=np.array([3.0, 2.0, 1.0]))
    header, arrays = unpack(packed([long, short], steps_at=[0, 10, 20, 30, 37]))
    assert (header["steps"], header["steps_at"]) == (4, [0, 10, 20, 30, 37])
    assert [entry["end"] for entry in header["runners"]] == [4, 2]
    np.testing.assert_array_equal(arrays["path:short"][2:], [[4, 5]] * 3)
    np.testing.assert_array_equal(arrays["loss:short"], [3, 2, 1, 1, 1])
    np.testing.assert_array_equal(arrays["path:long"], long.path)


@pytest.mark.parametrize(
    ("steps_at", "words"),
    [([], "one step or more"), ([0, 5, 5], "each above the one before"), ([0, 1], "names 2")],
)
def test_steps_that_cannot_belong_to_the_rows_are_refused(steps_at, words):
    with pytest.raises(ValueError, match=words):
        packed([runner(np.zeros((3, 2)))], steps_at=steps_at)


def test_a_race_pays_for_none_of_what_a_plane_adds():
    """The message that a dragged start waits for holds the keys it always held, and nothing else."""
    header, arrays = unpack(packed([runner([[0.0, 0.5], [1.0, 0.5]], velocity=np.zeros((2, 2)))]))
    assert list(header) == [
        "version", "language", "text", "steps", "surface", "start", "draggable", "runners", "arrays",
        "revision",
    ]  # fmt: skip
    assert list(header["surface"]) == [
        "title", "nx", "ny", "x", "y", "scale", "levels", "minima", "saddles",
    ]  # fmt: skip
    assert list(header["surface"]["scale"]) == ["kind", "low", "range", "scale", "open_top"]
    assert list(arrays) == ["grid", "path:r1", "gradient:r1", "velocity:r1", "loss:r1"]


def test_an_accuracy_says_so():
    accuracy = np.linspace(0.1, 0.98, 12).reshape(4, 3)
    grid = SimpleNamespace(a=np.arange(4.0), b=np.arange(3.0), loss=accuracy)
    scale = loss_scale(accuracy, metric="accuracy")
    header, _ = unpack(pack(grid=grid, title="", relief=scale, start=None, runners=[], text={}))
    assert header["surface"]["scale"]["metric"] == "accuracy"
    assert header["surface"]["levels"][0]["label"] == "90%"


def test_the_blob_starts_at_a_multiple_of_four_bytes_whatever_the_words():
    for word in ("", "a", "ab", "abc", "시작"):
        payload = packed(text={"start": word})
        length = struct.unpack_from("<I", payload)[0]
        assert (4 + length) % 4 == 0
        assert len(payload) == 4 + length + 4 * 12
        assert json.loads(payload[4 : 4 + length])["text"]["start"] == word


def test_the_header_holds_no_number_that_json_lacks():
    payload = packed(minima=[(0.0, np.nan, np.inf)], loss=np.full((3, 3), np.nan))
    length = struct.unpack_from("<I", payload)[0]

    def refuse(name):
        raise AssertionError(name)

    header = json.loads(payload[4 : 4 + length], parse_constant=refuse)
    assert header["surface"]["minima"] == [[0.0, None, None]]
    assert header["surface"]["scale"]["kind"] == "constant"


def test_the_grid_keeps_its_orientation():
    header, arrays = unpack(packed())
    assert (header["surface"]["nx"], header["surface"]["ny"]) == (4, 3)
    assert (header["surface"]["x"], header["surface"]["y"]) == ([-1.0, 2.0], [0.0, 1.0])
    assert arrays["grid"][2, 1] == 7.0


@pytest.mark.parametrize(
    ("path", "last", "left"),
    [
        ([[0, 0.5], [1, 0.5], [0.5, 0.5]], 2, None),
        ([[0, 0.5], [9, 0.5], [0.5, 0.5]], 2, None),
        ([[0, 0.5], [9, 0.5], [0.5, 0.5], [0, 7.0], [0, 8.0]], 4, 3),
        ([[0, 0.5], [0, 7.0], [0, 0.5]], 1, 1),
        ([[5, 5], [6, 6], [7, 7]], 2, 0),
        ([[-1, 0], [2, 1]], 1, None),
    ],
)
def test_left_is_the_step_after_which_the_run_never_returns(path, last, left):
    header, _ = unpack(packed([runner(path, last=last)]))
    assert (header["runners"][0]["left"], header["runners"][0]["end"]) == (left, last)


def test_equal_content_has_one_revision_and_any_change_another():
    path = [[0.0, 0.5], [1.0, 0.5]]
    revision = unpack(packed([runner(path)]))[0]["revision"]
    assert packed([runner(path)]) == packed([runner(path)])
    changed = [
        packed([runner([[0.0, 0.5], [1.0, 0.25]])]),
        packed([runner(path, status=Status.DIVERGED)]),
        packed([runner(path)], draggable=False),
    ]
    assert len({revision, *(unpack(payload)[0]["revision"] for payload in changed)}) == 4


def test_six_paths_of_three_hundred_steps_stay_small():
    loss = np.random.default_rng(0).normal(size=(80, 80))
    path = np.random.default_rng(1).normal(size=(301, 2))
    assert len(packed([runner(path, id=f"r{k}") for k in range(6)], loss)) < 66_000


def test_arrays_that_do_not_belong_together_are_refused():
    one, two = runner([[0, 0]], id="a"), runner([[0, 0], [1, 1]], id="b")
    with pytest.raises(ValueError, match="different lengths"):
        packed([one, two])
    with pytest.raises(ValueError, match="share an id"):
        packed([one, one])
    with pytest.raises(ValueError, match="at least its start"):
        packed([runner(np.zeros((0, 2)), last=0)])
    with pytest.raises(ValueError, match="velocity of 'a'"):
        packed([runner([[0, 0]], id="a", velocity=np.zeros((2, 2)))])
    grid = SimpleNamespace(a=np.arange(3.0), b=np.arange(3.0), loss=np.zeros((3, 2)))
    with pytest.raises(ValueError, match="axes"):
        pack(grid=grid, title="", relief=loss_scale(grid.loss), start=(0.0, 0.0), runners=[], text={})


@pytest.mark.parametrize(
    "bad", [b"", b"abc", b"\xff\xff\xff\xff", b"\x02\x00\x00\x00[]", b"\x02\x00\x00\x00{}  "]
)
def test_other_bytes_are_refused(bad):
    with pytest.raises(ValueError, match="not a packed scene"):
        unpack(bad)


def test_a_later_version_is_named():
    payload = packed().replace(b'"version":1', b'"version":9')
    with pytest.raises(ValueError, match="version 9"):
        unpack(payload)
