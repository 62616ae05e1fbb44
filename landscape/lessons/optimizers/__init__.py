"""Optimizers: what each rule remembers, and what that does to its steps."""

from landscape.lessons.optimizers import lookahead, pad, rescale

EXPERIMENTS = (pad.EXPERIMENT, lookahead.EXPERIMENT, rescale.EXPERIMENT)
