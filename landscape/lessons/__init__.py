"""The lessons: each a short sequence of experiments, each experiment one question a person can answer.

An experiment declares what can be moved, a pure function from settings to results and one from results to
pictures (`landscape.lessons.experiment`). Controls, bounds, link, undo, CSV and the laws of the tests follow.
"""

from landscape.lessons import batches, optimizers, sharpness, step_size, terrain
from landscape.lessons.experiment import Experiment

LESSONS: dict[str, tuple[Experiment, ...]] = {
    "step_size": step_size.EXPERIMENTS,
    "terrain": terrain.EXPERIMENTS,
    "optimizers": optimizers.EXPERIMENTS,
    "batches": batches.EXPERIMENTS,
    "sharpness": sharpness.EXPERIMENTS,
}
"""The experiments of each lesson, in the order they are told."""

__all__ = ["LESSONS", "Experiment"]
