"""The probe: the signs of the curvatures tell the kinds of critical points apart."""

import numpy as np
import pytest

from landscape.lessons.settings import read
from landscape.lessons.terrain.probe import EXPERIMENT, answer


def found(surface, x=0.0, y=0.0, **more):
    """What the experiment finds at a point of a surface."""
    return EXPERIMENT.measure(read(EXPERIMENT.settings, {"surface": surface, "x": x, "y": y, **more}))


@pytest.mark.row("S3-07")
@pytest.mark.parametrize(
    ("surface", "kind"),
    [("saddle", "saddle"), ("bowl", "minimum"), ("hill", "maximum"), ("monkey_saddle", "degenerate")],
)
@pytest.mark.parametrize("snap", [True, False])
def test_the_label_is_right_at_the_centre(surface, kind, snap):
    """On x² − y², x² + y², −(x² + y²) and the monkey saddle; gradient descent does not move there."""
    here = found(surface, snap=snap)
    assert here.found.kind == kind
    assert np.asarray(here.run.params)[-1] == pytest.approx([0.0, 0.0], abs=1e-5)


@pytest.mark.row("S3-07")
def test_at_a_saddle_the_loss_rises_one_way_and_falls_the_other():
    """The cut along the first eigenvector lies below the point, that along the second above it."""
    low, high = found("saddle").cuts[1]
    assert low.max() <= 0 <= high.min()
    assert found("saddle").found.eigenvalues == pytest.approx([-2, 2])


@pytest.mark.row("S3-07")
def test_a_click_beside_a_critical_point_slides_to_it():
    """Also at a degenerate one; far from any, or where it is not wanted, the point is not critical."""
    assert found("monkey_saddle", 0.05, -0.08).found.kind == "degenerate"
    assert found("six_hump_camel", 0.1, -0.7).found.kind == "minimum"
    assert found("six_hump_camel", 0.1, -0.7, snap=False).found.kind == "none"
    assert found("bowl", 2.0, 1.0).found.kind == "none"
    assert answer() == 2
