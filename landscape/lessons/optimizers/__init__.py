"""Optimizers: what each rule remembers, and what that does to its steps."""

from landscape.lessons.optimizers import pad, rescale

EXPERIMENTS = (pad.EXPERIMENT, rescale.EXPERIMENT)
