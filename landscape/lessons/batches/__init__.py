"""Batches: noisy gradients, the floor they leave, and the schedules that lower it."""

from landscape.lessons.batches import fan, floor, kinds, same_budget, shapes, variance, when

EXPERIMENTS = (
    floor.EXPERIMENT,
    kinds.EXPERIMENT,
    fan.EXPERIMENT,
    variance.EXPERIMENT,
    same_budget.EXPERIMENT,
    when.EXPERIMENT,
    shapes.EXPERIMENT,
)
