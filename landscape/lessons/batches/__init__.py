"""Batches: noisy gradients, the floor they leave, and the schedules that lower it."""

from landscape.lessons.batches import (
    cure,
    fan,
    floor,
    gains,
    kinds,
    largest_rate,
    order,
    same_budget,
    shapes,
    timing,
    variance,
    when,
)

EXPERIMENTS = (
    floor.EXPERIMENT,
    kinds.EXPERIMENT,
    fan.EXPERIMENT,
    variance.EXPERIMENT,
    same_budget.EXPERIMENT,
    largest_rate.EXPERIMENT,
    timing.EXPERIMENT,
    shapes.EXPERIMENT,
    gains.EXPERIMENT,
    order.EXPERIMENT,
    when.EXPERIMENT,
    cure.EXPERIMENT,
)
