"""Step size: what the learning rate does to a single run of gradient descent."""

from landscape.lessons.step_size import (
    blow_up,
    downhill,
    one_step,
    one_weight,
    sweep,
    which_valley,
    wrong_sign,
)

EXPERIMENTS = (
    blow_up.EXPERIMENT,
    one_step.EXPERIMENT,
    wrong_sign.EXPERIMENT,
    sweep.EXPERIMENT,
    which_valley.EXPERIMENT,
    downhill.EXPERIMENT,
    one_weight.EXPERIMENT,
)
