"""Adam and AMSGrad where a rare large slope decides."""

import pytest

from landscape.lessons.optimizers.reddi import EXPERIMENT, answer
from landscape.lessons.settings import read


def at(**values):
    return EXPERIMENT.measure(read(EXPERIMENT.settings, values))


@pytest.mark.row("S3-29")
def test_adam_forgets_the_rare_slope_and_amsgrad_does_not():
    """With C = 3 Adam ends beyond 0.9, the worst, AMSGrad below -0.9; a long memory saves Adam."""
    found = at()
    assert found.adam[-1] > 0.9
    assert found.amsgrad[-1] < -0.9
    assert answer() == 2
    assert at(b2=0.999).adam[-1] < 0


@pytest.mark.row("S3-29")
@pytest.mark.parametrize("large", [2.5, 10.0])
def test_bias_correction_makes_the_first_step_the_rate(large):
    """Corrected, it is the learning rate times the sign of the slope."""
    assert at(large=large, corrected=True).first == pytest.approx(1.0, rel=1e-4)
