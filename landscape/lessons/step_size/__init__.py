"""Step size: what the learning rate does to a single run of gradient descent."""

from landscape.lessons.step_size import (
    blow_up,
    downhill,
    one_step,
    one_weight,
    random_start,
    sweep,
    which_valley,
    why_stopped,
    wrong_sign,
)

EXPERIMENTS = (
    blow_up.EXPERIMENT,
    one_step.EXPERIMENT,
    wrong_sign.EXPERIMENT,
    sweep.EXPERIMENT,
    why_stopped.EXPERIMENT,
    which_valley.EXPERIMENT,
    downhill.EXPERIMENT,
    one_weight.EXPERIMENT,
    random_start.EXPERIMENT,
)
