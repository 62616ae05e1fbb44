"""Batches: noisy gradients, the floor they leave, and the schedules that lower it."""

from landscape.lessons.batches import fan, floor, kinds, variance

EXPERIMENTS = (
    fan.EXPERIMENT,
    variance.EXPERIMENT,
    floor.EXPERIMENT,
    kinds.EXPERIMENT,
)
