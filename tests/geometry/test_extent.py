"""The advice on the range of a picture: right where the basin is known, and it mends what it blames."""

import jax.numpy as jnp
import numpy as np
import pytest

from tests.geometry.pictures import AXES, Bowl, picture, plane, trajectory


@pytest.mark.parametrize("k", [1e-3, 1.0, 1e4])
@pytest.mark.parametrize(
    ("ratio", "verdict", "reason"),
    [
        (300.0, "exaggerates", "pixel"),
        (30.0, "exaggerates", "pixel"),
        (1.0, "fits", None),
        (0.3, "fits", None),
        (0.05, "hides", "flat"),
        (0.003, "hides", "flat"),
    ],
)
def test_the_range_is_judged_against_the_basin_that_training_fell_into(k, ratio, verdict, reason):
    """A bowl of any curvature: what counts is the range over the basin's radius, and the advice mends it."""
    rows = (np.linspace(6, 0, 20)[:, None] * AXES[7]).astype(np.float32)  # off the plane: from loss 18 k to 0
    paths = {"adam": trajectory(rows)}
    radius = 3.0  # in units of the directions, which are 2 long: f = 18 k there
    found = picture(Bowl(k), span=ratio * radius, paths=paths).range
    assert (found.verdict, found.reason) == (verdict, reason)
    assert found.matters == pytest.approx(18 * k, rel=1e-4)
    if found.radius > 2e-3:
        assert found.radius == pytest.approx(1 / ratio, rel=0.05)
        assert found.span[0] == pytest.approx((-1.5 * radius, 1.5 * radius), rel=0.05) or ratio in (1, 0.3)
    again = picture(Bowl(k), span=found.span, paths=paths).range
    assert again.verdict == "fits" or found.radius <= 2e-3


def test_without_a_path_a_tenfold_loss_is_what_matters():
    """f = 0.02 + |x|^2 / 2 reaches 0.2 at a distance of 0.6, which is 0.3 of a direction."""
    found = picture(Bowl(1.0, 0.02), span=0.3).range
    assert found.matters == pytest.approx(0.18)
    assert found.radius == pytest.approx(1, rel=0.05)
    assert np.isnan(found.inside)
    assert picture(Bowl(1.0, 0.02), span=100.0).range.verdict == "exaggerates"


def test_a_loss_that_never_changes_is_flat_and_no_range_helps():
    found = picture(lambda x: 0.0 * x[0] + 1.0).range
    assert (found.verdict, found.reason, found.span) == ("hides", "flat", None)
    assert found.radius == np.inf


def test_a_path_outside_the_picture_is_hidden():
    """Most of its points lie beyond the range; the advice holds all of them."""
    rows = (np.linspace(20, 0, 50)[:, None] * AXES[0]).astype(np.float32)
    paths = {"far": trajectory(rows)}
    found = picture(Bowl(), span=3.0, paths=paths).range
    assert (found.verdict, found.reason) == ("hides", "outside")
    assert found.inside == pytest.approx(np.mean(np.linspace(20, 0, 50) / 2 <= 3))
    again = picture(Bowl(), span=found.span, paths=paths).range
    assert again.inside == 1
    assert again.verdict == "fits"


def test_a_spike_on_the_way_does_not_matter():
    """What counts is where training began and where it is now, not a step that went astray."""
    steady = np.linspace(6, 0, 20)[:, None] * AXES[7]
    wild = steady.copy()
    wild[9] *= 1e4
    first, second = (
        picture(Bowl(), paths={"it": trajectory(rows.astype(np.float32))}).range for rows in (steady, wild)
    )
    assert second.matters == first.matters


def test_a_picture_of_the_start_is_judged_by_where_training_went():
    """Centred on the first point of the path, the change is the one to its end."""
    rows = (np.linspace(6, 0, 20)[:, None] * AXES[0]).astype(np.float32)
    found = picture(Bowl(), plane(center=rows[0]), span=3.0, paths={"it": trajectory(rows)}).range
    assert found.matters == pytest.approx(18, rel=1e-4)
    assert found.verdict == "fits"


def test_a_measure_that_falls_off_the_top_is_judged_as_well():
    """An accuracy: highest at the solution, bounded on both sides."""

    def accuracy(x):
        return jnp.exp(-jnp.sum(x**2) / 8)

    rows = (np.linspace(6, 0, 20)[:, None] * AXES[7]).astype(np.float32)
    paths = {"it": trajectory(rows)}
    verdicts = [picture(accuracy, span=s, paths=paths).range.verdict for s in (0.02, 2.0, 300.0)]
    assert verdicts == ["hides", "fits", "exaggerates"]
