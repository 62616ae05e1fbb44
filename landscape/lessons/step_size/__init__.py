"""Step size: what the learning rate does to a single run of gradient descent."""

from landscape.lessons.step_size import blow_up, one_step, one_weight, which_valley, wrong_sign

EXPERIMENTS = (
    blow_up.EXPERIMENT,
    one_step.EXPERIMENT,
    wrong_sign.EXPERIMENT,
    which_valley.EXPERIMENT,
    one_weight.EXPERIMENT,
)
