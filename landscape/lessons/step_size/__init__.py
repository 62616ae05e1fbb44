"""Step size: what the learning rate does to a single run of gradient descent."""

from landscape.lessons.step_size import blow_up, which_valley

EXPERIMENTS = (blow_up.EXPERIMENT, which_valley.EXPERIMENT)
