"""Where the verdicts on a picture's range change, on a bowl whose basin is known."""

import numpy as np
import pytest

from tests.geometry.pictures import AXES, Bowl, picture, trajectory

RADIUS = 3.0
"""Of the basin, in units of the plane's directions, which are 2 long: training came down from so far."""


@pytest.mark.parametrize(
    ("ratio", "verdict"),
    [(5.5, "exaggerates"), (4.5, "fits"), (0.17, "fits"), (0.15, "hides")],
)
def test_four_cells_across_are_seen_and_a_twentieth_of_the_change(ratio, verdict):
    """Of 21 points the basin holds 20 / ratio cells; the corners change by 2 ratio^2 of what matters."""
    rows = (np.linspace(2 * RADIUS, 0, 20)[:, None] * AXES[7]).astype(np.float32)
    found = picture(Bowl(), span=ratio * RADIUS, paths={"it": trajectory(rows)}).range
    assert found.cells == pytest.approx(20 / ratio, rel=0.05)
    assert found.changes == pytest.approx(2 * ratio**2 * found.matters, rel=1e-3)
    assert found.verdict == verdict


def test_the_advice_for_a_path_outside_leaves_a_twentieth_to_spare():
    """The picture reaches from -3 to 3, the path to 10: with a twentieth of 13 and of 6 on either side."""
    rows = (np.linspace(20, 0, 50)[:, None] * AXES[0]).astype(np.float32)
    found = picture(Bowl(), span=3.0, paths={"far": trajectory(rows)}).range
    assert found.span[0] == pytest.approx((-3.65, 10.65), rel=1e-5)
    assert found.span[1] == pytest.approx((-3.3, 3.3), abs=1e-5)
