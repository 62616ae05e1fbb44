"""The message of classifiers: probabilities within half a step, and few enough bytes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from landscape.core.types import Status
from landscape.player.boundary import BUDGET, FRAMES, Panel, frames_within, pack, places, unpack, window
from landscape.player.payload import unpack as unpack_scene

X, Y = (-1.0, 1.0), (0.0, 2.0)
POINTS = np.array([[0.0, 1.0], [0.5, 1.5], [-0.5, 0.25]], np.float32)


def shares(frames=3, nx=4, ny=5, classes=3, seed=0):
    """Probabilities that add up to 1 at every place."""
    raw = np.random.default_rng(seed).random((frames, nx, ny, classes)) ** 3
    return raw / raw.sum(axis=-1, keepdims=True)


def panel(probability, id="a", **about):
    frames = len(probability)
    about = {"slot": 1, "name": "Adam", "last": frames - 1, **about}
    accuracy = np.linspace(0.3, 0.9, frames)
    return Panel(
        id=id, probability=probability, train_accuracy=accuracy, validation_accuracy=accuracy / 2, **about
    )


def packed(*panels, **options):
    frames, *_, classes = panels[0].probability.shape
    options = {"steps_at": np.arange(frames) * 10, "classes": [f"c{k}" for k in range(classes)], **options}
    about = {"x": X, "y": Y, "text": {"play": "재생"}, "title": "Moons", **options}
    about = {"train": (POINTS, np.array([0, 1, 1])), "validation": (POINTS[:1], np.array([0])), **about}
    return pack(panels=list(panels), **about)


@given(st.integers(2, 5), st.integers(1, 4), st.integers(0, 2**31))
def test_probabilities_come_back_within_half_a_step(classes, frames, seed):
    """254 steps from 0 to 1: every class but the first within half a step, the first within their sum."""
    sent = shares(frames, classes=classes, seed=seed)
    _, arrays = unpack(packed(panel(sent)))
    got = arrays["probability:a"]
    np.testing.assert_allclose(got[..., 1:], sent[..., 1:], atol=0.5 / 254 + 1e-6)
    np.testing.assert_allclose(got[..., 0], sent[..., 0], atol=0.5 * (classes - 1) / 254 + 1e-5)


@given(
    hnp.arrays(np.float64, (2, 3, 3, 2), elements=st.sampled_from([0.0, 0.5, 1.0, np.nan, np.inf, -np.inf]))
)
def test_a_place_with_any_number_that_is_not_finite_is_a_hole(sent):
    _, arrays = unpack(packed(panel(sent)))
    holes = ~np.isfinite(sent).all(axis=-1)
    np.testing.assert_array_equal(np.isnan(arrays["probability:a"]).any(axis=-1), holes)
    np.testing.assert_allclose(arrays["probability:a"][..., 1][~holes], sent[..., 1][~holes], atol=1e-6)


def test_everything_else_comes_back_as_it_was_sent():
    sent = panel(shares(), last=1, status=Status.DIVERGED)
    header, arrays = unpack(packed(sent, heading="Moons, noise 0.2", language="ko"))
    assert (header["title"], header["heading"], header["language"]) == ("Moons", "Moons, noise 0.2", "ko")
    assert header["picture"] == {"nx": 4, "ny": 5, "x": [-1.0, 1.0], "y": [0.0, 2.0]}
    assert (header["steps"], header["steps_at"], header["classes"]) == (2, [0, 10, 20], ["c0", "c1", "c2"])
    assert header["panels"] == [{"id": "a", "slot": 1, "name": "Adam", "status": "diverged", "end": 1}]
    np.testing.assert_array_equal(arrays["train:points"], POINTS)
    np.testing.assert_array_equal(arrays["train:labels"], [0, 1, 1])
    np.testing.assert_array_equal(arrays["validation:labels"], [0])
    np.testing.assert_allclose(arrays["train_accuracy:a"], [0.3, 0.6, 0.9], rtol=1e-6)
    np.testing.assert_allclose(arrays["validation_accuracy:a"], [0.15, 0.3, 0.45], rtol=1e-6)


def test_every_float_lies_where_the_browser_can_read_it_in_place():
    header, _ = unpack(packed(panel(shares(nx=3, ny=3)), panel(shares(nx=3, ny=3), id="b")))
    for name, (offset, _) in header["arrays"].items():
        assert name.startswith("probability:") or offset % 4 == 0


@pytest.mark.parametrize(("panels", "classes"), [(1, 2), (3, 2), (8, 2), (3, 5), (8, 5)])
def test_a_message_stays_within_its_budget_by_keeping_fewer_frames(panels, classes):
    """Frames are left out evenly, the first and the last kept; a diverged run still ends where it ended."""
    sent = shares(FRAMES, 48, 48, classes)
    made = [panel(sent, id=str(k), last=25, status=Status.DIVERGED) for k in range(panels)]
    message = packed(*made)
    header, arrays = unpack(message)
    rows = len(header["steps_at"])
    assert len(message) < BUDGET + 20_000
    assert rows == frames_within(panels, classes)
    assert [header["steps_at"][k] for k in (0, -1)] == [0, 390]
    assert np.ptp(np.diff(header["steps_at"])) <= 10
    assert arrays["probability:0"].shape == (rows, 48, 48, classes)
    np.testing.assert_allclose(arrays["probability:0"][-1, ..., 1], sent[-1, ..., 1], atol=0.003)
    end = header["panels"][0]["end"]
    assert header["steps_at"][end] <= 250 < header["steps_at"][end + 1]


def test_the_grid_s_places_give_frames_in_the_picture_s_order():
    """Answers for `places`, reshaped, have the first coordinate along their first axis."""
    x, y = window(POINTS)
    at = places(x, y, points=7).reshape(7, 7, 2)
    np.testing.assert_array_equal(at[[0, -1], [0, -1]], np.transpose([x, y]))
    assert np.all(np.diff(at[:, 3, 0]) > 0)
    assert np.all(np.diff(at[3, :, 1]) > 0)
    low, high = np.transpose([x, y])
    assert np.all(low < POINTS)
    assert np.all(high > POINTS)


def test_equal_content_has_one_revision_and_any_change_another():
    sent = panel(shares())
    other = replace(sent, train_accuracy=np.zeros(3))
    revisions = [unpack(packed(made))[0]["revision"] for made in (sent, sent, other, replace(sent, slot=2))]
    assert revisions[0] == revisions[1]
    assert len(set(revisions)) == 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"panels": []}, "one to 8 panels"),
        ({"classes": ["only"]}, "two to 5 classes"),
        ({"panels": [panel(shares()), panel(shares())]}, "share an id"),
        ({"steps_at": [0, 10, 10]}, "each above the one before"),
        ({"steps_at": [0, 10]}, r"not \(2, 4, 5, 3\)"),
        ({"panels": [panel(shares()), panel(shares(nx=6), id="b")]}, "probability of 'b'"),
        ({"panels": [replace(panel(shares()), train_accuracy=np.zeros(2))]}, "accuracy of 'a'"),
        ({"train": (POINTS, np.array([0, 1, 3]))}, "train labels must be from 0 to 2"),
        ({"validation": (POINTS, np.array([0, 1]))}, r"validation points have shape \(3, 2\), not \(2, 2\)"),
    ],
)
def test_what_does_not_belong_together_is_refused(options, words):
    about = {"panels": [panel(shares())], "classes": ["a", "b", "c"], "steps_at": [0, 10, 20], **options}
    about = {"train": (POINTS, np.zeros(3)), "validation": (POINTS, np.zeros(3)), **about}
    with pytest.raises(ValueError, match=words):
        pack(x=X, y=Y, text={}, title="", **about)


def test_a_scene_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="not a packed scene"):
        unpack(b"nothing")
    message = packed(panel(shares())).replace(b'"kind":"boundary"', b'"kind":"elsewise"')
    with pytest.raises(ValueError, match="not a packed boundary"):
        unpack(message)
    with pytest.raises(ValueError, match="not a packed scene"):
        unpack_scene(packed(panel(shares())))
