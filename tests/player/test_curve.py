"""The message of curves: what is packed comes back, and what does not belong together is refused."""

from typing import Any

import numpy as np
import pytest

from landscape.player.curve import OUTCOMES, Control, CurveRun, Rates, pack, unpack
from landscape.player.payload import unpack as unpack_scene

HEIGHT = np.array([4.0, 1.0, 0.0, 1.0, 4.0], np.float32)
SLOPE = np.array([-4.0, -2.0, 0.0, 2.0, 4.0], np.float32)
PATH = np.array([1.0, -1.5, 2.25], np.float32)
RATE = Control("rate", 0.1, 0.01, 1.0)


def packed(**changed: Any) -> bytes:
    """A small message with some of it changed."""
    about: dict[str, Any] = {
        "x": (-2, 2), "y": (0, 4), "height": HEIGHT, "slope": SLOPE, "balls": [CurveRun(1, "a", PATH)],
        "text": {"play": "재생"}, "title": "Curve",
    }  # fmt: skip
    return pack(**(about | changed))


def test_arrays_and_header_come_back():
    """Curve, runs, track and map return as they were sent, with every name."""
    outcomes = np.array([0, 1, 2, 4], np.uint8)
    paths = np.arange(12, dtype=np.float32).reshape(4, 3)
    grid = np.arange(6, dtype=np.uint8).reshape(3, 2) % len(OUTCOMES)
    rates = Rates(outcomes, [(0.01, 0.1, "near")], [(0.2, "2/λ")], paths)
    header, arrays = unpack(
        packed(
            balls=[CurveRun(1, "a", PATH), CurveRun(0, "b", 2 * PATH)],
            rate=RATE,
            rates=rates,
            start=Control("start", 1.0, -2.0, 2.0),
            grid=grid,
            outcomes={"deep": "Deep"},
            code=[("x -= rate * slope", "{x}")],
        )
    )
    for name, sent in {
        "height": HEIGHT, "slope": SLOPE, "path:0": PATH, "path:1": 2 * PATH, "strip": outcomes,
        "paths": paths, "grid": grid,
    }.items():  # fmt: skip
        np.testing.assert_array_equal(arrays[name], sent, err_msg=name)
    assert header["text"] == {"play": "재생"}
    assert header["zones"] == [{"low": 0.01, "high": 0.1, "name": "near"}]
    assert header["marks"] == [{"at": 0.2, "name": "2/λ"}]
    assert header["code"] == [{"line": "x -= rate * slope", "live": "{x}"}]
    assert [ball["end"] for ball in header["balls"]] == [2, 2]


def test_equal_content_gives_equal_bytes():
    """What did not change need not be painted again."""
    assert packed() == packed()
    assert packed() != packed(title="Other")


def test_a_run_ends_before_it_is_lost():
    """The last step of a run is the one before the first number that is not finite."""
    header, _ = unpack(packed(balls=[CurveRun(1, "a", np.array([1.0, 9.0, np.inf, np.nan], np.float32))]))
    assert header["balls"][0]["end"] == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"balls": []},
        {"balls": [CurveRun(1, "a", PATH), CurveRun(2, "b", PATH[:2])]},
        {"height": HEIGHT[:1], "slope": SLOPE[:1]},
        {"grid": np.zeros((2, 2), np.uint8)},
        {"outcomes": {"elsewhere": "Elsewhere"}},
    ],
    ids=["no ball", "other steps", "one place", "map without a rate", "unknown end"],
)
def test_what_does_not_belong_together_is_refused(changed):
    """Each is a `ValueError`."""
    with pytest.raises(ValueError, match=r"ball|belong|control|outcome"):
        packed(**changed)


def test_messages_of_other_kinds_are_refused():
    """A curve is no race, and garbage is neither."""
    with pytest.raises(ValueError, match="packed"):
        unpack(b"garbage")
    with pytest.raises(ValueError, match="packed"):
        unpack_scene(packed())
