"""Optimizers: what each rule remembers, and what that does to its steps."""

from landscape.lessons.optimizers import (
    assignment,
    coasting,
    first_steps,
    forgetting,
    growth,
    guarantee,
    hazards,
    inspector,
    lookahead,
    memory,
    pad,
    reddi,
    rescale,
    tenfold,
    turned,
    zero_grad,
)

EXPERIMENTS = (
    turned.EXPERIMENT,
    assignment.EXPERIMENT,
    tenfold.EXPERIMENT,
    coasting.EXPERIMENT,
    pad.EXPERIMENT,
    lookahead.EXPERIMENT,
    guarantee.EXPERIMENT,
    inspector.EXPERIMENT,
    rescale.EXPERIMENT,
    hazards.EXPERIMENT,
    growth.EXPERIMENT,
    memory.EXPERIMENT,
    forgetting.EXPERIMENT,
    first_steps.EXPERIMENT,
    reddi.EXPERIMENT,
    zero_grad.EXPERIMENT,
)
