"""What stops a training: the eigenvalues of the Hessian at zero, on the plateau and at the end."""

import numpy as np
import pytest

from landscape.lessons.settings import read
from landscape.lessons.sharpness.ways_down import Settings, answer, at_zero, measure
from landscape.study.sharpness.hessian_index import FLOOR, moon_targets


def still(fraction, partial=None):
    """Nobody waits."""
    return True


@pytest.fixture(scope="module")
def found():
    """The experiment as it opens."""
    return measure(read(Settings, {}), still)


@pytest.mark.row("S3-09")
def test_all_weights_zero_is_a_saddle():
    """No gradient, three ways down and three up as steep, and one more up for the bias."""
    slope, values = at_zero(3)
    assert slope < 1e-6
    assert (values < -FLOOR).sum() == 3
    assert (values > FLOOR).sum() == 4
    # Down and up are the pairs of an input weight and an output weight of one unit: mean of |x y|, by hand.
    x, y = moon_targets().train
    steep = np.linalg.norm(np.mean(x * y[:, None], axis=0))
    np.testing.assert_allclose(values[:3], -steep, rtol=1e-4)
    np.testing.assert_allclose(values[-4:-1], steep, rtol=1e-4)


@pytest.mark.row("S3-09")
def test_a_plateau_is_a_saddle_and_is_left(found):
    """Every start near zero stands still at the best line's loss with ways down, and goes on."""
    for run, left in enumerate(found.left):
        halfway = int(np.argmin(abs(found.found.step - left / 2)))
        assert found.found.loss[run, halfway] == pytest.approx(found.line, rel=0.05)
        assert found.found.eigenvalues[run, halfway, 0] < -FLOOR
        assert left < found.found.step[-1]
        assert found.found.share[run, -1] < found.found.share[run, 0]
    assert answer() == 1


@pytest.mark.row("S3-09")
def test_a_start_of_exactly_zero_stays():
    """Not one weight moves."""
    found = measure(read(Settings, {"start": "0"}), still).found
    np.testing.assert_array_equal(found.loss, np.full_like(found.loss, found.loss[0, 0]))


def test_the_eigenvalues_are_those_of_a_quotient_of_differences():
    """The Hessian at zero of the network written out by hand, in double precision."""
    x, y = (np.asarray(part, np.float64) for part in moon_targets().train)

    def loss(flat):
        w, b, v, c = flat[:6].reshape(2, 3), flat[6:9], flat[9:12], flat[12]
        return np.mean((np.tanh(x @ w + b) @ v + c - y) ** 2) / 2

    h, n = 1e-4, 13
    eye = h * np.eye(n)
    hessian = [
        [(loss(a + b) - loss(a - b) - loss(b - a) + loss(-a - b)) / (4 * h * h) for b in eye] for a in eye
    ]
    np.testing.assert_allclose(at_zero(3)[1], np.linalg.eigvalsh(hessian), atol=1e-4)
