"""Batches: noisy gradients, the floor they leave, and the schedules that lower it."""

from landscape.lessons.batches import fan, floor

EXPERIMENTS = (fan.EXPERIMENT, floor.EXPERIMENT)
